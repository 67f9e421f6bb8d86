//! Doing a job's steps. This is what runs in the packing workers.

use zlib_rs::crc32::crc32;

use super::job::{Action, Outcome, Side, Step};
use crate::bytes::{ReadAt, for_each_piece, read_vec};
use crate::content::{ContentError, Method, Unpacking};
use crate::deflate::Deflater;

/// Takes the steps on an input; what is made is appended to `made`. An error comes with the number of its step.
pub fn work(steps: &[Step], input: &dyn ReadAt, made: &mut Vec<u8>) -> Result<Vec<Outcome>, (usize, ContentError)> {
    let (mut deflater, mut unpacking) = (None, None);
    let taken = steps.iter().enumerate();
    taken
        .map(|(number, step)| take(step, input, &mut deflater, &mut unpacking, made).map_err(|error| (number, error)))
        .collect()
}

fn take(
    step: &Step,
    input: &dyn ReadAt,
    deflater: &mut Option<Deflater>,
    unpacking: &mut Option<Unpacking>,
    made: &mut Vec<u8>,
) -> Result<Outcome, ContentError> {
    let passed = |method, crc, size| Outcome { method, crc, size, side: Side::Input, at: step.at, packed: step.length };
    match step.action {
        Action::Verify { size, crc } => {
            let unpacking = match unpacking {
                Some(unpacking) => {
                    unpacking.renew(size, crc);
                    unpacking
                }
                none => none.insert(Unpacking::new(Method::Deflated, size, crc)),
            };
            for_each_piece(input, step.at, step.length, &mut |piece: &[u8]| {
                unpacking.push(piece, &mut |_| Ok::<(), ContentError>(()))
            })?;
            unpacking.finish().map_err(ContentError::Damaged)?;
            Ok(passed(Method::Deflated, crc, size))
        }
        Action::Compare { size, crc, packed_crc } => {
            let mut found = 0;
            for_each_piece(input, step.at, step.length, &mut |piece: &[u8]| {
                found = crc32(found, piece);
                Ok::<(), ContentError>(())
            })?;
            if found == packed_crc {
                return Ok(passed(Method::Deflated, crc, size));
            }
            // Others than before, so they have to show anew what they are.
            take(&Step { action: Action::Verify { size, crc }, ..*step }, input, deflater, unpacking, made)
        }
        Action::Deflate { effort, before, last, whole } => {
            let all = read_vec(input, step.at, step.length)?;
            let (before, block) = all.split_at(usize::try_from(before).unwrap_or(0).min(all.len()));
            let deflater = match deflater {
                Some(deflater) if deflater.effort() == effort => deflater,
                other => other.insert(Deflater::new(effort)),
            };
            let deflated = deflater.deflate(before, block, last);
            let (crc, size) = (crc32(0, block), block.len() as u64);
            if whole && deflated.len() >= block.len() {
                return Ok(passed(Method::Stored, crc, size));
            }
            let (at, packed) = (made.len() as u64, deflated.len() as u64);
            made.extend_from_slice(&deflated);
            Ok(Outcome { method: Method::Deflated, crc, size, side: Side::Made, at, packed })
        }
    }
}
