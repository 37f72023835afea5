import { Agent } from 'node:https';
import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { StartupError } from '../../../platform/errors/startup-error.js';

const connectMs = 5000;
/** Each answer that streams holds one connection; the SDK's own limit is 50. */
const maxConnections = 2000;

/**
 * The client of Bedrock's models. Region and credentials are those of the AWS SDK's default chain. HTTP/1.1: over HTTP/2,
 * the SDK's default here, a connection that breaks in the middle of an answer looks like its end. Rejects with
 * `StartupError` where the SDK finds no region; `chosenBy` says why it is needed, such as `BEDROCK_MODEL_ID is set`.
 */
export async function bedrockClient(chosenBy: string): Promise<BedrockRuntimeClient> {
  const client = new BedrockRuntimeClient({
    requestHandler: new NodeHttpHandler({
      connectionTimeout: connectMs,
      httpsAgent: new Agent({ keepAlive: true, maxSockets: maxConnections }),
    }),
    // Attempts are counted in one place, for all providers. `adaptive` would let one tenant's throttling slow the others.
    retryMode: 'standard',
    maxAttempts: 1,
  });
  try {
    await client.config.region();
  } catch (error) {
    throw new StartupError(`${chosenBy}, but no AWS region is. Set AWS_REGION. (${(error as Error).message})`);
  }
  return client;
}
