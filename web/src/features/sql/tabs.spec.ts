import { describe, expect, it } from '@jest/globals';
import { activeTab, changed, closed, newTab, opened, reopened, restored, titleOf } from './tabs';

const three = ['a', 'b', 'c'].reduce((state, id) => opened(state, newTab(id, { sql: id })), restored(null, 'first'));
const ids = (state: { tabs: readonly { id: string }[] }) => state.tabs.map(({ id }) => id).join(' ');

describe('tabs', () => {
  it('open at the end and are looked at', () => {
    expect(ids(three)).toBe('first a b c');
    expect(activeTab(three).id).toBe('c');
  });

  it('close, and the neighbour is looked at', () => {
    const without = closed({ ...three, activeId: 'a' }, 'a', 'x');
    expect(ids(without)).toBe('first b c');
    expect(without.activeId).toBe('b');
    expect(closed(three, 'a', 'x').activeId).toBe('c');
    expect(closed(three, 'c', 'x').activeId).toBe('b');
  });

  it('come back where they stood, with all they held', () => {
    const back = reopened(closed(three, 'b', 'x'));
    expect(ids(back)).toBe('first a b c');
    expect(activeTab(back)).toEqual(newTab('b', { sql: 'b' }));
  });

  it('are never none; the one that stood in goes when the closed one comes back', () => {
    const one = { tabs: [newTab('a', { sql: 'select 1' })], activeId: 'a' };
    const none = closed(one, 'a', 'x');
    expect(ids(none)).toBe('x');
    expect(ids(reopened(none))).toBe('a');
    expect(ids(reopened(changed(none, 'x', { sql: 'select 2' })))).toBe('a x');
  });

  it('survive what a browser kept', () => {
    expect(restored(JSON.stringify(three), 'x')).toEqual({ tabs: three.tabs, activeId: 'c' });
    expect(ids(restored('{"tabs":[{"id":5}]}', 'x'))).toBe('x');
    expect(ids(restored('nonsense', 'x'))).toBe('x');
    expect(restored('{"tabs":[{"id":"a","sql":"s"}],"activeId":"gone"}', 'x')).toEqual({
      tabs: [newTab('a', { sql: 's' })],
      activeId: 'a',
    });
  });

  it.each([
    [{ title: 'Mine', sql: 'select 1' }, 'Mine'],
    [{ sql: 'select *\nfrom orders o' }, 'orders'],
    [{ sql: '  values  1' }, 'values 1'],
    [{ sql: '' }, 'New query'],
  ])('name %j', (tab, expected) => {
    expect(titleOf(tab)).toBe(expected);
  });
});
