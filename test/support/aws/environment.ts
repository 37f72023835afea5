import { testCredentials, testRegion } from './fake-service.js';

/** Lets the AWS SDK's default chain find credentials, a region, and fakes by the names of their services, as in `{ S3: fake.endpoint }`. */
export function useAwsServices(endpoints: Readonly<Record<string, string>>): void {
  Object.assign(process.env, {
    AWS_ACCESS_KEY_ID: testCredentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: testCredentials.secretAccessKey,
    AWS_REGION: testRegion,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  });
  for (const [service, endpoint] of Object.entries(endpoints)) process.env[`AWS_ENDPOINT_URL_${service}`] = endpoint;
}
