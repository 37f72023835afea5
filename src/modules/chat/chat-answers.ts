import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Caller } from '../access/caller.js';
import { ConversationsService, shownMessage } from '../conversations/conversations.service.js';
import { hasEnded } from '../runs/run.js';
import { RunsService } from '../runs/runs.service.js';
import { AnswerView } from './chat.dto.js';

/** Answers for those who wait instead of listening. */
@Injectable()
export class ChatAnswers {
  constructor(
    private readonly runs: RunsService,
    private readonly conversations: ConversationsService,
  ) {}

  /** 200 once the run has ended or asks something, 202 with the address to follow when the time is over before. */
  async whenAnswered(caller: Caller, runId: string, waitMs: number, reply: FastifyReply): Promise<AnswerView> {
    await this.waitFor(caller, runId, waitMs);
    const run = await this.runs.get(caller, runId);
    void reply.headers({ location: `/api/v1/runs/${runId}`, 'cache-control': 'private, no-store' });
    if (run.state === 'running') void reply.status(202);
    const message = hasEnded(run) ? shownMessage(await this.conversations.messageItem(caller, run.message_id)) : null;
    const { run_id, conversation_id, state, interrupt = null } = run;
    return { run_id, conversation_id, state, message, interrupt };
  }

  private async waitFor(caller: Caller, runId: string, waitMs: number): Promise<void> {
    if (waitMs === 0) return;
    for await (const { type } of this.runs.follow(caller, runId, 0, AbortSignal.timeout(waitMs)))
      if (type === 'interrupt' && (await this.runs.get(caller, runId)).state === 'suspended') return;
  }
}
