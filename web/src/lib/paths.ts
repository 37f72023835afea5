/** Addresses of the pages, so that links are written in one place. Ids travel as query parameters: the pages are static files. */
export const paths = {
  home: () => '/',
  signIn: (then?: string) => (then && then !== '/' ? `/sign-in/?then=${encodeURIComponent(then)}` : '/sign-in/'),
  setup: () => '/setup/',
  files: () => '/files/',
  /** Brings the sample data set and leads into its preview. */
  sampleFile: () => '/files/?sample=1',
  upload: (uploadId: string) => `/files/upload/?id=${encodeURIComponent(uploadId)}`,
  dataset: (dataset: string) => `/files/dataset/?name=${encodeURIComponent(dataset)}`,
  crawl: (crawlId: string) => `/files/crawl/?id=${encodeURIComponent(crawlId)}`,
  sources: () => '/sources/',
  newSource: (kind?: string) =>
    kind === undefined ? '/sources/new/' : `/sources/new/?kind=${encodeURIComponent(kind)}`,
  source: (sourceId: string) => `/sources/view/?id=${encodeURIComponent(sourceId)}`,
  /** A search when `q` is given, else the latest documents. */
  documents: (look: { q?: string; source?: string } = {}) => {
    const search = new URLSearchParams();
    if (look.q) search.set('q', look.q);
    if (look.source) search.set('source', look.source);
    return search.size > 0 ? `/documents/?${search}` : '/documents/';
  },
  /** With a quote the document opens there: by its place in the text, or by its words where these stand elsewhere by now. */
  document: (documentId: string, quote?: { start: number; end: number; words?: string }) => {
    const search = new URLSearchParams({ id: documentId });
    if (quote) search.set('quote', `${quote.start}-${quote.end}`);
    if (quote?.words) search.set('words', [...quote.words].slice(0, 200).join(''));
    return `/documents/view/?${search}`;
  },
  tables: () => '/tables/',
  table: (table: string) => `/tables/view/?name=${encodeURIComponent(table)}`,
  sql: (start: { sql?: string; queryId?: string; savedQueryId?: string } = {}) => {
    const search = new URLSearchParams();
    if (start.sql) search.set('sql', start.sql);
    if (start.queryId) search.set('query', start.queryId);
    if (start.savedQueryId) search.set('saved', start.savedQueryId);
    return search.size > 0 ? `/sql/?${search}` : '/sql/';
  },
  feeds: () => '/sql/feeds/',
  chat: (start: { conversationId?: string; question?: string } = {}) => {
    const search = new URLSearchParams();
    if (start.conversationId) search.set('id', start.conversationId);
    if (start.question) search.set('ask', start.question);
    return search.size > 0 ? `/chat/?${search}` : '/chat/';
  },
  chatbots: (chatbotId?: string) =>
    chatbotId === undefined ? '/chat/chatbots/' : `/chat/chatbots/?id=${encodeURIComponent(chatbotId)}`,
  analyses: () => '/analysis/',
  /** An analysis; a level of what it found, one thing of that level, and a place in an interview. */
  analysis: (requestId: string, at: { show?: string; item?: string; at?: string } = {}) =>
    `/analysis/view/?${new URLSearchParams({ id: requestId, ...at })}`,
  analysisComparison: (first: string, second?: string) =>
    `/analysis/compare/?${new URLSearchParams({ first, ...(second && { second }) })}`,
  settings: (page: 'profile' | 'sessions' | 'api-tokens' = 'profile') => `/settings/${page}/`,
  admin: (
    page?:
      | 'workspace'
      | 'members'
      | 'roles'
      | 'usage'
      | 'audit'
      | 'feedback'
      | 'verified'
      | 'tools'
      | 'jobs'
      | 'health'
      | 'users',
  ) => (page === undefined ? '/admin/' : `/admin/${page}/`),
} as const;

/** A page's address for somebody else: it names the workspace, so that it opens there whichever they looked at last. */
export function shareableAddress(path: string, workspaceId: string | undefined): string {
  const url = new URL(path, window.location.origin);
  if (workspaceId) url.searchParams.set('workspace', workspaceId);
  return url.toString();
}
