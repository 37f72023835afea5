import { createTransport } from 'nodemailer';
import { MailNotSent } from './errors.js';
import { Mailer, type MailMessage, type MailOutcome } from './mailer.js';

export interface SmtpOptions {
  /** `smtp://` or `smtps://`, with user and password percent-encoded in front of the host. */
  readonly url: string;
  /** The sender's address. */
  readonly from: string;
  /** The server has to have taken the message over after this time. */
  readonly deadlineMs?: number;
}

const senderName = 'Tabletalk';
const address = /^[^\s@<>()[\]\\,;:"\p{C}]+@[^\s@<>()[\]\\,;:"\p{C}]+$/u;
const loopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** Hands each message to an SMTP server, over verified TLS unless that server is this machine. */
export class SmtpMailer extends Mailer {
  private readonly deadlineMs: number;

  constructor(private readonly options: SmtpOptions) {
    super();
    this.deadlineMs = options.deadlineMs ?? 10_000;
  }

  async send({ to, subject, text }: MailMessage): Promise<MailOutcome> {
    if (!address.test(to)) throw new MailNotSent('the recipient is not one plain address');
    if (/\p{Cc}/u.test(subject)) throw new MailNotSent('the subject is not one line');
    const { from } = this.options;
    try {
      await createTransport(this.settings()).sendMail({
        from: { name: senderName, address: from },
        to: { name: '', address: to },
        envelope: { from, to },
        subject,
        text,
        signal: AbortSignal.timeout(this.deadlineMs),
      });
      return 'sent';
    } catch (error) {
      throw new MailNotSent((error as Error).message, error);
    }
  }

  private settings() {
    const { protocol, hostname, port, username, password } = new URL(this.options.url);
    const user = decodeURIComponent(username);
    return {
      host: hostname.replace(/^\[|\]$/g, ''),
      port: port === '' ? undefined : Number(port),
      secure: protocol === 'smtps:',
      requireTLS: !loopback.test(hostname),
      auth: user === '' ? undefined : { user, pass: decodeURIComponent(password) },
      connectionTimeout: this.deadlineMs,
      greetingTimeout: this.deadlineMs,
      socketTimeout: this.deadlineMs,
      dnsTimeout: this.deadlineMs,
      disableFileAccess: true,
      disableUrlAccess: true,
      tls: { rejectUnauthorized: true, minVersion: 'TLSv1.2' as const },
    };
  }
}
