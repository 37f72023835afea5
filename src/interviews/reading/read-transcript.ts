import type { Transcript, TranscriptFormat } from '../analysis.js';
import { readSubtitles } from './read-subtitles.js';
import { readText } from './read-text.js';

/** An interview from its decoded text; of a document that is the text of its paragraphs. */
export function readTranscript(text: string, format: TranscriptFormat): Transcript {
  return format === 'vtt' || format === 'srt' ? readSubtitles(text, format) : readText(text, format);
}
