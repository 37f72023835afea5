'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { useRef, useState } from 'react';
import { toast } from 'sonner';
import { Sheet } from '@/components/ui/sheet';
import { Skeleton } from '@/components/ui/skeleton';
import { api, ask } from '@/lib/api/client';
import { patiently } from '@/lib/patiently';
import { AgreeDialog } from './agree-dialog';
import type { CatalogTable } from './editor/completions';
import type { EditorHandle } from './editor/sql-editor';
import { EstimateNote } from './estimate-note';
import { KeepDialogs } from './keep-dialogs';
import { Library, type LibraryPort } from './library/library';
import { parametersOf, type ParameterType, readValues } from './named-parameters';
import { ParameterForm } from './parameter-form';
import { ResultPanel } from './results/result-panel';
import { RunBar } from './run-bar';
import { Split } from './split';
import type { TextRange } from './statements';
import { TabBar } from './tab-bar';
import { activeTab, changed, closed, newTab, opened, reopened, type ResultView, type SqlTab, titleOf } from './tabs';
import { useCatalog } from './use-catalog';
import { useFaults } from './use-faults';
import { isLive, useFollowedQuery } from './use-followed-query';
import { useKeeping } from './use-keeping';
import { useLibraryPanel } from './use-library-panel';
import { useOpeners } from './use-openers';
import { useRuns } from './use-runs';
import { useStableCallback } from './use-stable-callback';
import { useStartAddress } from './use-start-address';
import { useStatement } from './use-statement';
import { newTabId, useTabsState } from './use-tabs-state';

const SqlEditor = dynamic(
  patiently(() => import('./editor/sql-editor')),
  {
    ssr: false,
    loading: () => <Skeleton className="m-3 h-24" />,
  },
);

const noTables: readonly CatalogTable[] = [];
const nothingSelected: TextRange = { from: 0, to: 0 };

