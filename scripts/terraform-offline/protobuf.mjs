// As much of Protocol Buffers as the offline provider speaks: https://protobuf.dev/programming-guides/encoding/

const varint = 0;
const lengthDelimited = 2;

/** A message of `[field number, value]` pairs: a number or boolean, a text, bytes, or an encoded message. Absent values are left out. */
export function message(...fields) {
  return Buffer.concat(
    fields.filter(([, value]) => value !== undefined).map(([number, value]) => field(number, value)),
  );
}

/** The fields of a message that are text, bytes or messages, as bytes by their number; the last of each counts. */
export function decode(bytes) {
  const fields = new Map();
  let offset = 0;
  const readVarint = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[offset++];
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  };
  while (offset < bytes.length) {
    const tag = readVarint();
    if ((tag & 7) === varint) {
      readVarint();
    } else if ((tag & 7) === lengthDelimited) {
      const length = readVarint();
      fields.set(tag >>> 3, bytes.subarray(offset, (offset += length)));
    } else {
      throw new Error(`Wire type ${tag & 7} is not used by Terraform's protocol.`);
    }
  }
  return fields;
}

function field(number, value) {
  if (typeof value === 'number' || typeof value === 'boolean') {
    return Buffer.concat([encodeVarint((number << 3) | varint), encodeVarint(Number(value))]);
  }
  const content = Buffer.from(value);
  return Buffer.concat([encodeVarint((number << 3) | lengthDelimited), encodeVarint(content.length), content]);
}

function encodeVarint(value) {
  const bytes = [];
  for (; value >= 0x80; value = Math.floor(value / 128)) bytes.push((value % 128) | 0x80);
  return Buffer.from([...bytes, value]);
}
