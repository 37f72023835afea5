import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sentQuotas, shownQuotas } from './quota-values';

describe('quotas in a form', () => {
  it('are in gigabytes, and empty where the service decides', () => {
    expect(shownQuotas({ bytes_stored: 1_500_000_000, chat_usd: null })).toEqual({
      bytes_stored: '1.5',
      bytes_scanned: '',
      concurrent_queries: '',
      chat_usd: '',
    });
  });

  it('come back as they were, whatever they were', () => {
    const quotas = fc.record(
      { bytes_stored: fc.nat(), bytes_scanned: fc.nat(), concurrent_queries: fc.nat(), chat_usd: fc.nat() },
      { requiredKeys: [] },
    );
    fc.assert(fc.property(quotas, (each) => expect(sentQuotas(shownQuotas(each))).toEqual(each)));
  });
});
