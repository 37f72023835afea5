import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../scripts/lib/prepare.mjs';
import { toCsv } from './data/random.mjs';
import { clinic, hotels, loans, projects, rooms, website } from './data/daily-work.mjs';
import { homes, library, sales, school, support, voyage } from './data/everyday.mjs';
import {
  bakery,
  callcentre,
  museums,
  parking,
  permits,
  roastery,
  tariffs,
  theatre,
  trials,
  turbines,
} from './data/more-trades.mjs';
import { adverts, applicants, charging, claims, expenses, hire, printshop } from './data/services.mjs';
import { shop } from './data/shop.mjs';
import { staff } from './data/staff.mjs';
import { bikes, gym, inspections, inventory } from './data/town.mjs';
import { fleet, meters, outpatients, personnel, subscriptions, webshop } from './data/trades.mjs';
import { bloodbank, dairy, fire, moulding, port, shelter, waterlab } from './data/works.mjs';

const example = (name) => readFileSync(join(root, 'node_modules/vega-datasets/data', name), 'utf8');
const fromJson = (name) => toCsv(JSON.parse(example(name)));
const head = (text, rows) =>
  `${text
    .split(/\r?\n/)
    .slice(0, rows + 1)
    .join('\n')}\n`;

/** One feature of the GeoJSON of earthquakes as a row. */
function earthquake({ properties, geometry }) {
  const { mag, place, time, felt, tsunami, alert, status, net, nst, gap, magType, type } = properties;
  const [longitude, latitude, depth] = geometry.coordinates;
  const at = new Date(time).toISOString();
  return {
    time: at,
    mag,
    magType,
    place,
    depth,
    type,
    status,
    felt,
    alert,
    tsunami,
    net,
    nst,
    gap,
    longitude,
    latitude,
  };
}

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
  website,
  clinic,
  rooms,
  hotels,
  loans,
  projects,
  bikes,
  inspections,
  inventory,
  gym,
  disasters: () => ({ disasters: example('disasters.csv') }),
  seattle_weather: () => ({ seattle_weather: example('seattle-weather.csv') }),
  gapminder: () => ({ gapminder: fromJson('gapminder.json') }),
  stocks: () => ({ stocks: example('stocks.csv') }),
  barley: () => ({ barley: fromJson('barley.json') }),
  movies: () => ({ movies: fromJson('movies.json') }),
  football: () => ({ matches: fromJson('football.json') }),
  quakes: () => ({ earthquakes: toCsv(JSON.parse(example('earthquakes.json')).features.map(earthquake)) }),
  riots: () => ({ la_riots: example('la-riots.csv') }),
  unemployment: () => ({ unemployment: fromJson('unemployment-across-industries.json') }),
  iowa_electricity: () => ({ iowa_electricity: example('iowa-electricity.csv') }),
  jobs: () => ({ jobs: fromJson('jobs.json') }),
  states: () => ({
    states: example('population_engineers_hurricanes.csv').replace(/^state,id/, 'state,state_id'),
    obesity: toCsv(
      JSON.parse(example('obesity.json')).map(({ id, rate, state }) => ({ state_id: id, rate, abbreviation: state })),
    ),
    income: toCsv(JSON.parse(example('income.json')).map(({ id, ...rest }) => ({ state_id: id, ...rest }))),
  }),
  delays: () => ({ flight_delays: fromJson('flights-10k.json'), airports: example('airports.csv') }),
  sp500: () => ({ sp500: example('sp500-2000.csv') }),
  outpatients,
  subscriptions,
  fleet,
  meters,
  webshop,
  personnel,
  crimea: () => ({ crimea_deaths: fromJson('crimea.json') }),
  co2: () => ({ co2: example('co2-concentration.csv') }),
  roastery,
  museums,
  permits,
  turbines,
  callcentre,
  bakery,
  parking,
  trials,
  theatre,
  tariffs,
  us_employment: () => ({ us_employment: example('us-employment.csv') }),
  wheat: () => ({ wheat_prices: fromJson('wheat.json') }),
  adverts,
  applicants,
  bloodbank,
  charging,
  claims,
  dairy,
  expenses,
  fire,
  hire,
  moulding,
  port,
  printshop,
  shelter,
  waterlab,
  contributions: () => ({ contributions: fromJson('political-contributions.json') }),
};
