import { createWriteStream, existsSync, mkdirSync, statSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { root } from '../../scripts/lib/prepare.mjs';

const folder = join(root, '.cache/bench');
const header = 'order_id,customer_id,ordered_at,country,category,quantity,price,note\n';
const countries = ['Portugal', 'Spain', 'France', 'Germany', 'Japan', 'Brazil', 'Kenya', 'Canada', 'India', 'Norway'];
const categories = ['books', 'garden', 'music', 'toys', 'sports', 'kitchen'];
const words = [
  'fast',
  'gift',
  'fragile',
  'repeat',
  'late',
  'blue',
  'large',
  'small',
  'return',
  'express',
  'bulk',
  'first',
];

/** A CSV of orders with eight typed columns, about `bytes` long; made once and kept. */
export async function ordersOfBytes(bytes) {
  return generate(`orders-${bytes}b.csv`, (written) => written < bytes);
}

/** The same with exactly `rows` rows. */
export async function ordersOfRows(rows) {
  return generate(`orders-${rows}r.csv`, (_, made) => made < rows);
}

async function generate(name, more) {
  const path = join(folder, name);
  if (existsSync(path)) return { path, bytes: statSync(path).size };
  mkdirSync(folder, { recursive: true });
  const stream = createWriteStream(path, { highWaterMark: 1 << 20 });
  const random = mulberry32(42);
  let written = header.length;
  let made = 0;
  let block = header;
  while (more(written, made)) {
    const line = row(made++, random);
    block += line;
    written += line.length;
    if (block.length > 1 << 18) {
      if (!stream.write(block)) await once(stream, 'drain');
      block = '';
    }
  }
  stream.end(block);
  await once(stream, 'close');
  return { path, bytes: written };
}

function row(number, random) {
  const pick = (list) => list[Math.floor(random() * list.length)];
  const day = new Date(
    1_577_836_800_000 + Math.floor(random() * 1500) * 86_400_000 + Math.floor(random() * 86_400) * 1000,
  );
  const quantity = 1 + Math.floor(random() * 9);
  const price = (random() * 900 + 1).toFixed(2);
  return `${number},${Math.floor(random() * 100_000)},${day.toISOString().slice(0, 19).replace('T', ' ')},${pick(countries)},${pick(categories)},${quantity},${price},${pick(words)} ${pick(words)} ${pick(words)}\n`;
}

/** A small seeded generator, so that everybody measures the same bytes. */
function mulberry32(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
