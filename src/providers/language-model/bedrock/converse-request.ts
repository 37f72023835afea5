import type {
  ContentBlock,
  ConverseStreamCommandInput,
  Message,
  SystemContentBlock,
  Tool,
  ToolConfiguration,
} from '@aws-sdk/client-bedrock-runtime';
import type { AnswerBlock, ModelMessage, ModelRequest, TextBlock, ToolResultBlock } from '../language-model.js';
import type { CachePlaces } from './model-family.js';

export interface Guardrail {
  readonly id: string;
  readonly version: string;
}

type DocumentObject = Record<string, never>;

const cachePoint = { cachePoint: { type: 'default' } } as const;

/** The input of `ConverseStream`. */
export function converseRequest(
  request: ModelRequest,
  modelId: string,
  cache: CachePlaces,
  guardrail?: Guardrail,
): ConverseStreamCommandInput {
  const { temperature, topP, maxTokens, stop } = request.parameters;
  const hasLimits = [temperature, topP, maxTokens, stop].some((each) => each !== undefined);
  const toolConfig = toolConfigOf(request, cache);
  const system = systemOf(request, cache);
  return {
    modelId,
    messages: messagesOf(request.messages, toolConfig !== undefined),
    ...(system.length > 0 ? { system } : {}),
    ...(hasLimits
      ? { inferenceConfig: { temperature, topP, maxTokens, stopSequences: stop?.length ? [...stop] : undefined } }
      : {}),
    ...(toolConfig ? { toolConfig } : {}),
    ...(guardrail
      ? { guardrailConfig: { guardrailIdentifier: guardrail.id, guardrailVersion: guardrail.version } }
      : {}),
    ...(request.responseSchema ? { outputConfig: { textFormat: textFormatOf(request.responseSchema) } } : {}),
  };
}

function textFormatOf({ name, schema }: NonNullable<ModelRequest['responseSchema']>) {
  return { type: 'json_schema' as const, structure: { jsonSchema: { name, schema: JSON.stringify(schema) } } };
}

function systemOf({ system }: ModelRequest, cache: CachePlaces): SystemContentBlock[] {
  const boundary = cache.system ? system.findLastIndex((block) => block.cacheBoundary) : -1;
  return system.flatMap(({ text }, index) => [
    ...(isBlank(text) ? [] : [{ text }]),
    ...(index === boundary ? [cachePoint] : []),
  ]);
}

/** Bedrock has no way to forbid tools but to offer none. */
function toolConfigOf({ tools, toolChoice, system }: ModelRequest, cache: CachePlaces): ToolConfiguration | undefined {
  if (tools.length === 0 || toolChoice === 'none') return undefined;
  const specs: Tool[] = tools.map(({ name, description, inputSchema }) => ({
    toolSpec: { name, description, inputSchema: { json: inputSchema as DocumentObject } },
  }));
  const isStable = system.some((block) => block.cacheBoundary);
  return {
    tools: cache.tools && isStable ? [...specs, cachePoint] : specs,
    ...(toolChoice === undefined || toolChoice === 'auto' ? {} : { toolChoice: choiceOf(toolChoice) }),
  };
}

function choiceOf(choice: 'required' | { readonly name: string }) {
  return choice === 'required' ? { any: {} } : { tool: { name: choice.name } };
}

/** Roles take turns, and no text is blank: Bedrock refuses anything else. */
function messagesOf(messages: readonly ModelMessage[], withTools: boolean): Message[] {
  const turns: { role: 'user' | 'assistant'; content: ContentBlock[] }[] = [];
  for (const { role, content } of messages) {
    const blocks = content.flatMap((block) => (withTools ? blockOf(block) : toolLessBlockOf(block)));
    if (blocks.length === 0) continue;
    const last = turns.at(-1);
    if (last?.role === role) last.content.push(...blocks);
    else turns.push({ role, content: blocks });
  }
  return turns;
}

function blockOf(block: AnswerBlock | TextBlock | ToolResultBlock): ContentBlock[] {
  switch (block.type) {
    case 'text':
      return isBlank(block.text) ? [] : [{ text: block.text }];
    case 'tool_use':
      return [{ toolUse: { toolUseId: block.id, name: block.name, input: block.input as DocumentObject } }];
    case 'tool_result':
      return [
        {
          toolResult: {
            toolUseId: block.toolUseId,
            content: [{ text: isBlank(block.content) ? '(empty)' : block.content }],
            ...(block.failed ? { status: 'error' } : {}),
          },
        },
      ];
    case 'reasoning':
      if (block.redacted !== undefined) {
        return [{ reasoningContent: { redactedContent: Buffer.from(block.redacted, 'base64') } }];
      }
      if (block.signature === undefined) return [];
      return [{ reasoningContent: { reasoningText: { text: block.text, signature: block.signature } } }];
  }
}

/** Without a list of tools, Bedrock accepts no tool blocks in earlier messages: they are told as text. */
function toolLessBlockOf(block: AnswerBlock | TextBlock | ToolResultBlock): ContentBlock[] {
  switch (block.type) {
    case 'tool_use':
      return [{ text: `[Called ${block.name} with ${JSON.stringify(block.input)}]` }];
    case 'tool_result':
      return [{ text: `[${block.failed ? 'The call failed' : 'The call returned'}: ${block.content}]` }];
    case 'reasoning':
      return [];
    case 'text':
      return blockOf(block);
  }
}

function isBlank(text: string): boolean {
  return text.trim() === '';
}
