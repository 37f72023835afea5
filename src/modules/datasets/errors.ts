import { problem, type ProblemPart } from '../../platform/errors/problem.js';

export class DatasetNotFound extends problem({
  slug: 'dataset-not-found',
  title: 'Data set not found',
  status: 404,
  help: 'GET /api/v1/datasets lists the data sets of this workspace. The mode "create" publishes an upload as a new one.',
}) {
  constructor(dataset: string, why = 'There is no data set') {
    super(`${why} ${JSON.stringify(dataset.slice(0, 128))} in this workspace.`);
  }
}

export class DatasetExists extends problem({
  slug: 'dataset-exists',
  title: 'There is such a data set already',
  status: 409,
  help: 'Submit with the mode "append" to add the rows, with "replace" to put the new rows in place of the old, or under another name.',
}) {
  constructor(dataset: string, version: number) {
    super(
      `The data set ${dataset} exists already, in version ${version}. Use the mode append to add to it, replace to put this file in its place, or another name.`,
      { members: { dataset, version } },
    );
  }
}

/** The work that a data set is busy with. */
export interface BusyWith {
  readonly crawl_id?: string | undefined;
  readonly version?: number | undefined;
  readonly job_id?: string | undefined;
}

export class DatasetBusy extends problem({
  slug: 'dataset-busy',
  title: 'The data set is being worked on',
  status: 409,
  help: 'Wait until the crawl that is named has ended (GET /api/v1/crawls/{crawl_id}), or stop it, then try again.',
}) {
  constructor(dataset: string, busyWith: BusyWith = {}) {
    super(`${describe(dataset, busyWith)} Wait until that has ended, or stop it, then try again.`, {
      headers: { 'retry-after': '2' },
      members: { dataset, ...busyWith },
    });
  }
}

function describe(dataset: string, { crawl_id: crawlId, version, job_id: jobId }: BusyWith): string {
  if (version !== undefined) {
    const follow = crawlId === undefined ? `job ${jobId}` : `crawl ${crawlId}`;
    return `Version ${version} of the data set ${dataset} is being published (${follow}).`;
  }
  return crawlId === undefined
    ? `The data set ${dataset} is being changed by another request.`
    : `The data set ${dataset} is being crawled (crawl ${crawlId}).`;
}

export class SchemaDrift extends problem({
  slug: 'schema-drift',
  title: 'The columns differ from those of the data set',
  status: 409,
  help: 'Change the contract of the upload so that its columns have the names and types of the data set, or submit with the mode "replace". Nothing was written.',
}) {
  constructor(dataset: string, version: number, errors: readonly ProblemPart[]) {
    super(
      `The file cannot be appended to ${dataset}: ${errors.length === 1 ? 'a column differs' : `${errors.length} columns differ`} from those of version ${version}. Nothing was written.`,
      { errors, members: { dataset, version } },
    );
  }
}

export class VersionNotFound extends problem({
  slug: 'version-not-found',
  title: 'Version not found',
  status: 404,
  help: 'GET /api/v1/datasets/{dataset}/versions lists the versions of the data set.',
}) {
  constructor(dataset: string, version: string) {
    super(`The data set ${dataset} has no version ${JSON.stringify(version.slice(0, 40))}.`);
  }
}

export class VersionNotReady extends problem({
  slug: 'version-not-ready',
  title: 'The version was not published',
  status: 409,
  help: 'Only versions in the state "ready" hold data. GET /api/v1/datasets/{dataset}/versions shows the state of each.',
}) {
  constructor(dataset: string, version: number, state: string) {
    super(`Version ${version} of the data set ${dataset} is ${state}, so it holds no data.`);
  }
}

export class RowsUnaccounted extends problem({
  slug: 'rows-unaccounted',
  title: 'Not every row is accounted for',
  status: 500,
  help: 'Nothing was published. This is a fault of the service: tell whoever runs it.',
}) {
  constructor(rowsIn: number, rowsStored: number, rowsRejected: number) {
    super(`Of ${rowsIn} rows, ${rowsStored} were stored and ${rowsRejected} rejected. Nothing was published.`);
  }
}

export class PublishOver extends problem({
  slug: 'publish-over',
  title: 'The publication is over',
  status: 409,
  help: 'Submit the upload again: POST /api/v1/uploads/{upload_id}/submit.',
}) {
  constructor(dataset: string, version: number) {
    super(`Version ${version} of the data set ${dataset} is not being published any more.`);
  }
}
