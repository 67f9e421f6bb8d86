//! An entry's name as text (APPNOTE.TXT 4.4.4, 4.6.9, appendix D).

use zlib_rs::crc32::crc32;

use super::directory::Record;
use super::u32_at;
use crate::error::{Note, Refusal};
use crate::tables::codes;
use crate::words::quoted;

/// The name: UTF-8 where the archive says so or where it is valid UTF-8, else IBM code page 437.
pub fn decode(record: &Record, strict: bool, notes: &mut Vec<Note>) -> Result<String, Refusal> {
    let plain = match (std::str::from_utf8(&record.raw_name), record.utf8) {
        (Ok(name), _) if name.is_ascii() => name.to_owned(),
        (Ok(name), true) => name.to_owned(),
        (Err(_), true) => {
            return Err(record.refuse(codes::NAME_ENCODING, "is marked as UTF-8, but is not valid UTF-8"));
        }
        (Ok(name), false) => {
            notes.push(Note::new(
                codes::NAME_UTF8_UNFLAGGED,
                name,
                format!("{} was read as UTF-8, which the archive does not say", quoted(name)),
            ));
            name.to_owned()
        }
        (Err(_), false) if record.extra.unicode_path.is_some() => cp437(&record.raw_name),
        (Err(_), false) => {
            let name = cp437(&record.raw_name);
            notes.push(Note::new(
                codes::NAME_CP437,
                name.clone(),
                format!("{} was read from code page 437", quoted(&name)),
            ));
            name
        }
    };
    let Some(field) = &record.extra.unicode_path else { return Ok(plain) };
    from_unicode_path(record, field, plain, strict, notes)
}

/// The name of a Unicode path field: version 1, CRC-32 of the stored name, the name in UTF-8.
fn from_unicode_path(
    record: &Record,
    field: &[u8],
    plain: String,
    strict: bool,
    notes: &mut Vec<Note>,
) -> Result<String, Refusal> {
    let refuse = |what: &str| Err(record.refuse(codes::NAME_UNICODE_PATH, what));
    let name = field.get(5..).and_then(|name| std::str::from_utf8(name).ok());
    let (Some(1), Some(name)) = (field.first(), name) else {
        return refuse("has a Unicode name that can't be read");
    };
    if u32_at(field, 1) != crc32(0, &record.raw_name) {
        return refuse("has a Unicode name that was made for another name");
    }
    if name == plain {
        return Ok(plain);
    }
    if strict {
        return refuse("has two different names; expected one");
    }
    notes.push(Note::new(
        codes::NAME_FROM_UNICODE_PATH,
        name,
        format!("{} is stored as {} as well", quoted(name), quoted(&plain)),
    ));
    Ok(name.to_owned())
}

/// Code page 437, the encoding of a zip that says nothing; its lower half is ASCII.
fn cp437(raw: &[u8]) -> String {
    const UPPER: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";
    raw.iter()
        .map(|byte| match byte {
            0..=0x7f => char::from(*byte),
            upper => UPPER.chars().nth(usize::from(*upper - 0x80)).unwrap_or(char::REPLACEMENT_CHARACTER),
        })
        .collect()
}
