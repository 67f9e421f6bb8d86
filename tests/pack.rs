//! The zip's bytes: what AWS, and every reader, must find in them.

#![allow(missing_docs)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that fails, panics"
)]

mod support;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};
use std::rc::Rc;

use layerdrop::archive::zip::read;
use layerdrop::bytes::{Bytes, ReadAt, ReadError, Seen};
use layerdrop::choices::Settings;
use layerdrop::content::Member;
use layerdrop::deflate::{Deflater, Effort};
use layerdrop::error::Error;
use layerdrop::inspect::ahead::look_into;
use layerdrop::intake::{DroppedFile, dropped};
use layerdrop::pack::work;
use layerdrop::recognise::first_look::members;
use layerdrop::session::Session;

/// Bytes that look random, the same each time.
fn noise(length: usize) -> Vec<u8> {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    (0..length).map(|_| next() as u8).collect()
}

/// Text that deflates well, and differently in each place.
fn prose(length: usize) -> Vec<u8> {
    let words: Vec<u8> = (0..)
        .flat_map(|number: u32| format!("word{} ", number.wrapping_mul(2_654_435_761) % 9_973).into_bytes())
        .take(length)
        .collect();
    words
}

fn packed(files: Vec<(&str, Vec<u8>)>) -> (Vec<u8>, Session) {
    let mut session = Session::new();
    session.add(files.into_iter().map(|(path, bytes)| dropped(path, bytes)).collect(), |_, _| {});
    let (zip, layer) = support::build(&mut session).unwrap();
    assert_eq!(layer.packed.size, zip.len() as u64);
    (zip, session)
}

fn u16_at(bytes: &[u8], at: usize) -> u16 {
    u16::from_le_bytes(bytes[at..at + 2].try_into().unwrap())
}

#[test]
fn contents_come_back_whatever_their_size() {
    let block = 1024 * 1024;
    let files: Vec<(String, Vec<u8>)> = [0, 1, block - 1, block, block + 1, 3 * block + 17]
        .into_iter()
        .flat_map(|size| [(format!("code/prose{size}.py"), prose(size)), (format!("code/noise{size}.py"), noise(size))])
        .collect();
    let (zip, _) = packed(files.iter().map(|(path, bytes)| (path.as_str(), bytes.clone())).collect());
    let mut archive = zip::ZipArchive::new(Cursor::new(zip)).unwrap();
    assert_eq!(archive.len(), files.len());
    for (path, bytes) in files {
        let mut found = Vec::new();
        let mut file = archive.by_name(&path.replace("code/", "python/")).unwrap();
        file.read_to_end(&mut found).unwrap();
        assert!(found == bytes, "{path} came back as other bytes");
    }
}

#[test]
fn what_deflate_does_not_help_is_stored() {
    let (zip, _) = packed(vec![("code/noise.py", noise(100_000)), ("code/prose.py", prose(100_000))]);
    let mut archive = zip::ZipArchive::new(Cursor::new(zip)).unwrap();
    let method =
        |archive: &mut zip::ZipArchive<Cursor<Vec<u8>>>, name: &str| archive.by_name(name).unwrap().compression();
    assert_eq!(method(&mut archive, "python/noise.py"), zip::CompressionMethod::Stored);
    assert_eq!(method(&mut archive, "python/prose.py"), zip::CompressionMethod::Deflated);
}

#[test]
fn blocks_cost_next_to_nothing() {
    let text = prose(5 * 1024 * 1024);
    let (zip, _) = packed(vec![("code/prose.py", text.clone())]);
    let whole = Deflater::new(Effort::Normal).deflate(&[], &text, true).len();
    assert!(zip.len() < whole + whole / 100 + 1000, "in blocks {}, whole {whole}", zip.len());
}

