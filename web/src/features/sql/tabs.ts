import type { Parameter } from './named-parameters';

export type ResultView = 'table' | 'chart';

export interface TabRun {
  readonly queryId: string;
  /** Where the statement stood in the tab's text, and the statement as it was. */
  readonly from: number;
  readonly text: string;
}

/** One statement that is worked on. */
export interface SqlTab {
  readonly id: string;
  /** As the author named it; else it is told by the statement. */
  readonly title?: string;
  readonly sql: string;
  /** The saved query that it was opened from or saved as. */
  readonly savedQueryId?: string;
  /** What was run from it last; its result comes back after a reload. */
  readonly run?: TabRun;
  readonly view?: ResultView;
  readonly parameters: readonly Parameter[];
  /** What was typed for them. */
  readonly values: Readonly<Record<string, string>>;
}

export interface TabsState {
  readonly tabs: readonly SqlTab[];
  readonly activeId: string;
  /** The last one that was closed and where it stood, for undoing. */
  readonly closed?: { readonly tab: SqlTab; readonly index: number };
}

export function newTab(id: string, start: Partial<Omit<SqlTab, 'id'>> = {}): SqlTab {
  return { id, sql: '', parameters: [], values: {}, ...start };
}

export function opened(state: TabsState, tab: SqlTab): TabsState {
  return { ...state, tabs: [...state.tabs, tab], activeId: tab.id };
}

export function changed(state: TabsState, id: string, part: Partial<Omit<SqlTab, 'id'>>): TabsState {
  return { ...state, tabs: state.tabs.map((tab) => (tab.id === id ? { ...tab, ...part } : tab)) };
}

/** There is always one tab: in place of the last an empty one, with the given id, appears. */
export function closed(state: TabsState, id: string, emptyId: string): TabsState {
  const index = state.tabs.findIndex((tab) => tab.id === id);
  const tab = state.tabs[index];
  if (!tab) return state;
  const rest = state.tabs.filter((each) => each !== tab);
  const tabs = rest.length > 0 ? rest : [newTab(emptyId)];
  const activeId = state.activeId === id ? tabs[Math.min(index, tabs.length - 1)]!.id : state.activeId;
  return { tabs, activeId, closed: { tab, index } };
}

/** The tab with what the address asked for, instead of an untouched one where there is nothing else. */
export function openedFor(state: TabsState, tab: SqlTab): TabsState {
  const isUntouched = state.tabs.length === 1 && isEmpty(state.tabs[0]!);
  return isUntouched ? { tabs: [tab], activeId: tab.id } : opened(state, tab);
}

function isEmpty({ sql, title }: SqlTab): boolean {
  return sql === '' && title === undefined;
}

/** The closed tab is back where it stood. */
export function reopened({ tabs, activeId, closed: last }: TabsState): TabsState {
  if (!last) return { tabs, activeId };
  const isUntouched = tabs.length === 1 && isEmpty(tabs[0]!);
  const others = isUntouched ? [] : tabs;
  return { tabs: [...others.slice(0, last.index), last.tab, ...others.slice(last.index)], activeId: last.tab.id };
}

export function activeTab({ tabs, activeId }: TabsState): SqlTab {
  return tabs.find(({ id }) => id === activeId) ?? tabs[0]!;
}

/** A name, or what the statement reads from, or its first words. */
export function titleOf({ title, sql }: Pick<SqlTab, 'title' | 'sql'>): string {
  if (title) return title;
  const [, table] = /\bfrom\s+"?([\w.]+)/i.exec(sql) ?? [];
  return table ?? (sql.trim().replaceAll(/\s+/g, ' ').slice(0, 24) || 'New query');
}

/** What a browser kept, if it still can be read; another version of the page may have written it. */
export function restored(text: string | null, emptyId: string): TabsState {
  const empty = { tabs: [newTab(emptyId)], activeId: emptyId };
  if (text === null) return empty;
  try {
    const { tabs, activeId } = JSON.parse(text) as TabsState;
    const fit = tabs.filter((tab) => typeof tab.id === 'string' && typeof tab.sql === 'string');
    if (fit.length === 0) return empty;
    return {
      tabs: fit.map((tab) => newTab(tab.id, tab)),
      activeId: fit.some(({ id }) => id === activeId) ? activeId : fit[0]!.id,
    };
  } catch {
    return empty;
  }
}
