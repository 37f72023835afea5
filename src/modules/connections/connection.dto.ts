/** Templates of a feed's addresses: put the feed's id in place of `{feed_id}`. */
export class FeedUrlTemplates {
  /** @example "https://tabletalk.example.com/api/v1/feeds/{feed_id}.csv" */
  csv!: string;

  /** @example "https://tabletalk.example.com/api/v1/feeds/{feed_id}.json" */
  json!: string;

  /** @example "https://tabletalk.example.com/api/v1/feeds/{feed_id}.parquet" */
  parquet!: string;
}

/** How one program reads a feed. */
export class ToolInstructions {
  /** @example "Excel" */
  tool!: string;

  /**
   * What to do, in order.
   * @example ["Data › Get Data › From Other Sources › From Web › Advanced."]
   */
  steps!: string[];
}

/** A driver connection to the query engine itself. */
export class DriverConnection {
  /** @example "jdbc" */
  driver!: 'jdbc' | 'odbc';

  /**
   * The connection string, without credentials.
   * @example "jdbc:athena://Region=eu-central-1;WorkGroup=tabletalk-ws_01j8x0q0000000000000000000;Catalog=AwsDataCatalog;…"
   */
  connection!: string;
}

/** Where the engine is that the drivers connect to, and how to get rights there. */
export class DirectAccess {
  /** @example "eu-central-1" */
  region!: string;

  /** @example "tabletalk-ws_01j8x0q0000000000000000000" */
  workgroup!: string;

  /** @example "AwsDataCatalog" */
  catalog!: string;

  /** @example "tabletalk_ws_01j8x0q0000000000000000000" */
  database!: string;

  /**
   * Where the engine leaves results.
   * @example "s3://example-lake/athena-results/ws_01j8x0q0000000000000000000/"
   */
  output_location!: string;

  /** What a program must be allowed to do, and who allows it. */
  rights!: string[];
}

/** How programs read the workspace's data. */
export class Connections {
  feed_urls!: FeedUrlTemplates;

  /** How a program proves that it may read. */
  authentication!: string[];

  tools!: ToolInstructions[];

  /** Empty where the engine takes no connections from outside, as the embedded one does not: use feeds. */
  drivers!: DriverConnection[];

  /** Absent where there are no drivers. */
  direct_access?: DirectAccess;
}
