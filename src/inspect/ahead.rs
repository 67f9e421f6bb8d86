//! Members of archives, looked into before they are added: to inspect a compiled file that is deflated, nearly all of it
//! has to be unpacked, which a browser has more cores for than the one that adds.

use zlib_rs::crc32::crc32;

use super::elf::Elf;
use super::ranges::Ranges;
use super::{Format, HEAD};
use crate::bytes::{Seen, for_each_piece};
use crate::content::{ContentError, Member};
use crate::tables::binaries::ELF;

/// Unpacks a deflated member to its end, which verifies it, and keeps what inspection asks for on the way.
///
/// `None` where it is not what its archive promises: that is told to whoever wants it.
pub fn look_into(member: &Member) -> Option<Seen> {
    let mut ranges = Ranges::noted(member);
    let head = ranges.get(0, HEAD.min(usize::try_from(member.size).ok()?))?.to_vec();
    if head.starts_with(ELF) && matches!(Format::of(&head), Some(Format::Compiled(_))) {
        let _ = Elf::read(&mut ranges, &head);
    }
    let stretches = ranges.into_noted()?;
    let mut packed_crc = 0;
    for_each_piece(&*member.archive, member.start, member.packed, &mut |piece: &[u8]| {
        packed_crc = crc32(packed_crc, piece);
        Ok::<(), ContentError>(())
    })
    .ok()?;
    let Member { packed, size, crc: unpacked_crc, .. } = *member;
    Some(Seen { packed, packed_crc, size, crc: unpacked_crc, stretches })
}
