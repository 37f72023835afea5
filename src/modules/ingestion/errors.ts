import { problem } from '../../platform/errors/problem.js';

export class SourceNotFound extends problem({
  slug: 'source-not-found',
  title: 'Source not found',
  status: 404,
  help: 'GET /api/v1/sources lists the sources of this workspace, with ?include=deleted those that can be restored.',
}) {
  constructor(sourceId: string) {
    super(`There is no source ${JSON.stringify(sourceId.slice(0, 100))} in this workspace.`);
  }
}

export class TooManySources extends problem({
  slug: 'too-many-sources',
  title: 'The workspace has as many sources as it can have',
  status: 409,
  help: 'Delete one that is no longer needed, or let one source read several channels or projects.',
}) {
  constructor(limit: number) {
    super(`A workspace has at most ${limit} sources.`);
  }
}

export class SourcePaused extends problem({
  slug: 'source-paused',
  title: 'The source is paused',
  status: 409,
  help: 'Resume it with POST /api/v1/sources/{source_id}/resume; that reads what was missed.',
}) {
  constructor(name: string) {
    super(`The source ${name} is paused, so nothing is read from it.`);
  }
}

export class SourceGone extends problem({
  slug: 'source-gone',
  title: 'The source was deleted meanwhile',
  status: 410,
  help: 'Nothing is left to do. To have the source again, restore it with POST /api/v1/sources/{source_id}/restore.',
}) {
  constructor() {
    super('The source was deleted while this was waiting or running.');
  }
}

export class SourceSecretUnreadable extends problem({
  slug: 'source-secret-unreadable',
  title: 'The secret of the source cannot be opened',
  status: 409,
  help: 'The key with which it was encrypted is gone. Give the source its token again with PATCH /api/v1/sources/{source_id}.',
}) {
  /** Without the source's name, since whoever sends a webhook may meet it too. */
  constructor() {
    super('The secret of the source was encrypted with a key that this service does not have.');
  }
}

export class WebhookRefused extends problem({
  slug: 'webhook-refused',
  title: 'This webhook is not taken',
  status: 401,
  help: 'Check that the address names the kind and the id of the source, that the source has the platform’s webhook secret, and that the clocks agree within five minutes.',
}) {
  constructor() {
    super('There is no such source, or it could not be verified that the platform sent this.');
  }
}
