import type {
  ModelMessage,
  ModelRequest,
  TextBlock,
  ToolChoice,
  ToolResultBlock,
  ToolUseBlock,
} from '../language-model.js';

/** The body of `POST /chat/completions`. */
export function chatRequest(request: ModelRequest, modelId: string, limitName: 'max_tokens' | 'max_completion_tokens') {
  const { temperature, topP, maxTokens, stop } = request.parameters;
  return {
    model: modelId,
    messages: messagesOf(request),
    stream: true,
    stream_options: { include_usage: true },
    temperature,
    top_p: topP,
    [limitName]: maxTokens,
    stop: stop?.length ? stop : undefined,
    ...toolsOf(request),
    response_format: request.responseSchema && {
      type: 'json_schema',
      json_schema: { ...request.responseSchema, strict: true },
    },
  };
}

function toolsOf({ tools, toolChoice }: ModelRequest) {
  if (tools.length === 0) return {};
  return {
    tools: tools.map(({ name, description, inputSchema }) => ({
      type: 'function',
      function: { name, description, parameters: inputSchema },
    })),
    tool_choice: toolChoice && choiceOf(toolChoice),
  };
}

function choiceOf(choice: ToolChoice) {
  return typeof choice === 'string' ? choice : { type: 'function', function: { name: choice.name } };
}

function messagesOf({ system, messages }: ModelRequest): object[] {
  const instructions = system.map(({ text }) => text).join('\n\n');
  return [...(instructions === '' ? [] : [{ role: 'system', content: instructions }]), ...messages.flatMap(messageOf)];
}

/** Tool results are messages of their own here, and stand right after the tool uses. */
function messageOf(message: ModelMessage): object[] {
  if (message.role === 'assistant') return [assistantMessage(message.content)];
  const results = message.content.filter((block): block is ToolResultBlock => block.type === 'tool_result');
  const text = textOf(message.content);
  return [
    ...results.map(({ toolUseId, content, failed }) => ({
      role: 'tool',
      tool_call_id: toolUseId,
      content: failed ? `Error: ${content}` : content,
    })),
    ...(text === '' ? [] : [{ role: 'user', content: text }]),
  ];
}

function assistantMessage(content: Extract<ModelMessage, { role: 'assistant' }>['content']): object {
  const uses = content.filter((block): block is ToolUseBlock => block.type === 'tool_use');
  const text = textOf(content);
  if (uses.length === 0) return { role: 'assistant', content: text };
  return {
    role: 'assistant',
    content: text === '' ? null : text,
    tool_calls: uses.map(({ id, name, input }) => ({
      id,
      type: 'function',
      function: { name, arguments: JSON.stringify(input) },
    })),
  };
}

function textOf(content: readonly { readonly type: string }[]): string {
  return content
    .filter((block): block is TextBlock => block.type === 'text')
    .map(({ text }) => text)
    .join('\n\n');
}
