//! Looking into archives over several workers, before they are added: the engine's half, which tells what to look into
//! and keeps what was seen, and the packers'.
//!
//! All of it travels as rows of numbers and one buffer, as jobs do.

use std::rc::Rc;

use js_sys::{Array, Float64Array, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;

use super::blob::{BlobBytes, BufferBytes};
use super::packing::object;
use crate::bytes::{Bytes, Seen, read_vec};
use crate::content::{Member, Method};
use crate::inspect::ahead::look_into;
use crate::recognise::first_look;

/// What a packer needs to know of a member: where it begins, its bytes packed and unpacked, its CRC-32.
const MEMBER: usize = 4;

/// What precedes the offsets and lengths of what was seen of a member: its own row, the CRC-32 packed, and how many there are.
const SEEN: usize = MEMBER + 2;

/// The members of an archive to look into, a row of four numbers each: start, bytes packed, bytes unpacked, CRC-32. None
/// of a file that is no archive.
#[wasm_bindgen(js_name = membersToSee)]
pub fn members(path: &str, archive: Uint8Array) -> Vec<f64> {
    let archive: Bytes = Rc::new(BufferBytes::new(archive));
    first_look::members(path, &archive).iter().flat_map(row_of_member).collect()
}

/// Looks into members whose packed bytes lie one after the other in `input`: what a packer does for who adds archives.
#[wasm_bindgen(unchecked_return_type = "PackerSight")]
#[allow(clippy::missing_errors_doc, reason = "nothing is expected to fail here")]
pub fn see(input: Uint8Array, rows: &[f64]) -> Result<JsValue, JsValue> {
    let archive: Bytes = Rc::new(BufferBytes::new(input));
    let (mut at, mut seen, mut made) = (0, Vec::new(), Vec::new());
    for row in rows.chunks_exact(MEMBER) {
        let Some(member) = member_of_row(row, &archive) else { continue };
        let here = Member { start: at, ..member };
        at += here.packed;
        let Some(found) = look_into(&here) else { continue };
        seen.extend_from_slice(row);
        seen.extend([f64::from(found.packed_crc), found.stretches.len() as f64]);
        for (offset, bytes) in &found.stretches {
            seen.extend([*offset as f64, bytes.len() as f64]);
            made.extend_from_slice(bytes);
        }
    }
    let seen = Float64Array::from(seen.as_slice());
    object(&[("seen", seen.into()), ("made", Uint8Array::from(made.as_slice()).buffer().into())])
}

/// Keeps what packers saw of a file's members with its bytes.
pub fn keep(bytes: &BlobBytes, sights: Array) {
    for sight in sights.iter() {
        let field = |name: &str| Reflect::get(&sight, &name.into()).unwrap_or(JsValue::UNDEFINED);
        let rows: Float64Array = field("seen").unchecked_into();
        let made = BufferBytes::new(Uint8Array::new(&field("made")));
        let (rows, mut at) = (rows.to_vec(), 0);
        let mut rest = rows.as_slice();
        while let Some((start, seen)) = next_seen(&mut rest, &made, &mut at) {
            bytes.keep_seen(start, seen);
        }
    }
}

fn next_seen(rest: &mut &[f64], made: &BufferBytes, at: &mut u64) -> Option<(u64, Seen)> {
    let (row, after) = rest.split_first_chunk::<SEEN>()?;
    let [start, packed, size, crc, packed_crc, count] = *row;
    let (places, after) = after.split_at_checked((count as usize).checked_mul(2)?)?;
    *rest = after;
    let mut stretches = Vec::with_capacity(count as usize);
    for place in places.chunks_exact(2) {
        let [offset, length] = *place.first_chunk()?;
        stretches.push((offset as u64, read_vec(made, *at, length as u64).ok()?));
        *at += length as u64;
    }
    let (packed, packed_crc, size, crc) = (packed as u64, packed_crc as u32, size as u64, crc as u32);
    Some((start as u64, Seen { packed, packed_crc, size, crc, stretches }))
}

fn row_of_member(member: &Member) -> [f64; MEMBER] {
    [member.start as f64, member.packed as f64, member.size as f64, f64::from(member.crc)]
}

fn member_of_row(row: &[f64], archive: &Bytes) -> Option<Member> {
    let [start, packed, size, crc] = *row.first_chunk::<MEMBER>()?;
    let (start, packed, size, crc) = (start as u64, packed as u64, size as u64, crc as u32);
    Some(Member { archive: archive.clone(), start, packed, size, crc, method: Method::Deflated })
}
