import type { ChatbotDefinition, ResolvedChatbot } from './chatbot.js';
import type { ChangeChatbot, Chatbot, ChatbotVersion } from './chatbot.dto.js';
import type { ChatbotPlace, ChatbotRow, ChatbotVersionRow } from './chatbots.repository.js';

/** A row, or what stands for the row of the chatbot that came with the workspace while nobody has changed it. */
export interface Found extends ResolvedChatbot {
  readonly isDefault: boolean;
  readonly row: ChatbotRow | undefined;
}

export function found(row: ChatbotRow, isDefault: boolean): Found {
  const definition = JSON.parse(row.definition) as ChatbotDefinition;
  return { ...definition, id: row.chatbot_id, version: row.version, isDefault, row };
}

/** Members that are absent stay; `tables: null` is every table. */
export function withChange(current: ChatbotDefinition, change: ChangeChatbot): ChatbotDefinition {
  return {
    name: change.name ?? current.name,
    description: change.description ?? current.description,
    system_prompt: change.system_prompt ?? current.system_prompt,
    model: change.model ?? current.model,
    tools: change.tools ?? current.tools,
    tables: change.tables === undefined ? current.tables : (change.tables ?? undefined),
  };
}

/** As JSON. */
export function stored({ name, description, system_prompt, model, tools, tables }: ChatbotDefinition): string {
  return JSON.stringify({ name, description, system_prompt, model, tools, tables } satisfies ChatbotDefinition);
}

export function versionOf(
  { workspace_id, chatbot_id, version, definition, updated_at }: ChatbotRow,
  userId: string,
): ChatbotVersionRow {
  return { workspace_id, chatbot_id, version, definition, user_id: userId, created_at: updated_at };
}

/** What the chatbot that came with the workspace was before its first change. */
export function firstVersion(workspaceId: string, shipped: Found): ChatbotVersionRow {
  return {
    workspace_id: workspaceId,
    chatbot_id: shipped.id,
    version: 1,
    definition: stored(shipped),
    user_id: null,
    created_at: null,
  };
}

/** The shipped one has no place of its own: it is before all others. */
export function placeOf(row: ChatbotRow | undefined): ChatbotPlace {
  return { created_at: row?.created_at ?? '', chatbot_id: row?.chatbot_id ?? '' };
}

export function shown(chatbot: Found, warnings: string[]): Chatbot {
  const { id, name, description, system_prompt, model, tools, tables, isDefault, version, row } = chatbot;
  return {
    chatbot_id: id,
    name,
    description,
    system_prompt,
    model,
    tools: [...tools],
    tables: tables ? [...tables] : null,
    is_default: isDefault,
    version,
    created_at: row?.created_at ?? null,
    updated_at: row?.updated_at ?? null,
    warnings,
  };
}

export function shownVersion({ version, definition, user_id, created_at }: ChatbotVersionRow): ChatbotVersion {
  const { tables, tools, ...rest } = JSON.parse(definition) as ChatbotDefinition;
  return { version, ...rest, tools: [...tools], tables: tables ? [...tables] : null, user_id, created_at };
}
