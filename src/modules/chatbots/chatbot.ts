import { createHash } from 'node:crypto';
import type { ChatbotModel } from './chatbot.dto.js';

/** What makes a chatbot what it is. Each version keeps all of it. */
export interface ChatbotDefinition {
  readonly name: string;
  readonly description: string;
  readonly system_prompt: string;
  readonly model: ChatbotModel;
  readonly tools: readonly string[];
  /** Absent: every table of the workspace. */
  readonly tables?: readonly string[] | undefined;
}

/** A chatbot as it answers: its id, its definition, and which version that is. */
export interface ResolvedChatbot extends ChatbotDefinition {
  readonly id: string;
  readonly version: number;
}

/**
 * The id of the chatbot that comes with a workspace: a UUID (version 8, RFC 9562) made of the workspace's id, so that it
 * needs no row.
 */
export function shippedChatbotId(workspaceId: string): string {
  const bytes = createHash('sha256').update(`chatbot that comes with ${workspaceId}`).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const digits = bytes.toString('hex');
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** The chatbot that comes with a workspace, as long as nobody has changed it. */
export function shippedDefinition(builtInTools: readonly string[]): ChatbotDefinition {
  return {
    name: 'Tabletalk',
    description: 'Answers questions about all the tables of the workspace.',
    system_prompt: '',
    model: {},
    tools: builtInTools,
  };
}
