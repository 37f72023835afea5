import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../scripts/lib/prepare.mjs';
import { toCsv } from './data/random.mjs';
import { homes, library, sales, school, support, voyage } from './data/everyday.mjs';
import { shop } from './data/shop.mjs';
import { staff } from './data/staff.mjs';

const example = (name) => readFileSync(join(root, 'node_modules/vega-datasets/data', name), 'utf8');
const fromJson = (name) => toCsv(JSON.parse(example(name)));
const head = (text, rows) =>
  `${text
    .split(/\r?\n/)
    .slice(0, rows + 1)
    .join('\n')}\n`;

/** The catalogs that cases ask questions of: each a set of tables as CSV, by table name. */
export const datasets = {
  penguins: () => ({ penguins: fromJson('penguins.json') }),
  cars: () => ({ cars: fromJson('cars.json') }),
  bird_strikes: () => ({ bird_strikes: head(example('birdstrikes.csv'), 3000) }),
  weather: () => ({ weather: example('weather.csv') }),
  world_health: () => ({ world_health: example('gapminder-health-income.csv') }),
  flights: () => ({
    airports: example('airports.csv'),
    routes: example('flights-airport.csv').replace(/^origin,destination,count/, 'origin,destination,flights'),
  }),
  shop,
  staff,
  voyage,
  sales,
  homes,
  school,
  support,
  library,
  barley: () => ({ barley: fromJson('barley.json') }),
  movies: () => ({ movies: fromJson('movies.json') }),
};
