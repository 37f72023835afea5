import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { contractFaults, proposeContract } from './contract-rules.js';
import { previewCsv, type Preview } from './preview.js';

const FOLDER = new URL('../../node_modules/vega-datasets/data/', import.meta.url);
const FILES = readdirSync(FOLDER).filter((file) => /\.(csv|tsv)$/.test(file));
const HEAD_BYTES = 262_144;

function previewOf(file: string): Preview {
  const bytes = readFileSync(new URL(file, FOLDER));
  return previewCsv(bytes.subarray(0, HEAD_BYTES), { complete: bytes.length <= HEAD_BYTES });
}

function columnsOf({ columns }: Preview): string[] {
  return columns.map(({ name, type, format }) => [name, type, format].filter(Boolean).join(' '));
}

describe('files of the package vega-datasets', () => {
  it('is a fair number of files', () => expect(FILES.length).toBeGreaterThan(20));

  it.each(FILES)('%s is read without a warning and gives a contract without a fault', (file) => {
    const preview = previewOf(file);
    expect(preview.dialect).toMatchObject({
      encoding: 'utf-8',
      delimiter: file.endsWith('.tsv') ? '\t' : ',',
      quote: '"',
      header: true,
      decimal: '.',
      skip_rows: 0,
    });
    expect(preview.warnings).toEqual([]);
    expect(preview.row_count).toBeGreaterThan(0);
    expect(contractFaults(proposeContract(preview), preview.columns)).toEqual([]);
  });

  it.each([
    [
      'airports.csv',
      [
        'iata varchar',
        'name varchar',
        'city varchar',
        'state varchar',
        'country varchar',
        'latitude double',
        'longitude double',
      ],
    ],
    ['co2-concentration.csv', ['date date', 'co2 decimal(18,2)', 'adjusted_co2 decimal(18,2)']],
    ['disasters.csv', ['entity varchar', 'year bigint', 'deaths bigint']],
    [
      'gapminder-health-income.csv',
      ['country varchar', 'income bigint', 'health double', 'population bigint', 'region varchar'],
    ],
    ['github.csv', ['time timestamp %Y/%m/%d %H:%M:%S', 'count bigint']],
    ['lookup_groups.csv', ['group_ bigint', 'person varchar']],
    [
      'seattle-weather-hourly-normals.csv',
      ['date timestamp', 'pressure decimal(18,1)', 'temperature decimal(18,1)', 'wind decimal(18,1)'],
    ],
    ['sp500.csv', ['date date %b %d %Y', 'price double']],
    [
      'species.csv',
      [
        'item_id varchar',
        'common_name varchar',
        'scientific_name varchar',
        'gap_species_code varchar',
        'county_id varchar',
        'habitat_yearround_pct double',
      ],
    ],
    ['stocks.csv', ['symbol varchar', 'date date %b %d %Y', 'price double']],
    ['unemployment.tsv', ['id bigint', 'rate double']],
    [
      'windvectors.csv',
      ['longitude decimal(18,3)', 'latitude decimal(18,3)', 'dir bigint', 'dir_cat bigint', 'speed decimal(18,2)'],
    ],
    [
      'zipcodes.csv',
      ['zip_code varchar', 'latitude double', 'longitude double', 'city varchar', 'state varchar', 'county varchar'],
    ],
  ])('%s gets the columns that a person would choose', (file, columns) =>
    expect(columnsOf(previewOf(file))).toEqual(columns),
  );

  it('says why a column of digits stays text', () => {
    const [zipCode] = previewOf('zipcodes.csv').columns;
    expect(zipCode?.evidence).toBe('row 1 has a leading zero that a number would lose: 00501');
  });
});
