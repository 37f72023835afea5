'use client';

import { setDiagnostics } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { type RefObject, useEffect, useImperativeHandle, useRef } from 'react';
import type { Fault } from '../faults';
import type { TextRange } from '../statements';
import type { CatalogTable } from './completions';
import { editorExtensions } from './editor-extensions';

/** What the page does with the editor beside showing it. */
export interface EditorHandle {
  focus(): void;
  /** Puts a text in place of what is selected. */
  insert(text: string): void;
  /** Brings a place into sight, with the cursor there. */
  goTo(position: number): void;
}

export interface SqlEditorProps {
  /** Each tab has its own text and undo history for as long as the page is open. */
  readonly tabId: string;
  /** What the tab's text is at first; from then on the editor tells of changes. */
  readonly text: string;
  readonly catalog: readonly CatalogTable[];
  readonly faults: readonly Fault[];
  readonly handle: RefObject<EditorHandle | null>;
  readonly onChange: (text: string) => void;
  readonly onSelect: (range: TextRange) => void;
  readonly onRun: () => void;
}

/** CodeMirror with the dialect, the tables and the colours of the page. */
export default function SqlEditor(props: SqlEditorProps) {
  const { tabId, faults, handle } = props;
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const states = useRef(new Map<string, EditorState>());
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });

  useEffect(() => {
    const created = new EditorView({ parent: host.current! });
    view.current = created;
    // Lines were measured in the font that stands in until the page's own one is there; a view measures anew what is set.
    const measure = ({ fontfaces }: FontFaceSetLoadEvent) => {
      if (fontfaces.some(({ family }) => family.includes('Mono'))) created.setState(created.state);
    };
    document.fonts.addEventListener('loadingdone', measure);
    return () => {
      document.fonts.removeEventListener('loadingdone', measure);
      created.destroy();
    };
  }, []);
  useImperativeHandle(handle, () => handleOf(() => view.current!), []);

  useEffect(() => {
    const kept = states.current;
    const shown = view.current!;
    const extensions = editorExtensions({
      catalog: () => latest.current.catalog,
      run: () => latest.current.onRun(),
      changed: (next) => latest.current.onChange(next),
      selected: (range) => latest.current.onSelect(range),
    });
    const { text: doc, faults: marked, onSelect } = latest.current;
    const before = kept.get(tabId);
    shown.setState(before?.doc.toString() === doc ? before : EditorState.create({ doc, extensions }));
    mark(shown, marked);
    onSelect(shown.state.selection.main);
    return () => {
      kept.set(tabId, shown.state);
    };
  }, [tabId]);

  useEffect(() => mark(view.current!, faults), [faults]);

  return <div ref={host} className="h-full min-h-0 overflow-hidden" />;
}

function mark(view: EditorView, faults: readonly Fault[]): void {
  const fitting = faults.filter(({ to }) => to <= view.state.doc.length);
  const diagnostics = fitting.map((fault) => ({ ...fault, severity: 'error' as const }));
  view.dispatch(setDiagnostics(view.state, diagnostics));
}

function handleOf(view: () => EditorView): EditorHandle {
  return {
    focus: () => view().focus(),
    insert: (text) => {
      view().dispatch(view().state.replaceSelection(text), { scrollIntoView: true });
      view().focus();
    },
    goTo: (position) => {
      view().dispatch({
        selection: { anchor: Math.min(position, view().state.doc.length) },
        effects: EditorView.scrollIntoView(position),
      });
      view().focus();
    },
  };
}
