import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import type { Chunk, Interview, Meaning, Transcript } from '../../../interviews/analysis.js';
import { entryPoint } from '../../../platform/child-process.js';
import { limitedCommand } from '../../duckdb-workers/limits.js';
import {
  AnalystFailed,
  type InterviewFile,
  type ReadInterview,
  TextAnalyst,
  UnreadableInterview,
} from '../text-analyst.js';
import type { TaskInput, TaskName, TaskOutput } from './tasks.js';

export interface ChildLimits {
  readonly dataMegabytes: number;
  readonly seconds: number;
}

type Answer<Name extends TaskName> = { readonly output: TaskOutput<Name> } | { readonly unreadable: string };

const lastWordsLength = 2000;
/** What V8 takes besides the heap of JavaScript. */
const reservedMegabytes = 512;

/** A process of its own for each piece of work, with limits on memory and time, an empty environment and nothing to write to. */
export class ChildTextAnalyst extends TextAnalyst {
  private readonly entry = entryPoint(import.meta.url, './worker.js');
  private readonly running = new Set<() => void>();

  constructor(private readonly limits: ChildLimits) {
    super();
  }

  async read({ name, bytes }: InterviewFile, interview: number, signal: AbortSignal): Promise<ReadInterview> {
    const base64 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64');
    return this.run('read', { name, base64, interview }, signal);
  }

  infer(
    interviews: readonly Interview[],
    transcripts: readonly Transcript[],
    chunks: readonly Chunk[],
    signal: AbortSignal,
  ) {
    return this.run('infer', { interviews, transcripts, chunks }, signal);
  }

  relate(meanings: readonly Meaning[], chunks: readonly Chunk[], signal: AbortSignal) {
    return this.run('relate', { meanings, chunks }, signal);
  }

  /** Ends every process. */
  async close(): Promise<void> {
    for (const kill of this.running) kill();
  }

  private async run<Name extends TaskName>(
    task: Name,
    input: TaskInput<Name>,
    signal: AbortSignal,
  ): Promise<TaskOutput<Name>> {
    signal.throwIfAborted();
    const { dataMegabytes, seconds } = this.limits;
    const heap = `--max-old-space-size=${dataMegabytes - reservedMegabytes}`;
    const [command, args] = limitedCommand({ dataMegabytes }, process.execPath, [heap, this.entry]);
    const child = spawn(command, args, { env: {}, stdio: ['pipe', 'pipe', 'pipe'] });
    const kill = () => void child.kill('SIGKILL');
    const late = setTimeout(kill, seconds * 1000);
    this.running.add(kill);
    signal.addEventListener('abort', kill, { once: true });
    try {
      // A process that ends early breaks the pipe; its exit says more.
      child.stdin.on('error', () => undefined);
      child.stdin.end(JSON.stringify({ task, input }));
      const ended = once(child, 'close') as Promise<[code: number | null, by: string | null]>;
      const [answer, lastWords, [code, by]] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
      signal.throwIfAborted();
      if (code !== 0) {
        const cause = new Error(lastWords.slice(-lastWordsLength));
        throw new AnalystFailed(`The task ${task} took too much memory or time, or broke (${code ?? by})`, { cause });
      }
      return outputOf(JSON.parse(answer) as Answer<Name>);
    } finally {
      clearTimeout(late);
      this.running.delete(kill);
      signal.removeEventListener('abort', kill);
    }
  }
}

function outputOf<Name extends TaskName>(answer: Answer<Name>): TaskOutput<Name> {
  if ('unreadable' in answer) throw new UnreadableInterview(answer.unreadable);
  return answer.output;
}
