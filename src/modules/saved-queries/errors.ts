import { problem } from '../../platform/errors/problem.js';

export class SavedQueryNotFound extends problem({
  slug: 'saved-query-not-found',
  title: 'Saved query not found',
  status: 404,
  help: 'GET /api/v1/saved-queries lists the saved queries of the workspace.',
}) {
  constructor() {
    super('There is no saved query with this id in this workspace.');
  }
}

export class SavedQueryInUse extends problem({
  slug: 'saved-query-in-use',
  title: 'The saved query is in use',
  status: 409,
  help: 'Delete the feeds that "used_by" names, or give them another saved query, then delete this one.',
}) {
  constructor(usedBy: readonly string[]) {
    super(`The saved query is used by ${usedBy.join(', ')}.`, { members: { used_by: usedBy } });
  }
}
