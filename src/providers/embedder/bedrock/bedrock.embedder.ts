import { type BedrockRuntimeClient, InvokeModelCommand } from '@aws-sdk/client-bedrock-runtime';
import { StartupError } from '../../../platform/errors/startup-error.js';
import { bedrockClient } from '../../language-model/bedrock/bedrock-client.js';
import { problemOf } from '../../language-model/bedrock/faults.js';
import { saidOf } from '../../language-model/said.js';
import type { EmbeddingPurpose } from '../embedder.js';
import { type BatchLimits, RemoteEmbedder, type RemoteEmbedderOptions } from '../remote.embedder.js';
import { type EmbeddingFamily, embeddingFamily } from './embedding-family.js';

/** The embedding models of Amazon Titan and Cohere on Bedrock, through `InvokeModel`. */
export class BedrockEmbedder extends RemoteEmbedder {
  readonly provider = 'bedrock';
  readonly longestText: number;
  protected readonly limits: BatchLimits;

  private constructor(
    options: RemoteEmbedderOptions,
    private readonly family: EmbeddingFamily,
    private readonly client: BedrockRuntimeClient,
  ) {
    super(options);
    this.limits = family.limits;
    this.longestText = family.longestText;
  }

  /** Rejects with `StartupError` where nobody knows how to ask the model, or the AWS SDK finds no region. */
  static async open(options: RemoteEmbedderOptions): Promise<BedrockEmbedder> {
    const family = embeddingFamily(options.modelId);
    if (!family) {
      throw new StartupError(
        `EMBEDDER=bedrock takes models of Amazon Titan Text Embeddings and Cohere Embed, not "${options.modelId}". Set EMBEDDER_MODEL_ID, for example to amazon.titan-embed-text-v2:0.`,
      );
    }
    return new BedrockEmbedder(options, family, await bedrockClient('EMBEDDER is bedrock'));
  }

  protected async attempt(
    texts: readonly string[],
    purpose: EmbeddingPurpose,
    signal: AbortSignal,
  ): Promise<readonly (readonly number[])[]> {
    const body = this.family.body(texts, purpose, this.options.dimensions);
    try {
      const command = new InvokeModelCommand({
        modelId: this.modelId,
        contentType: 'application/json',
        accept: 'application/json',
        body: JSON.stringify(body),
      });
      const answer = await this.client.send(command, { abortSignal: signal });
      return this.family.vectors(JSON.parse(answer.body.transformToString()));
    } catch (error) {
      const said = (message: string) => saidOf(message, texts);
      throw problemOf(error, this.origin, { streaming: false, said, action: 'bedrock:InvokeModel' });
    }
  }
}
