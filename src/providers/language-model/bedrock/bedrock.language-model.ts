import {
  type BedrockRuntimeClient,
  ConverseStreamCommand,
  type ConverseStreamOutput,
} from '@aws-sdk/client-bedrock-runtime';
import type { AttemptEvent } from '../answer-assembly.js';
import type { ModelOrigin } from '../errors.js';
import type { ModelRequest } from '../language-model.js';
import { said } from '../said.js';
import { StreamingLanguageModel, type StreamingOptions } from '../streaming.language-model.js';
import { bedrockClient } from './bedrock-client.js';
import { ConverseEvents } from './converse-events.js';
import { converseRequest, type Guardrail } from './converse-request.js';
import { problemOf } from './faults.js';
import { type CachePlaces, cachePlaces, refusesCachePoint } from './model-family.js';

export interface BedrockOptions extends StreamingOptions {
  /** A model's or an inference profile's id or ARN. */
  readonly defaultModelId: string;
  readonly guardrail?: Guardrail | undefined;
}

/** Amazon Bedrock through `ConverseStream`. */
export class BedrockLanguageModel extends StreamingLanguageModel {
  readonly provider = 'bedrock';
  readonly defaultModelId: string;
  private readonly guardrail: Guardrail | undefined;
  /** Models that turned out to take no cache points. */
  private readonly uncached = new Set<string>();

  private constructor(
    options: BedrockOptions,
    private readonly client: BedrockRuntimeClient,
  ) {
    super(options);
    this.defaultModelId = options.defaultModelId;
    this.guardrail = options.guardrail;
  }

  /** Rejects with `StartupError` where the AWS SDK finds no region. Credentials are looked for when they are needed. */
  static async open(options: BedrockOptions): Promise<BedrockLanguageModel> {
    return new BedrockLanguageModel(options, await bedrockClient('BEDROCK_MODEL_ID is set'));
  }

  protected async *attempt(request: ModelRequest, modelId: string, signal: AbortSignal): AsyncGenerator<AttemptEvent> {
    const origin: ModelOrigin = { provider: this.provider, modelId };
    const arrived = { streaming: false };
    try {
      yield* this.converse(request, modelId, arrived, signal);
    } catch (error) {
      throw problemOf(error, origin, { ...arrived, said: (message) => said(message, request) });
    }
  }

  private async *converse(
    request: ModelRequest,
    modelId: string,
    arrived: { streaming: boolean },
    signal: AbortSignal,
  ): AsyncGenerator<AttemptEvent> {
    const frames = await this.send(request, modelId, signal);
    arrived.streaming = true;
    const answer = new ConverseEvents();
    for await (const frame of frames ?? []) yield* answer.read(frame);
  }

  /** Sends again without cache points where the model refuses them: which models take them changes faster than we do. */
  private async send(
    request: ModelRequest,
    modelId: string,
    signal: AbortSignal,
  ): Promise<AsyncIterable<ConverseStreamOutput> | undefined> {
    const cache: CachePlaces = this.uncached.has(modelId) ? { system: false, tools: false } : cachePlaces(modelId);
    try {
      const input = converseRequest(request, modelId, cache, this.guardrail);
      const { stream } = await this.client.send(new ConverseStreamCommand(input), { abortSignal: signal });
      return stream;
    } catch (error) {
      if (!cache.system || !refusesCachePoint((error as Error).message)) throw error;
      this.uncached.add(modelId);
      return this.send(request, modelId, signal);
    }
  }
}
