//! The codec: whatever is deflated comes back, in any blocks, at any effort, through readers that others wrote.

#![allow(missing_docs)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that fails, panics"
)]

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::{Command, Stdio};

use flate2::{Decompress, FlushDecompress, Status};
use layerdrop::deflate::{Deflater, Effort, WINDOW};

const EFFORTS: [Effort; 2] = [Effort::Normal, Effort::Smallest];

/// Numbers that look random, the same each time.
struct Noise(u64);

impl Noise {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }
}

/// Kinds of bytes, each of which is hard on another part.
const KINDS: [&str; 8] = ["zeros", "noise", "text", "machine", "ramp", "period", "copies", "mixed"];

fn bytes(kind: &str, length: usize, noise: &mut Noise) -> Vec<u8> {
    let mut made: Vec<u8> = Vec::with_capacity(length + 512);
    while made.len() < length {
        let count = made.len();
        match kind {
            "zeros" => made.push(0),
            "noise" => made.push(noise.next() as u8),
            "text" => {
                let words = ["import ", "self.", "return ", "def ", "(x)", "\n    ", "layer", "None", "0", "é "];
                made.extend_from_slice(words[noise.below(words.len())].as_bytes());
            }
            "machine" => {
                made.extend_from_slice(&[0x48, 0x8b, noise.below(8) as u8 * 8 + 5]);
                made.extend_from_slice(&(noise.below(4096) as u32).to_le_bytes());
            }
            "ramp" => made.push((count / 7) as u8),
            "period" => made.push(if count.is_multiple_of(259) { 1 } else { 2 }),
            // From anywhere within the window and a little beyond.
            "copies" => {
                let length = 1 + noise.below(300);
                let back = 1 + noise.below(WINDOW + 2);
                for _ in 0..length {
                    let byte = made.len().checked_sub(back).map_or(noise.next() as u8, |from| made[from]);
                    made.push(byte);
                }
            }
            _ => {
                let kind = KINDS[noise.below(KINDS.len() - 1)];
                let length = 1 + noise.below(20_000);
                made.extend(bytes(kind, length, noise));
            }
        }
    }
    made.truncate(length);
    made
}

/// A file deflated in blocks of such a size, made from the last to the first.
fn deflated(file: &[u8], block: usize, effort: Effort) -> Vec<u8> {
    let mut deflater = Deflater::new(effort);
    let mut blocks: Vec<Vec<u8>> = Vec::new();
    let count = file.len().div_ceil(block).max(1);
    for number in (0..count).rev() {
        let (start, end) = (number * block, file.len().min((number + 1) * block));
        blocks.push(deflater.deflate(&file[..start], &file[start..end], number + 1 == count));
    }
    blocks.reverse();
    blocks.concat()
}

/// What a deflated stream unpacks to; it must end where the bytes end.
fn inflated(stream: &[u8], length: usize) -> Vec<u8> {
    let mut inflate = Decompress::new(false);
    let mut found = Vec::with_capacity(length + 1);
    let status = inflate.decompress_vec(stream, &mut found, FlushDecompress::Finish);
    assert_eq!(status.expect("the stream is valid"), Status::StreamEnd);
    assert_eq!(inflate.total_in(), stream.len() as u64, "nothing follows the end");
    found
}

#[test]
fn bytes_come_back_at_every_length_that_is_an_edge() {
    let mut noise = Noise(1);
    let block = 7000;
    let few = [0, 1, 2, 3, 4, 7, 8, 9, 257, 258, 259, 260, 516, 4095, 4096, 4097];
    let around = [block - 1, block, block + 1, 2 * block, 3 * block + 17];
    let many = [16_384, 32_767, 32_768, 32_769, 65_535, 65_536, 65_537];
    for kind in KINDS {
        // What is hard on long stretches is long matches, and none.
        let many = many.into_iter().filter(|_| ["zeros", "noise", "mixed"].contains(&kind));
        for length in few.into_iter().chain(around).chain(many) {
            let file = bytes(kind, length, &mut noise);
            for effort in EFFORTS {
                let found = inflated(&deflated(&file, block, effort), length);
                assert!(found == file, "{kind}, {length} bytes, {effort:?}");
            }
        }
    }
}

#[test]
fn anything_in_any_blocks_comes_back() {
    let mut noise = Noise(2);
    for round in 0..80 {
        let kind = KINDS[noise.below(KINDS.len())];
        let length = noise.below(if round % 10 == 0 { 200_000 } else { 30_000 });
        let file = bytes(kind, length, &mut noise);
        let block = 1 + noise.below(length.max(1));
        // Tiny blocks make many: enough of them are enough.
        let block = block.max(length / 20);
        for effort in EFFORTS {
            let found = inflated(&deflated(&file, block, effort), length);
            assert!(found == file, "round {round}: {kind}, {length} bytes in blocks of {block}, {effort:?}");
        }
    }
}

