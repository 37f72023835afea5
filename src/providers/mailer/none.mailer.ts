import { Mailer, type MailOutcome } from './mailer.js';

/** For a service without a mail server. */
export class NoMailer extends Mailer {
  send(): Promise<MailOutcome> {
    return Promise.resolve('not_configured');
  }
}
