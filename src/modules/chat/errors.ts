import { problem } from '../../platform/errors/problem.js';

export class SocketClosedToYou extends problem({
  slug: 'socket-not-authenticated',
  title: 'Say who you are first',
  status: 401,
  help: 'Open /ws?token=<access token or API token>, or send {"type":"hello","token":"…"} within five seconds.',
}) {
  constructor() {
    super('This socket has not been authenticated yet.');
  }
}

export class AlreadyAuthenticated extends problem({
  slug: 'already-authenticated',
  title: 'The socket is somebody’s already',
  status: 409,
  help: 'Open another socket for another user.',
}) {
  constructor() {
    super('This socket has been authenticated before.');
  }
}

export class NothingAsked extends problem({
  slug: 'nothing-asked',
  title: 'No run asks this',
  status: 404,
  help: 'Send the run_id of the run whose interrupt you answer.',
}) {
  constructor(interruptId: string) {
    super(`No run of this socket asks ${interruptId}.`);
  }
}

export class TooManyWaiting extends problem({
  slug: 'too-many-questions-waiting',
  title: 'Too many questions are waiting',
  status: 429,
  help: 'Questions of one conversation are answered one after the other. Wait for answers before sending more.',
}) {
  constructor(limit: number) {
    super(`${limit} questions of this socket wait for their turn already.`, { headers: { 'retry-after': '5' } });
  }
}
