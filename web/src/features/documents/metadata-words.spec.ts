import { expect, it } from '@jest/globals';
import { metadataInWords } from './metadata-words';

it('shows what people know of a document, and leaves out the rest', () => {
  const metadata = {
    state: 'opened',
    type: 'merge_request',
    labels: ['bug', 'team::web'],
    assignees: [],
    milestone: null,
    number: 12,
    merged_at: '2026-05-01T08:00:00.000Z',
    channel_id: 'C1',
  };
  expect(metadataInWords(metadata)).toEqual([
    ['Number', '12'],
    ['State', 'opened'],
    ['Type', 'merge request'],
    ['Labels', 'bug, team::web'],
    ['Merged', '2026-05-01'],
  ]);
});
