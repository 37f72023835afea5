import type { SourceDocument } from '../../src/providers/connectors/source-document.js';

export function sourceAt(state: number): SourceDocument[];
