// As much of MessagePack as Terraform sends: https://github.com/msgpack/msgpack/blob/master/spec.md

/** Stands for a value that Terraform does not know yet. */
export const unknown = Symbol('unknown');

/** The value that the bytes hold. */
export function decodeMessagePack(bytes) {
  let offset = 0;
  const unsigned = (size) => bytes.readUIntBE((offset += size) - size, size);
  const take = (length) => bytes.subarray(offset, (offset += length));
  const text = (length) => take(length).toString('utf8');
  const list = (length) => Array.from({ length }, read);
  const map = (length) => Object.fromEntries(Array.from({ length }, () => [read(), read()]));
  const extension = (length) => {
    offset += 1 + length;
    return unknown;
  };
  const numbers = {
    0xca: () => bytes.readFloatBE((offset += 4) - 4),
    0xcb: () => bytes.readDoubleBE((offset += 8) - 8),
    0xcc: () => unsigned(1),
    0xcd: () => unsigned(2),
    0xce: () => unsigned(4),
    0xcf: () => Number(bytes.readBigUInt64BE((offset += 8) - 8)),
    0xd0: () => bytes.readInt8((offset += 1) - 1),
    0xd1: () => bytes.readInt16BE((offset += 2) - 2),
    0xd2: () => bytes.readInt32BE((offset += 4) - 4),
    0xd3: () => Number(bytes.readBigInt64BE((offset += 8) - 8)),
  };
  const others = {
    0xc0: () => null,
    0xc2: () => false,
    0xc3: () => true,
    0xc4: () => take(unsigned(1)),
    0xc5: () => take(unsigned(2)),
    0xc6: () => take(unsigned(4)),
    0xc7: () => extension(unsigned(1)),
    0xc8: () => extension(unsigned(2)),
    0xc9: () => extension(unsigned(4)),
    0xd4: () => extension(1),
    0xd5: () => extension(2),
    0xd6: () => extension(4),
    0xd7: () => extension(8),
    0xd8: () => extension(16),
    0xd9: () => text(unsigned(1)),
    0xda: () => text(unsigned(2)),
    0xdb: () => text(unsigned(4)),
    0xdc: () => list(unsigned(2)),
    0xdd: () => list(unsigned(4)),
    0xde: () => map(unsigned(2)),
    0xdf: () => map(unsigned(4)),
  };

  function read() {
    const tag = unsigned(1);
    if (tag < 0x80) return tag;
    if (tag < 0x90) return map(tag & 0x0f);
    if (tag < 0xa0) return list(tag & 0x0f);
    if (tag < 0xc0) return text(tag & 0x1f);
    if (tag >= 0xe0) return tag - 0x100;
    const decodeTagged = numbers[tag] ?? others[tag];
    if (!decodeTagged) throw new Error(`0x${tag.toString(16)} is no MessagePack.`);
    return decodeTagged();
  }

  return read();
}