#[test]
fn headers_are_those_that_every_reader_takes() {
    let wheel = support::zip::wheel(
        "demo-1.0-py3-none-any.whl",
        vec![support::zip::ZipEntry {
            name: b"demo-1.0.data/scripts/run".to_vec(),
            data: b"#!python\n".to_vec(),
            mode: 0o100_600,
            descriptor: true,
            deflated: true,
            ..Default::default()
        }],
    );
    let (zip, _) = packed(vec![
        ("demo-1.0-py3-none-any.whl", wheel),
        ("code/caf\u{e9}.py", b"x".to_vec()),
        ("code/plain.py", Vec::new()),
    ]);
    let end = zip.len() - 22;
    assert_eq!(&zip[end..end + 4], b"PK\x05\x06", "the end record is the very end: no comment");
    let (mut at, mut names) = (u32::from_le_bytes(zip[end + 16..end + 20].try_into().unwrap()) as usize, Vec::new());
    while at < end {
        assert_eq!(&zip[at..at + 4], b"PK\x01\x02");
        let name = &zip[at + 46..at + 46 + usize::from(u16_at(&zip, at + 28))];
        let text = std::str::from_utf8(name).unwrap();
        let mode = u16_at(&zip, at + 40);
        let made_by = u16_at(&zip, at + 4);
        assert!([3 << 8 | 10, 3 << 8 | 20].contains(&made_by), "{text}: made on Unix, by version 1.0 or 2.0");
        assert!(u16_at(&zip, at + 6) <= 20, "{text}: needs no zip64");
        assert_eq!(u16_at(&zip, at + 8), if text.is_ascii() { 0 } else { 1 << 11 }, "{text}: flags");
        assert_eq!((u16_at(&zip, at + 12), u16_at(&zip, at + 14)), (0, 33), "{text}: 1980-01-01 00:00");
        assert_eq!((u16_at(&zip, at + 30), u16_at(&zip, at + 32)), (0, 0), "{text}: no extra field, no comment");
        assert_eq!(u16_at(&zip, at + 38), 0, "{text}: no DOS attributes");
        assert_eq!(mode, if text.starts_with("bin/") { 0o100_755 } else { 0o100_644 }, "{text}: mode");
        names.push(text.to_owned());
        at += 46 + name.len();
    }
    let mut sorted = names.clone();
    sorted.sort();
    sorted.dedup();
    assert_eq!(names, sorted, "sorted by bytes, none twice");
}

/// The strictest reader that we have is our own: what it would refuse or note in others', it must not find in ours.
#[test]
fn our_own_reader_finds_nothing_odd() {
    let (zip, _) =
        packed(vec![("code/a.py", prose(2_000_000)), ("code/b.py", noise(70_000)), ("code/c.py", Vec::new())]);
    let bytes: Bytes = Rc::new(zip);
    let listing = read(&bytes, true).unwrap_or_else(|refusal| panic!("{}", refusal.message));
    assert!(listing.notes.is_empty(), "{}", listing.notes[0].message);
    assert_eq!(listing.entries.len(), 3);
}

#[test]
fn a_layer_packed_again_is_the_same_layer() {
    let (zip, _) = packed(vec![("code/a.py", prose(2_000_000)), ("code/sub/b.py", noise(70_000))]);
    let (again, _) = packed(vec![("layer.zip", zip.clone())]);
    assert!(zip == again, "a layer's bytes change when it is packed again");
}

/// A session that packs as small as it goes.
fn smallest(files: Vec<(&str, Vec<u8>)>) -> Session {
    let mut session = Session::new();
    session.set_settings(Settings { recompress: "smallest".into(), ..Settings::default() });
    session.add(files.into_iter().map(|(path, bytes)| dropped(path, bytes)).collect(), |_, _| {});
    session
}

