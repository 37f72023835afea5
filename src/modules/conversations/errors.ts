import { problem } from '../../platform/errors/problem.js';

export class ConversationNotFound extends problem({
  slug: 'conversation-not-found',
  title: 'Conversation not found',
  status: 404,
  help: 'GET /api/v1/conversations lists your conversations in this workspace.',
}) {
  constructor(id: string) {
    super(`You have no conversation ${id} in this workspace.`);
  }
}

export class MessageNotFound extends problem({
  slug: 'message-not-found',
  title: 'Message not found',
  status: 404,
  help: 'GET /api/v1/conversations/{conversation_id}/messages lists the messages of a conversation.',
}) {
  constructor(id: string) {
    super(`You have no message ${id} in this workspace.`);
  }
}

export class ConversationBusy extends problem({
  slug: 'conversation-busy',
  title: 'An answer is under way',
  status: 409,
  help: 'Wait for the answer, or cancel it with POST /api/v1/runs/{run_id}/cancel.',
}) {
  constructor(runId: string) {
    super(`The run ${runId} is working on an answer in this conversation.`, { members: { run_id: runId } });
  }
}
