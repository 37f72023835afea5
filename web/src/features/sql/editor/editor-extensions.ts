import {
  acceptCompletion,
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  type CompletionContext,
  type CompletionResult,
  completionKeymap,
  closeCompletion,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { sql } from '@codemirror/lang-sql';
import { bracketMatching, indentOnInput, syntaxTree } from '@codemirror/language';
import { lintKeymap } from '@codemirror/lint';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { EditorState, type Extension, Prec } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
  placeholder,
} from '@codemirror/view';
import { type CatalogTable, suggestionsAt } from './completions';
import { editorLooks } from './editor-looks';
import { athena, words } from './sql-dialect';

/** What the editor asks and tells the page. */
export interface EditorPort {
  catalog(): readonly CatalogTable[];
  run(): void;
  changed(text: string): void;
  selected(range: { readonly from: number; readonly to: number }): void;
}

const icons = { column: 'property', table: 'class', function: 'function', keyword: 'keyword' } as const;

export function editorExtensions(port: EditorPort): Extension {
  return [
    Prec.highest(keymap.of([{ key: 'Mod-Enter', run: (view) => (closeCompletion(view), port.run(), true) }])),
    lineNumbers(),
    history(),
    drawSelection(),
    EditorState.allowMultipleSelections.of(true),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    highlightSelectionMatches(),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ 'aria-label': 'SQL', spellcheck: 'false', autocapitalize: 'off' }),
    placeholder('SELECT … FROM …'),
    sql({ dialect: athena }),
    autocompletion({ override: [complete(port)], icons: false, maxRenderedOptions: 60 }),
    // Tab takes a suggestion and indents; Escape and then Tab leaves the editor, as CodeMirror does it everywhere.
    keymap.of([
      { key: 'Tab', run: acceptCompletion },
      ...closeBracketsKeymap,
      ...completionKeymap,
      ...searchKeymap,
      ...historyKeymap,
      ...lintKeymap,
      ...defaultKeymap,
      indentWithTab,
    ]),
    EditorView.updateListener.of(({ docChanged, selectionSet, state }) => {
      if (docChanged) port.changed(state.doc.toString());
      if (docChanged || selectionSet) port.selected(state.selection.main);
    }),
    editorLooks,
  ];
}

function complete(port: EditorPort) {
  return ({ state, pos, explicit }: CompletionContext): CompletionResult | null => {
    const node = syntaxTree(state).resolveInner(pos, -1).name;
    if (node === 'String' || node.endsWith('Comment')) return null;
    const found = suggestionsAt(state.doc.toString(), pos, port.catalog(), words);
    const isTyped = found !== undefined && (found.from < pos || state.sliceDoc(pos - 1, pos) === '.');
    if (!found || (!isTyped && !explicit)) return null;
    return {
      from: found.from,
      options: found.options.map(({ kind, ...option }) => ({ ...option, type: icons[kind] })),
      validFor: /^"?\w*$/,
    };
  };
}
