import { Injectable } from '@nestjs/common';
import { InternalError } from '../../platform/errors/common-problems.js';
import { Problem } from '../../platform/errors/problem.js';
import { problemDocument } from '../../platform/http/problem-document.js';
import { Clock } from '../../providers/clock/clock.js';
import { RunCancelled, RunInterrupted } from './errors.js';
import { newInterruptId, type Run } from './run.js';
import type { Interrupt, RunEventBody } from './run-event.js';
import type { RunEnd, RunExecutor, RunResult, StopReason } from './run-executor.js';
import { RunWriter } from './run-writer.js';
import { RunsRepository } from './runs.repository.js';

const stateLimitBytes = 200_000;

/** Ends runs, and puts those aside that wait for their user. Each end is one transaction, and happens once. */
@Injectable()
export class RunEnds {
  private executor: RunExecutor | undefined;

  constructor(
    private readonly runs: RunsRepository,
    private readonly clock: Clock,
  ) {}

  /** Says who knows what the end of a run leaves behind; called once, at start. */
  leaveTo(executor: RunExecutor): void {
    this.executor = executor;
  }

  /** Does nothing when the run is in other hands. */
  async end(run: Run, writer: RunWriter, end: RunEnd): Promise<void> {
    const { message, writes } = await this.executor!.ended(run, end);
    const problem = end.problem && problemDocument(end.problem);
    const finished: RunEventBody = { type: 'run.finished', outcome: end.outcome, ...(problem && { problem }) };
    const set: Partial<Run> = {
      state: end.outcome,
      finished_at: this.clock.now().toISOString(),
      ...(problem && { problem: JSON.stringify(problem) }),
    };
    const remove = ['owner', 'lease_until', 'watched', 'due_at', 'interrupt', 'resume_state'] as const;
    await writer.end([{ type: 'assistant', ...message }, finished], { set, remove }, writes);
  }

  async suspend(
    run: Run,
    writer: RunWriter,
    { interrupt: asked, state }: Extract<RunResult, { kind: 'suspended' }>,
  ): Promise<void> {
    const resumeState = JSON.stringify(state);
    if (Buffer.byteLength(resumeState) > stateLimitBytes) throw new Error('The state of a suspended run is too large.');
    const interrupt = { interrupt_id: newInterruptId(run), ...asked };
    const set = {
      state: 'suspended',
      interrupt,
      resume_state: resumeState,
      due_at: Date.parse(interrupt.expires_at),
    } as const;
    // Clients that know no interrupts show the question as what it is: something that the assistant says.
    const said = { content: asText(interrupt), message_id: run.message_id, status: 'partial' } as const;
    const events: RunEventBody[] = [
      { type: 'interrupt', ...interrupt },
      { type: 'assistant', ...said },
    ];
    await writer.end(events, { set, remove: ['owner', 'lease_until'] }, []);
  }

  /** Ends a run that no process executes: one that waits for its user, or whose process died. */
  async endUnattended(run: Run, end: Pick<RunEnd, 'outcome' | 'problem'>): Promise<void> {
    const writer = new RunWriter(run, await this.runs.lastSeq(run.run), this.runs);
    await this.end(run, writer, { ...end, partialText: await this.textOf(run) });
  }

  private async textOf({ run }: Run): Promise<string> {
    const texts: string[] = [];
    for (let after = 0; ;) {
      const frames = await this.runs.events(run, after, 200);
      if (frames.length === 0) return texts.join('');
      for (const { type, text } of frames)
        if (type === 'text.delta') texts.push((JSON.parse(text) as { text: string }).text);
      after = frames.at(-1)!.seq;
    }
  }
}

function asText({ question, options }: Pick<Interrupt, 'question' | 'options'>): string {
  return [question, ...options.map(({ label }, index) => `${index + 1}. ${label}`)].join('\n');
}

/** How a run that threw has ended. `reason` is why it was told to stop, if it was. */
export function failureOf(error: unknown, reason: StopReason | undefined): Pick<RunEnd, 'outcome' | 'problem'> {
  switch (reason) {
    case 'cancelled':
      return { outcome: 'cancelled', problem: new RunCancelled() };
    case 'access-ended':
      return { outcome: 'cancelled', problem: new RunCancelled('You may no longer do what this answer needed.') };
    case 'stopping':
      return { outcome: 'failed', problem: new RunInterrupted() };
    default:
      return { outcome: 'failed', problem: error instanceof Problem ? error : new InternalError() };
  }
}
