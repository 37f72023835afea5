import { describe, expect, it } from '@jest/globals';
import { notModified } from './not-modified.js';

const modifiedAt = new Date('2024-05-31T10:00:00.700Z');
const time = (text: string) => ({ ifNoneMatch: undefined, ifModifiedSince: text });
const tag = (text: string) => ({ ifNoneMatch: text, ifModifiedSince: 'Fri, 31 May 2030 10:00:00 GMT' });

describe('notModified', () => {
  it.each([
    [tag('"a"'), true],
    [tag('W/"a"'), true],
    [tag('"b", "a"'), true],
    [tag('*'), true],
    [tag('"b"'), false],
    [time('Fri, 31 May 2024 10:00:00 GMT'), true],
    [time('Fri, 31 May 2024 09:59:59 GMT'), false],
    [time('yesterday'), false],
    [{ ifNoneMatch: undefined, ifModifiedSince: undefined }, false],
  ])('%j is %s', (conditions, expected) => {
    expect(notModified({ etag: '"a"', modifiedAt }, conditions)).toBe(expected);
  });
});
