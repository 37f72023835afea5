import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ModelRequest } from './language-model.js';
import { said } from './said.js';

const asking = (text: string): ModelRequest => ({
  system: [],
  messages: [{ role: 'user', content: [{ type: 'text', text }] }],
  tools: [],
  parameters: {},
});

describe('said', () => {
  it('keeps what the provider says, in one line of at most 300 characters', () => {
    expect(said('temperature must be\n  below 2', asking('Hi'))).toBe('temperature must be below 2');
    expect(said('x'.repeat(1000), asking('Hi'))).toHaveLength(300);
    expect(said(' ', asking('Hi'))).toBe('it gives no reason.');
  });

  it('leaves out what is quoted of the request', () => {
    const asked = asking('Revenue of the Lyon branch in the\n third quarter?');
    const message = 'Bad value "Revenue of the Lyon branch in the third quarter?" for content';
    expect(said(message, asked)).toBe('Bad value "…" for content');
  });

  it('leaves out secrets', () => {
    expect(said('The key sk-1234 is wrong', asking('Hi'), ['sk-1234'])).toBe('The key … is wrong');
  });

  it('never lets 24 characters of a request through', () => {
    const property = fc.property(
      fc.string({ minLength: 24, maxLength: 200 }),
      fc.string(),
      fc.string(),
      (text, before, after) => {
        const asked = text.replaceAll(/\s+/g, ' ');
        const shown = said(before + text + after, asking(text));
        for (let at = 0; at + 24 <= asked.length; at += 1) expect(shown).not.toContain(asked.slice(at, at + 24));
      },
    );
    fc.assert(property, { numRuns: 300 });
  });
});
