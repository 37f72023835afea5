import mammoth from 'mammoth';
import { UnreadableInterview } from '../text-analyst.js';

/** The text of a Word document, an empty line between paragraphs. */
export async function textOf(bytes: Buffer): Promise<string> {
  try {
    return (await mammoth.extractRawText({ buffer: bytes })).value;
  } catch (error) {
    // What is too much for the process is no fault of the document's form.
    if (/alloc|memory|string length|call stack/i.test(String(error))) throw error;
    throw new UnreadableInterview('it is no Word document (.docx), or a damaged one.', { cause: error });
  }
}
