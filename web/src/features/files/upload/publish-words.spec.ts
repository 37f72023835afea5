import { describe, expect, it } from '@jest/globals';
import { publishWords, type PublishPlan } from './publish-words';

const plan: PublishPlan = {
  mode: 'create',
  dataset: 'orders',
  fileName: 'orders.csv',
  columns: 5,
  dropped: 0,
  fixed: 0,
  crawl: true,
};

describe('publishWords', () => {
  it('says what is made, how values are read, and what follows', () => {
    expect(publishWords(plan)).toEqual([
      'The data set orders is made of 5 columns of all rows of orders.csv.',
      'Types widen where a later row needs it, so that every value fits.',
      'Then its table is profiled, so that SQL and chat can use it.',
    ]);
  });

  it('says that rows can be rejected once a type is set, or the data set has types already', () => {
    expect(publishWords({ ...plan, fixed: 1 }).join(' ')).toContain('put aside as rejects');
    expect(publishWords({ ...plan, mode: 'append' }).join(' ')).toContain('put aside as rejects');
  });

  it('says what is left out and what stays', () => {
    const words = publishWords({ ...plan, mode: 'replace', dropped: 1, crawl: false }).join(' ');
    expect(words).toContain('1 column is left out');
    expect(words).toContain('can be restored');
    expect(words).toContain('only after a crawl');
  });
});