/// An archive with a file of several blocks, a small one, one that deflate doesn't help and an empty one; all deflated by
/// another program.
fn archive() -> (Vec<(&'static str, Vec<u8>)>, Vec<u8>) {
    let files = vec![
        ("python/large.py", prose(30_000).repeat(40)),
        ("python/small.py", include_bytes!("pack.rs").to_vec()),
        ("python/noise.py", noise(1_100_000)),
        ("python/empty.py", Vec::new()),
    ];
    let entries = files.iter().map(|(path, data)| support::zip::ZipEntry {
        name: path.as_bytes().to_vec(),
        data: data.clone(),
        mode: 0o100_644,
        deflated: true,
        ..Default::default()
    });
    let zip = support::zip::zip(&entries.collect::<Vec<_>>());
    (files, zip)
}

#[test]
fn the_smallest_is_smaller_and_says_by_how_much() {
    let (files, zip) = archive();
    let (kept, _) = packed(vec![("layer.zip", zip.clone())]);
    let (found, layer) = support::build(&mut smallest(vec![("layer.zip", zip)])).unwrap();
    assert!(found.len() + 200 < kept.len(), "{} bytes, kept {}", found.len(), kept.len());
    assert_eq!(layer.packed.saved, (kept.len() - found.len()) as u64);
    let mut archive = zip::ZipArchive::new(Cursor::new(found)).unwrap();
    for (path, bytes) in files {
        let mut unpacked = Vec::new();
        archive.by_name(path).unwrap().read_to_end(&mut unpacked).unwrap();
        assert!(unpacked == bytes, "{path} came back as other bytes");
    }
}

/// What was packed as one piece is a little smaller than in blocks.
#[test]
fn what_is_smaller_already_is_kept() {
    let text = vec![b'x'; 1_200_000];
    let whole = Deflater::new(Effort::Smallest).deflate(&[], &text, true);
    let entry = support::zip::ZipEntry {
        name: b"python/large.py".to_vec(),
        data: text,
        mode: 0o100_644,
        packed: Some(whole.clone()),
        ..Default::default()
    };
    let zip = support::zip::zip(&[entry]);
    let (found, layer) = support::build(&mut smallest(vec![("layer.zip", zip)])).unwrap();
    assert!(found.windows(whole.len()).any(|window| window == whole), "it was packed anew");
    assert_eq!(layer.packed.saved, 0);
}

#[test]
fn bytes_do_not_depend_on_how_the_work_is_shared_out() {
    let (_, zip) = archive();
    for effort in ["keep", "smallest"] {
        let mut session = smallest(vec![("layer.zip", zip.clone()), ("code/loose.py", prose(30_000).repeat(40))]);
        session.set_settings(Settings { recompress: effort.into(), ..Settings::default() });
        let (expected, _) = support::build(&mut session).unwrap();
        let mut packing = session.packing(Vec::new(), 7).unwrap();
        while !packing.is_complete() {
            let mut out = Vec::new();
            while let Some(job) = packing.next_job().unwrap() {
                out.push(job);
            }
            // The last one given out comes back first.
            for (id, job) in out.into_iter().rev() {
                let input: Bytes = Rc::new(packing.read(id).unwrap());
                let mut made = Vec::new();
                let outcomes = work(&job.steps, &*input, &mut made).unwrap();
                packing.take(id, &input, &(Rc::new(made) as Bytes), &outcomes).unwrap();
            }
        }
        let (_, found) = packing.finish().unwrap();
        assert!(found == expected, "{effort}");
    }
}

#[test]
fn links_are_stored_and_lead_to_a_file_of_the_zip() {
    let mut options = ["elf x86_64", "soname libx.so.1", "debug 70000"].map(str::to_owned).to_vec();
    let library = support::elf::take(&mut options).unwrap();
    // A target that deflate would make smaller, which readers of links don't expect.
    let deep = format!("site-packages/b{}/libx.so.1", "/b".repeat(20));
    let files = ["site-packages/a/libx.so.1", &deep].map(|path| dropped(path, library.clone()));
    let mut session = Session::new();
    session.add(files.into_iter().chain([dropped("site-packages/a/__init__.py", Vec::new())]).collect(), |_, _| {});
    session.fix("link:python/a/libx.so.1").unwrap();
    let (zip, layer) = support::build(&mut session).unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(zip)).unwrap();
    let mut target = String::new();
    let mut link = archive.by_name(&deep.replace("site-packages", "python")).unwrap();
    assert!(link.is_symlink());
    assert_eq!((link.unix_mode(), link.compression()), (Some(0o120_777), zip::CompressionMethod::Stored));
    link.read_to_string(&mut target).unwrap();
    assert_eq!(target, format!("{}a/libx.so.1", "../".repeat(21)));
    assert_eq!(layer.packed.unzipped, (library.len() + target.len()) as u64);
}

#[test]
fn a_zip_with_links_that_is_dropped_again_gives_the_same_bytes() {
    let mut options = ["elf x86_64", "soname libx.so.1", "debug 70000"].map(str::to_owned).to_vec();
    let library = support::elf::take(&mut options).unwrap();
    let files =
        ["one", "two", "three"].map(|name| dropped(&format!("site-packages/{name}.libs/libx.so.1"), library.clone()));
    let mut session = Session::new();
    session.add(files.into_iter().chain([dropped("site-packages/one/__init__.py", Vec::new())]).collect(), |_, _| {});
    session.fix("link:python/one.libs/libx.so.1").unwrap();
    let (zip, first) = support::build(&mut session).unwrap();
    let mut again = Session::new();
    again.add(vec![dropped("layer.zip", zip.clone())], |_, _| {});
    let (same, second) = support::build(&mut again).unwrap();
    assert!(zip == same);
    assert_eq!(first.packed.unzipped, second.packed.unzipped);
    let difference = again.diff(dropped("before.zip", zip)).unwrap();
    assert!(difference.is_empty());
    assert_eq!(difference.sizes.0.unzipped, second.packed.unzipped);
}

