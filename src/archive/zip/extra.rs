//! Extra fields (APPNOTE.TXT 4.5): of all kinds only two change what an entry is, zip64 sizes and the Unicode path.

use super::{u16_at, u64_at};
use crate::tables::codes::{self, Code};

/// The extra fields that matter.
#[derive(Default)]
pub struct Extra {
    /// Data of the zip64 field (0x0001).
    pub zip64: Option<Vec<u8>>,
    /// Data of the Unicode path field (0x7075).
    pub unicode_path: Option<Vec<u8>>,
    /// What is wrong with them: the code, and what follows the entry's name in a message.
    pub problem: Option<(&'static Code, &'static str)>,
}

const ZIP64: u16 = 0x0001;
const UNICODE_PATH: u16 = 0x7075;

/// Splits the field area. Padding of less than four bytes at its end is what Android's tools write, and ignored.
pub fn parse(mut area: &[u8]) -> Extra {
    let mut extra = Extra::default();
    while area.len() >= 4 {
        let (id, length) = (u16_at(area, 0), usize::from(u16_at(area, 2)));
        let Some(data) = area.get(4..4 + length) else {
            extra.problem = Some((codes::EXTRA_MALFORMED, "has an extra field that is longer than its area"));
            return extra;
        };
        let slot = match id {
            ZIP64 => Some(&mut extra.zip64),
            UNICODE_PATH => Some(&mut extra.unicode_path),
            _ => None,
        };
        if let Some(slot) = slot
            && slot.replace(data.to_vec()).is_some()
        {
            extra.problem =
                Some((codes::EXTRA_DUPLICATE, "has the same extra field twice; readers disagree which counts"));
        }
        area = area.get(4 + length..).unwrap_or(&[]);
    }
    extra
}

/// Replaces each value that is all ones by the next number of the zip64 field, in the field's fixed order.
/// `false` where the field is missing, too short, too long, or there without need.
pub fn fill<const N: usize>(values: [&mut u64; N], disk: bool, zip64: Option<&[u8]>) -> bool {
    let wanted = values.iter().filter(|value| ***value == u64::from(u32::MAX)).count();
    let Some(field) = zip64 else {
        // Without the field, all ones is a plain number only for files of exactly that size; nobody writes those.
        return wanted == 0;
    };
    // Some writers always store all numbers of an entry; they must then equal the plain ones.
    let mut at = 0;
    for value in values {
        if *value != u64::from(u32::MAX) {
            continue;
        }
        if field.len() < at + 8 {
            return false;
        }
        *value = u64_at(field, at);
        at += 8;
    }
    if disk {
        at += 4;
    }
    field.len() == at || wanted == 0
}
