import type { EngineAddress } from '../../../providers/query-engine/query-engine.js';
import type { DirectAccess, DriverConnection } from '../connection.dto.js';

/** What the drivers of Amazon Athena (JDBC 3, ODBC 2) are told. Credentials are those of whoever runs the program. */
export function driversFor(address: EngineAddress): DriverConnection[] {
  const { region, catalog, database, workgroup, outputLocation } = address;
  const jdbc = [
    `Region=${region}`,
    `WorkGroup=${workgroup}`,
    `Catalog=${catalog}`,
    `Database=${database}`,
    `OutputLocation=${outputLocation}`,
    'CredentialsProvider=DefaultChain',
  ];
  const odbc = [
    'Driver={Amazon Athena ODBC (x64)}',
    `AwsRegion=${region}`,
    `Workgroup=${workgroup}`,
    `Catalog=${catalog}`,
    `Schema=${database}`,
    `S3OutputLocation=${outputLocation}`,
    'AuthenticationType=IAM Profile',
    'AWSProfile=default',
  ];
  return [
    { driver: 'jdbc', connection: `jdbc:athena://${jdbc.join(';')};` },
    { driver: 'odbc', connection: `${odbc.join(';')};` },
  ];
}

/** Where everything is, and what a program of others must be allowed to do there. */
export function directAccess(address: EngineAddress): DirectAccess {
  const { region, catalog, database, workgroup, outputLocation, filesLocation } = address;
  return {
    region,
    workgroup,
    catalog,
    database,
    output_location: outputLocation,
    rights: [
      'Ask whoever looks after the AWS account for a role with the rights below. This service lends its own to nobody.',
      `Athena: StartQueryExecution, GetQueryExecution, GetQueryResults, StopQueryExecution and GetWorkGroup on the workgroup ${workgroup}, GetDataCatalog on ${catalog}.`,
      `Glue: GetDatabase, GetTable, GetTables and GetPartitions on the database ${database} and its tables.`,
      `S3: GetObject below ${filesLocation}; GetObject, PutObject, AbortMultipartUpload and ListMultipartUploadParts below ${outputLocation}; ListBucket and GetBucketLocation on their bucket.`,
      'Where the bucket has a KMS key of its own: kms:Decrypt and kms:GenerateDataKey on it.',
      'The workgroup comes with the first query of the workspace, the database with its first table. The cutoff of the workgroup holds for these programs too; permissions, quotas and the history of this service do not.',
    ],
  };
}
