/** Lets the AWS SDK's default chain find credentials, a region and a server of the test's own. */
export function useAwsEnvironment(endpoint: string): void {
  Object.assign(process.env, {
    AWS_ACCESS_KEY_ID: 'AKIATEST',
    AWS_SECRET_ACCESS_KEY: 'not a secret',
    AWS_REGION: 'eu-central-1',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_ENDPOINT_URL_BEDROCK_RUNTIME: endpoint,
  });
}
