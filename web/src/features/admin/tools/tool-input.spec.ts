import { describe, expect, it } from '@jest/globals';
import { inputFields, inputOf } from './tool-input';

const schema = {
  type: 'object',
  properties: {
    city: { type: 'string', description: 'Its name.' },
    days: { type: 'integer' },
    units: { type: 'string', enum: ['C', 'F'] },
    size: { enum: [1, 2] },
    fresh: { type: 'boolean' },
    places: { type: 'array', items: { type: 'string' } },
  },
  required: ['city'],
};

describe('a tool’s input in a form', () => {
  const fields = inputFields(schema);

  it('has a control of the right kind for each field', () => {
    expect(fields.map(({ name, kind, required }) => [name, kind, required])).toEqual([
      ['city', 'text', true],
      ['days', 'number', false],
      ['units', 'choice', false],
      ['size', 'choice', false],
      ['fresh', 'boolean', false],
      ['places', 'json', false],
    ]);
    expect(fields[0]!.description).toBe('Its name.');
  });

  it('is sent with values of the right types, and without what was left empty', () => {
    const texts = { city: '12', days: '3', units: '', size: '2', fresh: 'false', places: '["a"]' };
    expect(inputOf(fields, texts)).toEqual({ city: '12', days: 3, size: 2, fresh: false, places: ['a'] });
  });

  it('leaves it to the service to refuse what is no JSON', () => {
    expect(inputOf(fields, { places: 'a, b' })).toEqual({ places: 'a, b' });
  });

  it('has no fields when the schema names none', () => {
    expect(inputFields({ type: 'object' })).toEqual([]);
  });
});
