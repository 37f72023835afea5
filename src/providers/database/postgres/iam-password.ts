import { Signer } from '@aws-sdk/rds-signer';
import type { ConnectionSettings } from './connection-settings.js';

/**
 * Tokens of AWS IAM for passwords, each good for opening connections within 15 minutes: a new one, signed without asking
 * AWS, for each connection. Region and credentials come from the default provider chain.
 */
export function iamPassword({
  host,
  port,
  user,
}: Pick<ConnectionSettings, 'host' | 'port' | 'user'>): () => Promise<string> {
  const signer = new Signer({ hostname: host, port, username: user });
  return () => signer.getAuthToken();
}
