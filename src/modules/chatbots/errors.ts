import { problem } from '../../platform/errors/problem.js';

export class ChatbotNotFound extends problem({
  slug: 'chatbot-not-found',
  title: 'Chatbot not found',
  status: 404,
  help: 'GET /api/v1/chatbots lists the chatbots of the workspace. Without a chatbot_id the default one answers.',
}) {
  constructor() {
    super('There is no chatbot with this id in this workspace.');
  }
}

export class ChatbotVersionNotFound extends problem({
  slug: 'chatbot-version-not-found',
  title: 'Chatbot version not found',
  status: 404,
  help: 'GET /api/v1/chatbots/{chatbot_id}/versions lists the versions of a chatbot.',
}) {
  constructor(version: string) {
    super(`The chatbot has no version ${JSON.stringify(version.slice(0, 20))}.`);
  }
}

export class ChatbotNeeded extends problem({
  slug: 'chatbot-needed',
  title: 'This chatbot cannot be deleted',
  status: 409,
  help: 'Make another chatbot the default with POST /api/v1/chatbots/{chatbot_id}/default, then delete this one. The chatbot that came with the workspace stays.',
}) {}
