/** A message to one person. */
export interface MailMessage {
  /** A single address without a name, such as `ada@example.com`. */
  readonly to: string;
  /** One line. */
  readonly subject: string;
  readonly text: string;
}

/** `sent`: a mail server has taken it over. `not_configured`: this service sends no mail. */
export type MailOutcome = 'sent' | 'not_configured';

/** Sends mail. Nobody may depend on it: the service works without a mail server. */
export abstract class Mailer {
  /**
   * Resolves once a mail server has taken the message over, which does not mean that it arrives. Rejects with
   * `MailNotSent` within seconds, whatever the server does, and for an address or subject that would not stay one.
   */
  abstract send(message: MailMessage): Promise<MailOutcome>;
}
