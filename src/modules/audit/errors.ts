import { problem } from '../../platform/errors/problem.js';

export class ServiceScopeDenied extends problem({
  slug: 'service-scope-denied',
  title: 'Only for administrators of the service',
  status: 403,
  help: 'Leave scope=service out to see the events of the workspace, or ask an administrator of the service who is signed in.',
}) {
  constructor() {
    super('The events of the whole service are only shown to its administrators, and not to API tokens.');
  }
}
