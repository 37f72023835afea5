import { describe, expect, it } from '@jest/globals';
import { MailNotSent } from '../../src/providers/mailer/errors.js';
import { SmtpMailer } from '../../src/providers/mailer/smtp.mailer.js';
import { TestSmtpServer } from '../support/smtp-server.js';
import { mailerContract } from './mailer.contract.js';

const from = 'tabletalk@example.com';

mailerContract('SmtpMailer', ({ port, deadlineMs, user, password = '', secure = false }) => {
  const credentials = user === undefined ? '' : `${encodeURIComponent(user)}:${encodeURIComponent(password)}@`;
  const url = `${secure ? 'smtps' : 'smtp'}://${credentials}127.0.0.1:${port}`;
  return new SmtpMailer({ url, from, deadlineMs });
});

describe('SmtpMailer', () => {
  it('sends nothing in the clear, except to a server on this machine', async () => {
    const server = await TestSmtpServer.start();
    // The same machine by an address that does not show it.
    const mailer = new SmtpMailer({ url: `smtp://[::ffff:127.0.0.1]:${server.port}`, from, deadlineMs: 700 });
    const sending = mailer.send({ to: 'ada@example.com', subject: 'Hello', text: '' });
    await expect(sending).rejects.toBeInstanceOf(MailNotSent);
    await expect(sending).rejects.toThrow(/STARTTLS|TLS/);
    expect(server.received).toEqual([]);
    await server.close();
  });
});
