/** No mail server has taken the message over. The cause tells why; meant for whoever runs the service. */
export class MailNotSent extends Error {
  override readonly name = 'MailNotSent';

  constructor(reason: string, cause?: unknown) {
    super(`The mail could not be sent: ${reason}`, { cause });
  }
}
