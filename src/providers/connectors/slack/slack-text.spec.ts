import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mentionedUsers, plainText } from './slack-text.js';

const nameOf = (id: string) => ({ U1: 'Ada', U2: 'Grace' })[id] ?? id;

describe('plainText', () => {
  it.each([
    ['<@U1> and <@U2|grace>', '@Ada and @grace'],
    ['<#C1|general> <#C2>', '#general #C2'],
    ['<!here> <!subteam^S1|@web> <!date^1392734382^{date}|today>', '@here @web today'],
    ['<https://example.com|a page> <https://example.com>', 'a page (https://example.com) https://example.com'],
    ['<mailto:a@example.com|a@example.com>', 'a@example.com'],
    ['1 &lt; 2 &amp;&amp; 3 &gt; 2, not &amp;lt;', '1 < 2 && 3 > 2, not &lt;'],
  ])('%s', (markup, text) => {
    expect(plainText(markup, nameOf)).toBe(text);
  });

  it('keeps whatever somebody wrote', () => {
    const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    fc.assert(fc.property(fc.string(), (text) => plainText(escaped(text), nameOf) === text.trim()));
  });

  it('finds who is mentioned', () => {
    expect(mentionedUsers('<@U1>, <@W2|x>, <#C3> and @U4')).toEqual(['U1', 'W2']);
  });
});
