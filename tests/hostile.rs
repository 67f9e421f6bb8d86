//! Damaged archives by the thousand: whatever comes, nothing panics, and what is accepted keeps the layer's promises.

#![allow(missing_docs)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that fails, panics"
)]

mod support;

use std::rc::Rc;

use layerdrop::archive;
use layerdrop::bytes::{Bytes, ReadError, Spool, Spools};
use layerdrop::intake::dropped;
use layerdrop::session::Session;
use support::tar::{TarEntry, deb, gem, pack, tar};
use support::zip::{ZipEntry, wheel, zip};

/// Numbers that look random, the same each time (xorshift).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % below.max(1) as u64) as usize
    }
}

fn seeds() -> Vec<(&'static str, Vec<u8>)> {
    let entry = |name: &str, text: &str| ZipEntry {
        name: name.as_bytes().to_vec(),
        data: text.as_bytes().to_vec(),
        mode: 0o100_644,
        ..ZipEntry::default()
    };
    let deflated = |name: &str| ZipEntry { deflated: true, descriptor: true, ..entry(name, &"text ".repeat(200)) };
    let link = |name: &str, target: &str| ZipEntry { mode: 0o120_777, ..entry(name, target) };
    let file = |name: &str, text: &str| TarEntry {
        name: name.as_bytes().to_vec(),
        data: text.as_bytes().to_vec(),
        mode: 0o644,
        ..TarEntry::default()
    };
    let to =
        |name: &str, letter: u8, target: &str| TarEntry { letter, link: target.as_bytes().to_vec(), ..file(name, "") };
    let tarball = tar(&[
        file("python/a.py", "a"),
        TarEntry { pax: vec![b"path=python/long.py".to_vec(), b"size=4".to_vec()], ..file("python/b.py", "text") },
        TarEntry { gnu: true, ..file("python/c.py", "") },
        to("python/d.py", b'1', "python/a.py"),
        to("python/e", b'2', "../python"),
        to("python/f/", b'5', ""),
    ]);
    let packed = |packing: &str| pack(packing, tarball.clone());
    vec![
        ("layer.tar", tarball.clone()),
        ("layer.tgz", packed("gz")),
        ("layer.tar.bz2", packed("bz2")),
        ("layer.tar.xz", packed("xz")),
        ("layer.tar.zst", packed("zst")),
        ("demo-1.0.gem", gem("demo-1.0", vec![file("lib/demo.rb", "demo")], None, None)),
        ("layer.deb", deb("data.tar", &tarball)),
        (
            "demo-1.0-py3-none-any.whl",
            wheel(
                "demo-1.0-py3-none-any.whl",
                vec![
                    deflated("demo/__init__.py"),
                    entry("demo-1.0.data/scripts/run", "#!python\n"),
                    entry("demo/b.py", ""),
                ],
            ),
        ),
        ("layer.zip", zip(&[entry("python/a.py", "a"), deflated("python/b.py"), link("python/c.py", "a.py")])),
        (
            "wheels.zip",
            zip(&[
                entry("x/one-1.0-py3-none-any.whl", "PK\x03\x04"),
                entry("x/venv/lib/python3.12/site-packages/m.py", ""),
            ]),
        ),
    ]
}

fn mutate(bytes: &mut Vec<u8>, numbers: &mut Numbers) {
    for _ in 0..=numbers.next(4) {
        let at = numbers.next(bytes.len());
        match numbers.next(6) {
            0 => bytes.truncate(at),
            1 => bytes[at] = numbers.next(256) as u8,
            2 => bytes[at] ^= 1 << numbers.next(8),
            3 => {
                let end = (at + 4).min(bytes.len());
                bytes[at..end].fill(if numbers.next(2) == 0 { 0xff } else { 0 });
            }
            4 => {
                let piece = bytes[at..(at + numbers.next(60)).min(bytes.len())].to_vec();
                let to = numbers.next(bytes.len());
                bytes.splice(to..to, piece);
            }
            _ => {
                bytes.drain(at..(at + numbers.next(20)).min(bytes.len()));
            }
        }
        if bytes.is_empty() {
            return;
        }
    }
}

#[test]
fn damaged_archives_never_panic_and_never_slip_a_name_through() {
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    let (mut built, mut refused) = (0, 0);
    let seeds = seeds();
    for round in 0..1_000 {
        for (name, seed) in &seeds {
            let mut bytes = seed.clone();
            mutate(&mut bytes, &mut numbers);
            let mut session = Session::new();
            session.add(vec![dropped(name, bytes), dropped("good.py", b"x = 1\n".to_vec())], |_, _| {});
            let plan = session.plan();
            refused += plan.parts.iter().filter(|part| part.refused.is_some()).count();
            let paths: Vec<&str> = plan.packed().map(|placement| placement.path.as_str()).collect();
            assert!(paths.contains(&"python/good.py"), "round {round}: the rest of the drop was lost");
            for path in &paths {
                let unsafe_part = |part: &str| part.is_empty() || part == "." || part == ".." || part.len() > 255;
                assert!(!path.split('/').any(unsafe_part), "round {round}: {path:?}");
                assert!(!path.contains(['\\', '\0']) && !path.chars().any(char::is_control), "round {round}: {path:?}");
            }
            assert!(paths.windows(2).all(|pair| pair[0] < pair[1]), "round {round}: paths are not sorted and unique");
            built += usize::from(support::build(&mut session).is_ok());
        }
    }
    assert!(built > 1_000 && refused > 1_000, "{built} built, {refused} refused: the damage is not of the right size");
}

/// Counts what it is given, and fails where that is more than anything was allowed to unpack to.
struct Counting(usize);

const ALLOWED: usize = 1 << 20;

impl Spool for Counting {
    fn write(&mut self, bytes: &[u8]) -> Result<(), ReadError> {
        self.0 += bytes.len();
        assert!(self.0 <= ALLOWED, "{} bytes were unpacked", self.0);
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<Bytes, ReadError> {
        Ok(Rc::new(vec![0; self.0]))
    }
}

#[test]
fn bombs_are_left_when_they_become_too_large() {
    for (packing, name) in [("gz", "a.tgz"), ("bz2", "a.tar.bz2"), ("xz", "a.tar.xz"), ("zst", "a.tar.zst")] {
        let bomb: Bytes = Rc::new(pack(packing, vec![0; 5 * ALLOWED]));
        assert!(bomb.size() < 100_000, "{name} is no bomb: it takes {} bytes", bomb.size());
        let spools = Spools::new(|| Box::new(Counting(0)), ALLOWED as u64, 1_000);
        match archive::open(&bomb, name, &spools) {
            Some(Err(refusal)) => assert_eq!(refusal.code.id, "LIMIT_SIZE", "{name}: {}", refusal.message),
            _ => panic!("{name} was opened"),
        }
    }
}

#[test]
fn archives_in_archives_share_what_one_source_may_hold() {
    let spools = Spools::new(|| Box::new(Counting(0)), ALLOWED as u64, 10);
    let half: Bytes = Rc::new(pack("gz", vec![0; ALLOWED / 2 + 1]));
    assert!(matches!(archive::open(&half, "first.gz", &spools), Some(Ok(_))));
    assert!(matches!(archive::open(&half, "second.gz", &spools.clone()), Some(Err(_))));
    assert!(spools.count(6) && !spools.count(6));
}
