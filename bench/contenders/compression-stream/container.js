/** The records of a zip around deflated entries: no zip64, no extra fields, UTF-8 names, 1980-01-01. */

/** @typedef {{ name: Uint8Array, crc: number, packed: number, size: number, offset: number }} Entry */

/** Version 2.0, UTF-8, deflated, midnight, 1980-01-01; the same in both records of an entry. @param {Entry} entry */
function common({ name, crc, packed, size }) {
  return [[2, 20], [2, 0x800], [2, 8], [2, 0], [2, 0x21], [4, crc], [4, packed], [4, size], [2, name.length], [2, 0]];
}

/** What stands before the entry's data. @param {Entry} entry */
export function local(entry) {
  return record([[4, 0x04034b50], ...common(entry)], entry.name);
}

/** What stands after all data. @param {Entry[]} entries @param {number} offset  where it begins */
export function directory(entries, offset) {
  const rows = entries.map((entry) => {
    const rest = [[2, 0], [2, 0], [2, 0], [4, 0o100644 * 0x10000], [4, entry.offset]];
    return record([[4, 0x02014b50], [2, 0x314], ...common(entry), ...rest], entry.name);
  });
  const size = rows.reduce((sum, row) => sum + row.length, 0);
  const counts = [[2, entries.length], [2, entries.length]];
  return [...rows, record([[4, 0x06054b50], [2, 0], [2, 0], ...counts, [4, size], [4, offset], [2, 0]])];
}

/** @param {number[][]} fields  of 2 or 4 bytes, little-endian */
function record(fields, name = new Uint8Array()) {
  const length = fields.reduce((sum, [bytes]) => sum + bytes, 0);
  const view = new DataView(new ArrayBuffer(length + name.length));
  let at = 0;
  for (const [bytes, value] of fields) {
    if (bytes === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += bytes;
  }
  const whole = new Uint8Array(view.buffer);
  whole.set(name, length);
  return whole;
}
