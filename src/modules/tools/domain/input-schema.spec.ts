import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { inputFaults, type InputSchema, schemaFaults } from './input-schema.js';

const weather: InputSchema = {
  type: 'object',
  properties: {
    city: { type: 'string', minLength: 1, maxLength: 5 },
    days: { type: ['integer', 'null'], minimum: 1, maximum: 7 },
    units: { type: 'string', enum: ['C', 'F'] },
    places: { type: 'array', maxItems: 2, items: { type: 'object', required: ['a/b'], properties: { 'a/b': {} } } },
  },
  required: ['city'],
  additionalProperties: false,
};

describe('inputFaults', () => {
  it.each<[unknown, string[]]>([
    [{ city: 'Porto' }, []],
    [{ city: '🌦🌦🌦🌦🌦', days: null, units: 'C', places: [{ 'a/b': 1 }] }, []],
    [{}, ['/city is required']],
    [{ city: 5 }, ['/city must be of type string']],
    [{ city: '' }, ['/city must be at least 1 characters']],
    [{ city: 'Lisbon' }, ['/city must be at most 5 characters']],
    [{ city: 'x', days: 1.5 }, ['/days must be of type integer or null']],
    [{ city: 'x', days: 8 }, ['/days must be at most 7']],
    [{ city: 'x', units: 'K' }, ['/units must be one of "C", "F"']],
    [{ city: 'x', town: 1 }, ['/town is not a known field']],
    [{ city: 'x', places: [{}, 3] }, ['/places/0/a~1b is required', '/places/1 must be of type object']],
    [{ city: 'x', places: [{}, {}, {}] }, ['/places must be at most 2 entries']],
    [
      JSON.parse('{"city":"x","__proto__":1,"constructor":2}'),
      ['/__proto__ is not a known field', '/constructor is not a known field'],
    ],
    [[], [' must be of type object']],
    [null, [' must be of type object']],
    ['{"city":"x"}', [' must be of type object']],
  ])('R56: judges %j', (input, expected) => {
    expect(inputFaults(weather, input).map(({ pointer, detail }) => `${pointer} ${detail}`)).toEqual(expected);
  });

  it('R56: says something about any input without failing', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (input) => {
        expect(Array.isArray(inputFaults(weather, input))).toBe(true);
      }),
    );
  });
});

describe('schemaFaults', () => {
  it('takes what it can check', () => {
    expect(schemaFaults({ ...weather, description: 'Weather', $schema: 'x' }, '/input_schema')).toEqual([]);
    expect(schemaFaults({ type: 'object' }, '/input_schema')).toEqual([]);
  });

  it.each<[unknown, string]>([
    [undefined, '/s'],
    [{ type: 'string' }, '/s'],
    [{ type: 'object', properties: { a: { pattern: '(a+)+$' } } }, '/s/properties/a/pattern'],
    [{ type: 'object', properties: { a: { $ref: '#' } } }, '/s/properties/a/$ref'],
    [{ type: 'object', anyOf: [] }, '/s/anyOf'],
    [{ type: 'object', constructor: {} }, '/s/constructor'],
    [{ type: 'object', properties: { 'a/b': { type: 'text' } } }, '/s/properties/a~1b/type'],
    [{ type: 'object', properties: { a: { type: 'array', items: [] } } }, '/s/properties/a/items'],
    [{ type: 'object', required: [1] }, '/s/required'],
    [{ type: 'object', properties: { a: { enum: [] } } }, '/s/properties/a/enum'],
    [{ type: 'object', properties: { a: { minimum: '1' } } }, '/s/properties/a/minimum'],
  ])('refuses %j', (schema, pointer) => {
    expect(schemaFaults(schema, '/s').map((fault) => fault.pointer)).toEqual([pointer]);
  });

  it('refuses what is larger than any tool needs', () => {
    const [fault] = schemaFaults({ type: 'object', description: 'x'.repeat(60_000) }, '/s');
    expect(fault!.detail).toBe('must have at most 50000 characters');
  });

  it('refuses what is nested without end', () => {
    let schema: object = {};
    for (let depth = 0; depth < 1000; depth += 1) schema = { type: 'object', properties: { a: schema } };
    expect(schemaFaults(schema, '').at(0)!.detail).toBe('is more than 8 levels deep');
  });

  it('makes every schema that it takes usable', () => {
    const anySchema = fc.dictionary(
      fc.constantFrom('type', 'enum', 'items', 'required', 'properties', 'maximum'),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(anySchema, fc.jsonValue(), (schema, input) => {
        const given = { ...schema, type: 'object' };
        if (schemaFaults(given, '').length === 0) expect(() => inputFaults(given as InputSchema, input)).not.toThrow();
      }),
    );
  });
});
