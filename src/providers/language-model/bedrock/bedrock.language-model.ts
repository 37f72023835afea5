import { Agent } from 'node:https';
import {
  BedrockRuntimeClient,
  ConverseStreamCommand,
  type ConverseStreamOutput,
} from '@aws-sdk/client-bedrock-runtime';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { StartupError } from '../../../platform/errors/startup-error.js';
import type { AttemptEvent } from '../answer-assembly.js';
import type { ModelOrigin } from '../errors.js';
import type { ModelRequest } from '../language-model.js';
import { said } from '../said.js';
import { StreamingLanguageModel, type StreamingOptions } from '../streaming.language-model.js';
import { ConverseEvents } from './converse-events.js';
import { converseRequest, type Guardrail } from './converse-request.js';
import { problemOf } from './faults.js';
import { type CachePlaces, cachePlaces, refusesCachePoint } from './model-family.js';

export interface BedrockOptions extends StreamingOptions {
  /** A model's or an inference profile's id or ARN. */
  readonly defaultModelId: string;
  readonly guardrail?: Guardrail | undefined;
}

const connectMs = 5000;
/** Each answer that streams holds one connection; the SDK's own limit is 50. */
const maxConnections = 2000;

/**
 * Amazon Bedrock through `ConverseStream`. Region and credentials are those of the AWS SDK's default chain. HTTP/1.1:
 * over HTTP/2, the SDK's default here, a connection that breaks in the middle of an answer looks like its end.
 */
export class BedrockLanguageModel extends StreamingLanguageModel {
  readonly provider = 'bedrock';
  readonly defaultModelId: string;
  private readonly guardrail: Guardrail | undefined;
  private readonly client: BedrockRuntimeClient;
  /** Models that turned out to take no cache points. */
  private readonly uncached = new Set<string>();

  private constructor(options: BedrockOptions) {
    super(options);
    this.defaultModelId = options.defaultModelId;
    this.guardrail = options.guardrail;
    this.client = new BedrockRuntimeClient({
      requestHandler: new NodeHttpHandler({
        connectionTimeout: connectMs,
        httpsAgent: new Agent({ keepAlive: true, maxSockets: maxConnections }),
      }),
      // Attempts are counted in one place, for all providers. `adaptive` would let one tenant's throttling slow the others.
      retryMode: 'standard',
      maxAttempts: 1,
    });
  }

  /** Rejects with `StartupError` where the AWS SDK finds no region. Credentials are looked for when they are needed. */
  static async open(options: BedrockOptions): Promise<BedrockLanguageModel> {
    const model = new BedrockLanguageModel(options);
    try {
      await model.client.config.region();
    } catch (error) {
      throw new StartupError(
        `BEDROCK_MODEL_ID is set, but no AWS region is. Set AWS_REGION. (${(error as Error).message})`,
      );
    }
    return model;
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