#[test]
fn digests_are_of_the_bytes() {
    use base64::Engine as _;
    use sha2::Digest as _;
    let mut session = Session::new();
    session.add(vec![dropped("one.py", b"x = 1\n".to_vec())], |_, _| {});
    let (zip, layer) = support::build(&mut session).unwrap();
    let digest = sha2::Sha256::digest(&zip);
    assert_eq!(layer.packed.code_sha256(), base64::prelude::BASE64_STANDARD.encode(digest));
    assert_eq!(layer.packed.code_sha256().len(), 44);
    assert_eq!(layer.packed.unzipped, 6);
}

/// An archive of which nothing that was looked into can be read before it is let go.
struct Looked {
    archive: RefCell<Vec<u8>>,
    seen: BTreeMap<u64, Rc<Seen>>,
    closed: RefCell<Vec<Member>>,
}

impl Looked {
    fn new(archive: Vec<u8>) -> Looked {
        let closed = members("layer.zip", &(Rc::new(archive.clone()) as Bytes));
        let seen = closed.iter().map(|member| (member.start, Rc::new(look_into(member).unwrap()))).collect();
        Looked { archive: RefCell::new(archive), seen, closed: RefCell::new(closed) }
    }
}

impl ReadAt for Looked {
    fn size(&self) -> u64 {
        self.archive.borrow().len() as u64
    }

    fn read_at(&self, offset: u64, into: &mut [u8]) -> Result<(), ReadError> {
        let end = offset + into.len() as u64;
        let within = |member: &Member| offset >= member.start && end <= member.start + member.packed && end > offset;
        assert!(!self.closed.borrow().iter().any(within), "{offset} was read, which was looked into");
        self.archive.borrow().read_at(offset, into)
    }

    fn seen(&self, start: u64) -> Option<Rc<Seen>> {
        self.seen.get(&start).cloned()
    }
}

/// An archive with a library, large enough that its end is not unpacked with its beginning.
fn archive_of_a_library() -> Vec<u8> {
    let mut options = ["elf x86_64", "needs libm.so.6", "wants libc.so.6 GLIBC_2.99"].map(str::to_owned).to_vec();
    let mut data = support::elf::take(&mut options).unwrap();
    data.extend(prose(3_000_000));
    let name = b"python/lib/a.so".to_vec();
    let entry = support::zip::ZipEntry { name, data, mode: 0o100_644, deflated: true, ..Default::default() };
    support::zip::zip(&[entry])
}

fn opened(archive: &Rc<Looked>) -> Session {
    let mut session = Session::new();
    let file = DroppedFile { path: "layer.zip".into(), bytes: archive.clone(), mode: None };
    session.add(vec![file], |_, _| {});
    archive.closed.borrow_mut().clear();
    session
}

#[test]
fn what_was_looked_into_is_told_and_packed_as_ever() {
    let zip = archive_of_a_library();
    let (expected, plain) = packed(vec![("layer.zip", zip.clone())]);
    let archive = Rc::new(Looked::new(zip));
    assert_eq!(archive.seen.len(), 1);
    let mut session = opened(&archive);
    let told = |session: &Session| -> Vec<String> {
        session.plan().findings.iter().map(|finding| finding.message.clone()).collect()
    };
    assert!(told(&plain).iter().any(|message| message.contains("GLIBC_2.99")), "{:?}", told(&plain));
    assert_eq!(told(&session), told(&plain));
    let (found, _) = support::build(&mut session).unwrap();
    assert!(found == expected, "it was packed otherwise");
}

#[test]
fn what_changed_since_it_was_looked_into_is_found_damaged() {
    let archive = Rc::new(Looked::new(archive_of_a_library()));
    let mut session = opened(&archive);
    let at = archive.archive.borrow().len() / 2;
    archive.archive.borrow_mut()[at] ^= 1;
    let found = support::build(&mut session).err();
    assert!(matches!(found, Some(Error::DamagedSource { .. })), "{found:?}");
}

#[test]
fn a_damaged_member_is_not_looked_into() {
    let mut archive = archive_of_a_library();
    let at = archive.len() / 2;
    archive[at] ^= 1;
    let member = members("layer.zip", &(Rc::new(archive) as Bytes)).remove(0);
    assert_eq!(look_into(&member), None);
}
