import { testCredentials, testRegion } from './fake-service.js';

/** Lets the AWS SDK's default chain find credentials, a region, and fakes by the names of their services, as in `{ S3: fake.endpoint }`. */
export function awsEnvironment(endpoints: Readonly<Record<string, string>>): Record<string, string> {
  const fakes = Object.entries(endpoints).map(([service, endpoint]) => [`AWS_ENDPOINT_URL_${service}`, endpoint]);
  return {
    AWS_ACCESS_KEY_ID: testCredentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: testCredentials.secretAccessKey,
    AWS_REGION: testRegion,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    ...(Object.fromEntries(fakes) as Record<string, string>),
  };
}

/** The same for what this process does itself. */
export function useAwsServices(endpoints: Readonly<Record<string, string>>): void {
  Object.assign(process.env, awsEnvironment(endpoints));
}
