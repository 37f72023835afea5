'use client';

import { ShareDialog } from './feeds/share-dialog';
import { SaveDialog } from './saved/save-dialog';
import { type SqlTab, titleOf } from './tabs';
import type { useKeeping } from './use-keeping';

/** The windows for keeping the statement of a tab. */
export function KeepDialogs({ tab, keeping }: { tab: SqlTab; keeping: ReturnType<typeof useKeeping> }) {
  const common = { sql: tab.sql, parameters: tab.parameters, onClose: keeping.close, onSaved: keeping.onSaved };
  const name = tab.savedQueryId ? `${titleOf(tab)} (copy)` : (tab.title ?? '');
  if (keeping.dialog === 'save') return <SaveDialog {...common} suggestedName={name} />;
  if (keeping.dialog === 'share') return <ShareDialog {...common} saved={keeping.savedAsIs} suggestedName={name} />;
  return null;
}