/// More than a segment, and than the ring goes round once.
#[test]
fn a_whole_block_comes_back() {
    let file = bytes("mixed", 1024 * 1024 + 10_000, &mut Noise(3));
    for effort in EFFORTS {
        assert!(inflated(&deflated(&file, 1024 * 1024, effort), file.len()) == file, "{effort:?}");
    }
}

#[test]
fn what_stands_before_is_used_as_far_as_deflate_reaches() {
    let mut noise = Noise(4);
    let block = bytes("noise", 2000, &mut noise);
    for effort in EFFORTS {
        let mut size_behind = |between: usize| {
            let before = [block.clone(), bytes("zeros", between, &mut noise)].concat();
            Deflater::new(effort).deflate(&before, &block, true).len()
        };
        assert!(size_behind(0) < 100, "{effort:?}: right before");
        assert!(size_behind(WINDOW - 2100) < 100, "{effort:?}: at the far end");
        assert!(size_behind(WINDOW) >= 2000, "{effort:?}: out of reach");
    }
}

#[test]
fn bytes_do_not_depend_on_what_was_deflated_before() {
    let mut noise = Noise(5);
    for effort in EFFORTS {
        let mut used = Deflater::new(effort);
        for round in 0..60 {
            let length = [100, 5000, 70_000][round % 3];
            let file = bytes(KINDS[round % KINDS.len()], length, &mut noise);
            let fresh = Deflater::new(effort).deflate(&[], &file, true);
            assert!(used.deflate(&[], &file, true) == fresh, "round {round}, {effort:?}");
        }
    }
}

#[test]
fn noise_grows_by_next_to_nothing() {
    let file = bytes("noise", 1024 * 1024, &mut Noise(6));
    for effort in EFFORTS {
        let size = deflated(&file, 1024 * 1024, effort).len();
        // Five bytes for each stored section.
        assert!(size <= file.len() + 5 * 40, "{effort:?}: {size}");
    }
}

/// Against the library that zip programs use, on this project's own sources.
#[test]
fn results_are_as_small_as_promised() {
    let mut file = Vec::new();
    let mut folders = vec![std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() {
                folders.push(entry);
            } else {
                file.extend(std::fs::read(entry).unwrap());
            }
        }
    }
    file.truncate(300_000);
    let theirs = |level: u32| {
        let mut stream = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::new(level));
        stream.write_all(&file).unwrap();
        stream.finish().unwrap().len()
    };
    let ours = |effort| deflated(&file, 1024 * 1024, effort).len();
    let (normal, smallest) = (ours(Effort::Normal), ours(Effort::Smallest));
    assert!(normal * 100 <= theirs(6) * 102, "{normal}; level 6: {}", theirs(6));
    assert!(smallest * 100 <= theirs(9) * 97, "{smallest}; level 9: {}", theirs(9));
}

/// The same bytes on every machine: what this pins, `wasm.rs` reaches in a browser through the zip's digest.
#[test]
fn results_are_always_the_same() {
    let file = bytes("mixed", 300_000, &mut Noise(8));
    let shown: Vec<String> =
        EFFORTS.iter().map(|effort| format!("{:08x}", crc32fast::hash(&deflated(&file, 100_000, *effort)))).collect();
    assert_eq!(shown, ["f535fc7e", "4cc9889f"]);
}

/// Python's zlib is the one that Info-ZIP and Lambda's own readers are built on.
#[test]
fn python_reads_it() {
    let mut noise = Noise(9);
    let mut script = String::from(
        "import zlib\ndef check(stream, crc):\n    d = zlib.decompressobj(-15)\n    found = d.decompress(bytes.fromhex(stream)) + d.flush()\n    assert d.eof and not d.unused_data and zlib.crc32(found) == crc\n",
    );
    for kind in KINDS {
        for length in [0, 1, 3000, 50_000] {
            let file = bytes(kind, length, &mut noise);
            for effort in EFFORTS {
                let stream = deflated(&file, 20_000, effort);
                let hex = stream.iter().fold(String::new(), |mut hex, byte| {
                    write!(hex, "{byte:02x}").unwrap();
                    hex
                });
                writeln!(script, "check('{hex}', {})", crc32fast::hash(&file)).unwrap();
            }
        }
    }
    let mut python = Command::new("python3").arg("-").stdin(Stdio::piped()).spawn().expect("python3 runs");
    python.stdin.take().unwrap().write_all(script.as_bytes()).unwrap();
    assert!(python.wait().unwrap().success(), "Python refuses what was deflated");
}
