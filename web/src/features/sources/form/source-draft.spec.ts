import { describe, expect, it } from '@jest/globals';
import type { Source } from '@/components/sources/kinds';
import { changeOf, configOf, createOf, draftOf, newDraft, stepOf, widestConfigOf } from './source-draft';

const gitlab = {
  ...newDraft('gitlab'),
  name: ' Shop ',
  token: 'glpat-1 ',
  isPicked: true,
  containers: ['acme/shop'],
  parts: ['issues'],
};

describe('a draft of a source', () => {
  it('becomes what the API takes', () => {
    expect(createOf(gitlab)).toEqual({
      kind: 'gitlab',
      name: 'Shop',
      config: { url: 'https://gitlab.com', projects: ['acme/shop'], include: ['issues'], confidential: false },
      secret: { token: 'glpat-1' },
      schedule: '*/30 * * * *',
      visibility: 'workspace',
      member_ids: [],
      tables: true,
    });
    expect(configOf({ ...newDraft('slack'), containers: ['#general'] })).toEqual({
      channels: [],
      private_channels: false,
      files: true,
      look_back_days: 7,
    });
  });

  it('is tried with everything that can be read', () => {
    expect(widestConfigOf(gitlab)).toMatchObject({ projects: [], include: expect.arrayContaining(['wiki']) });
  });

  it('keeps the token that was not typed again, and no tables for some members alone', () => {
    const change = changeOf({ ...gitlab, token: '', visibility: 'members', memberIds: ['usr_1'], schedule: ' ' });
    expect(change).not.toHaveProperty('secret');
    expect(change).toMatchObject({ schedule: null, tables: false, member_ids: ['usr_1'] });
  });

  it('comes from a source and becomes the same again', () => {
    const source = { ...createOf(gitlab), schedule: null } as unknown as Source;
    expect(configOf(draftOf(source))).toEqual(source.config);
    expect(draftOf(source)).toMatchObject({ isPicked: true, schedule: '', name: 'Shop' });
  });

  it('knows where a fault is mended', () => {
    expect(stepOf('/config/url')).toBe('connection');
    expect(stepOf('/secret/token')).toBe('connection');
    expect(stepOf('/config/projects/0')).toBe('scope');
    expect(stepOf('/schedule')).toBe('schedule');
  });
});
