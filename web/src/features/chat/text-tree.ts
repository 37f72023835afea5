/** A node of a text's tree, as far as it is looked at here. */
export interface TextTree {
  type: string;
  value?: string;
  tagName?: string;
  properties?: Record<string, unknown>;
  children?: TextTree[];
}

/** A piece of a text; with `mark`, the number of what it stands for. */
export interface TextPiece {
  readonly text: string;
  readonly mark?: number;
}

/** Wraps what `cut` finds in the texts of the tree, in their order, in elements of this name. Code stays as it is. */
export function markTexts(node: TextTree, tagName: string, cut: (text: string) => readonly TextPiece[]): void {
  if (!node.children || node.tagName === 'code') return;
  node.children = node.children.flatMap((child) => {
    if (child.type !== 'text') {
      markTexts(child, tagName, cut);
      return [child];
    }
    return cut(child.value ?? '').map(({ text, mark }): TextTree => {
      const piece = { type: 'text', value: text };
      if (mark === undefined) return piece;
      return { type: 'element', tagName, properties: { value: String(mark) }, children: [piece] };
    });
  });
}