/** Tabs of statements, an editor, and the result of what ran last in each. */
export function Workbench({ workspaceId }: { workspaceId: string }) {
  const client = useQueryClient();
  const editor = useRef<EditorHandle>(null);
  const [state, setState] = useTabsState(workspaceId);
  const [selection, select] = useState(nothingSelected);
  const [showsFaults, showFaults] = useState<Readonly<Record<string, boolean>>>({});
  const panel = useLibraryPanel();
  const catalog = useCatalog();
  const tab = activeTab(state);
  const changeTab = (id: string, part: Partial<SqlTab>) => setState((before) => changed(before, id, part));
  const change = (part: Partial<SqlTab>) => changeTab(tab.id, part);

  const runs = useRuns((tabId, run) => changeTab(tabId, { run }));
  const start = runs.startOf(tab.id);
  const followed = useFollowedQuery(tab.run?.queryId);
  const keeping = useKeeping(tab, change);
  const current = useStatement(tab, selection, keeping.saved);
  const { statement } = current;
  const faults = useFaults(tab, start, followed.query, statement, current.problem);
  const openers = useOpeners(state, setState);
  useStartAddress(keeping.address, openers.openWanted);
  const cancel = useMutation({
    mutationFn: (id: string) =>
      ask(api.POST('/api/v1/queries/{query_id}/cancel', { params: { path: { query_id: id } } })),
    onSuccess: (cancelled) => client.setQueryData(['queries', cancelled.query_id], cancelled),
  });

  const isRunning = start?.phase !== 'starting' && isLive(followed.query);
  const run = useStableCallback(() => {
    if (statement.text === '' || start?.phase === 'starting' || isRunning || !current.mayRun) return;
    const isComplete = Object.keys(current.valueFaults).length === 0;
    showFaults({ ...showsFaults, [tab.id]: !isComplete });
    if (isComplete) void runs.run(tab.id, statement);
  });
  const cancelRun = useStableCallback(() => {
    if (followed.query) cancel.mutate(followed.query.query_id);
  });
  const close = (id: string) => {
    const title = titleOf(state.tabs.find((each) => each.id === id)!);
    const isWorthUndoing = state.tabs.some((each) => each.id === id && each.sql.trim() !== '');
    setState((before) => closed(before, id, newTabId()));
    if (!isWorthUndoing) return;
    toast(`“${title}” is closed`, { action: { label: 'Undo', onClick: () => setState(reopened) } });
  };
  const setType = (name: string, type: ParameterType) =>
    change({
      parameters: parametersOf(tab.sql, tab.parameters).map((each) =>
        each.name === name ? { ...each, type, default: undefined } : each,
      ),
    });

  const { setSheetOpen } = panel;
  const library: LibraryPort = {
    insert: (text) => {
      setSheetOpen(false);
      editor.current?.insert(text);
    },
    openSql: (sql, title) => {
      setSheetOpen(false);
      openers.openSql(sql, title);
    },
    openSaved: (saved) => {
      setSheetOpen(false);
      openers.openSaved(saved);
    },
    openQuery: (query, runAgain) => {
      setSheetOpen(false);
      const opened = openers.openQuery(query);
      if (!runAgain) return;
      const { sql: text, parameters, values: typed } = opened;
      const { values } = readValues(parameters, typed);
      void runs.run(opened.id, { text, from: 0, parameters, values });
    },
  };
  const faultPlace = faults.ofRun?.from;
  const showFault = useStableCallback(() => {
    if (faultPlace !== undefined) editor.current?.goTo(faultPlace);
  });
  const refetch = useStableCallback(() => void followed.refetch());
  const setView = useStableCallback((view: ResultView) => change({ view }));

  return (
    <div data-fixed-height className="flex md:h-[calc(100dvh-3.5rem)]">
      <h1 className="sr-only">SQL</h1>
      {panel.isBeside && (
        <aside aria-label="Library" className="hidden w-64 shrink-0 border-r lg:block xl:w-72">
          <Library port={library} />
        </aside>
      )}
      <Sheet side="left" title="Library" open={panel.isSheetOpen} onOpenChange={setSheetOpen} className="lg:hidden">
        <div className="min-h-0 flex-1">
          <Library port={library} />
        </div>
      </Sheet>
      <div className="flex min-w-0 flex-1 flex-col">
        <TabBar
          tabs={state.tabs}
          activeId={tab.id}
          isRunning={(id) => runs.startOf(id)?.phase === 'starting' || (id === tab.id && isRunning)}
          onSelect={(activeId) => setState((before) => ({ ...before, activeId }))}
          onOpen={() => setState((before) => opened(before, newTab(newTabId())))}
          onClose={close}
          onRename={(id, title) => changeTab(id, { title })}
        />
        <Split
          top={
            <section
              id="sql-panel"
              role="tabpanel"
              aria-labelledby={`sql-tab-${tab.id}`}
              className="flex h-full flex-col"
            >
              <RunBar
                isStarting={start?.phase === 'starting'}
                isRunning={isRunning}
                isCancelling={cancel.isPending}
                isSelection={current.isSelection}
                canRun={statement.text !== '' && current.mayRun}
                saveLabel={keeping.saveLabel}
                onRun={run}
                onCancel={cancelRun}
                onSave={keeping.save}
                onSaveAs={keeping.saveAs}
                onShare={keeping.share}
                onCopyLink={keeping.copyLink}
                onLibrary={panel.toggle}
              >
                <EstimateNote estimate={current.estimate} problem={current.problem} />
              </RunBar>
              <div className="min-h-0 flex-1 bg-surface max-md:h-56 max-md:flex-none">
                <SqlEditor
                  tabId={tab.id}
                  text={tab.sql}
                  catalog={catalog.data ?? noTables}
                  faults={faults.marked}
                  handle={editor}
                  onChange={(sql) => change({ sql })}
                  onSelect={({ from, to }) => select({ from, to })}
                  onRun={run}
                />
              </div>
              {statement.parameters.length > 0 && (
                <ParameterForm
                  parameters={statement.parameters}
                  values={tab.values}
                  faults={showsFaults[tab.id] ? current.valueFaults : {}}
                  onType={setType}
                  onValue={(name, value) => change({ values: { ...tab.values, [name]: value } })}
                  onRun={run}
                />
              )}
            </section>
          }
          bottom={
            <ResultPanel
              queryId={tab.run?.queryId}
              query={followed.query}
              progress={followed.progress}
              error={followed.error}
              start={start}
              view={tab.view ?? 'table'}
              name={titleOf(tab)}
              isCancelling={cancel.isPending}
              onCancel={cancelRun}
              onRetry={refetch}
              onView={setView}
              onShowFault={faultPlace === undefined ? undefined : showFault}
              onRunAgain={run}
            />
          }
        />
      </div>
      {start?.phase === 'asking' && (
        <AgreeDialog
          estimate={start.estimate}
          onRun={() => void runs.run(tab.id, start.statement, true)}
          onClose={() => runs.dismiss(tab.id)}
        />
      )}
      <KeepDialogs tab={tab} keeping={keeping} />
    </div>
  );
}
