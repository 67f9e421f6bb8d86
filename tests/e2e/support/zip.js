/**
 * Writes zips as no decent tool would: any name, as bytes, goes in as it is. Members are stored.
 */

/**
 * @param {{ name: string | Buffer, text: string, utf8?: boolean }[]} members  `utf8`: the flag that promises a UTF-8 name
 */
export function zip(members) {
  /** @type {Buffer[]} */
  const [before, directory] = [[], []];
  let offset = 0;
  for (const { name, text, utf8 = false } of members) {
    const [nameBytes, data] = [Buffer.from(name), Buffer.from(text)];
    // Version 2.0, flags, stored, 1980-01-01, CRC, both sizes, length of the name, no extra field: the same in both places.
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(utf8 ? 0x800 : 0, 2);
    common.writeUInt16LE(0x21, 8);
    common.writeUInt32LE(crc32(data), 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(data.length, 18);
    common.writeUInt16LE(nameBytes.length, 22);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(0o100644 * 0x10000, 6);
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.from("PK\x01\x02\x14\x03", "latin1"), common, rest, nameBytes);
    before.push(Buffer.from("PK\x03\x04", "latin1"), common, nameBytes, data);
    offset += 30 + nameBytes.length + data.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(members.length, 8);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...before, listed, end]);
}

/** @param {Buffer} data */
function crc32(data) {
  let crc = ~0;
  for (const byte of data) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
