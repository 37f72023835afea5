import type { AttemptEvent } from './answer-assembly.js';
import type { JsonObject } from './language-model.js';

/** A tool use whose input still arrives. Nothing at all counts as an empty object: tools without inputs are called so. */
export class OpenToolUse {
  private readonly pieces: string[] = [];

  constructor(
    readonly id: string,
    readonly name: string,
  ) {}

  get started(): AttemptEvent {
    return { type: 'tool_use_started', id: this.id, name: this.name };
  }

  /** Whether the input so far is a JSON object already. */
  get isWhole(): boolean {
    return jsonObject(this.pieces.join('')) !== undefined;
  }

  add(text: string): AttemptEvent {
    this.pieces.push(text);
    return { type: 'tool_use_input_delta', id: this.id, text };
  }

  finish(): AttemptEvent {
    const text = this.pieces.join('');
    const { id, name } = this;
    const input = text.trim() === '' ? {} : jsonObject(text);
    return input ? { type: 'tool_use_finished', id, name, input } : { type: 'tool_use_malformed', id, name, text };
  }
}

/** Undefined for what is not a JSON object. */
function jsonObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
  } catch {
    return undefined;
  }
}
