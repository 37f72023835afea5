import { afterEach, describe, expect, it, jest } from '@jest/globals';
import type { SMTPServerOptions } from 'smtp-server';
import { MailNotSent } from '../../src/providers/mailer/errors.js';
import type { Mailer } from '../../src/providers/mailer/mailer.js';
import { TestSmtpServer } from '../support/smtp-server.js';
import { soonMs } from '../support/soon.js';

const message = { to: 'ada@example.com', subject: 'An invitation', text: 'Come in.\n' };
/** Long enough for a busy machine. */
const deadlineMs = 30_000;

export interface MailerOptions {
  readonly port: number;
  readonly deadlineMs: number;
  readonly user?: string;
  readonly password?: string;
  /** TLS from the first byte. */
  readonly secure?: boolean;
}

/** What every mailer that uses a mail server promises. `open` gives one that uses the server on this machine's port. */
export function mailerContract(name: string, open: (options: MailerOptions) => Mailer): void {
  describe(`${name}: the promises of a mailer`, () => {
    let server: TestSmtpServer | undefined;

    afterEach(() => server?.close());

    const start = async (options: SMTPServerOptions = {}) => (server = await TestSmtpServer.start(options));
    const expectFailure = async (mailer: Mailer, reason: RegExp) => {
      const failure = await mailer.send(message).then(
        () => undefined,
        (error: unknown) => error,
      );
      expect(failure).toBeInstanceOf(MailNotSent);
      expect((failure as MailNotSent).message).toMatch(reason);
    };

    it('delivers the message as it is', async () => {
      const { port, received } = await start();
      const subject = 'Für Zoë: „Sales“';
      expect(await open({ port, deadlineMs }).send({ to: 'ada@example.com', subject, text: 'Hello\n.\nWörld\n' })).toBe(
        'sent',
      );
      expect(received).toHaveLength(1);
      const [{ from, to, raw }] = received as [(typeof received)[number]];
      expect([from, to]).toEqual(['tabletalk@example.com', ['ada@example.com']]);
      expect(raw).toMatch(/^From: Tabletalk <tabletalk@example\.com>\r$/m);
      expect(raw).toMatch(/^To: ada@example\.com\r$/m);
      expect(decoded(raw)).toContain('Hello\r\n.\r\nWörld\r\n');
    });

    it('signs in where that is asked for', async () => {
      const { port, received } = await start({
        authOptional: false,
        allowInsecureAuth: true,
        onAuth: ({ username, password }, _, done) =>
          username === 'tab:le' && password === 'p@ss/word' ? done(null, { user: username }) : done(new Error('no')),
      });
      const options = { port, deadlineMs, user: 'tab:le' };
      expect(await open({ ...options, password: 'p@ss/word' }).send(message)).toBe('sent');
      expect(received).toHaveLength(1);
      await expectFailure(open({ ...options, password: 'wrong' }), /login|auth|credentials/i);
      expect(received).toHaveLength(1);
    });

    it('says so when the server refuses the recipient', async () => {
      const { port, received } = await start({
        onRcptTo: (_address, _session, done) => done(new Error('No such user')),
      });
      await expectFailure(open({ port, deadlineMs }), /No such user|rejected/);
      expect(received).toEqual([]);
    });

    it('says so when the server refuses the message', async () => {
      const { port } = await start({
        onData: (stream, _session, done) => {
          stream.resume();
          stream.on('end', () => done(new Error('Looks like spam')));
        },
      });
      await expectFailure(open({ port, deadlineMs }), /Looks like spam/);
    });

    it('says so when there is no server', async () => {
      const { port } = await start();
      await server!.close();
      server = undefined;
      await expectFailure(open({ port, deadlineMs }), /ECONNREFUSED/);
    });

    it('gives up on a server that never answers', async () => {
      const { port } = await start({ onMailFrom: () => undefined });
      const began = performance.now();
      await expectFailure(open({ port, deadlineMs: 700 }), /abort|time/i);
      expect(performance.now() - began).toBeLessThan(700 + soonMs);
    });

    it('trusts no server whose certificate nobody has vouched for', async () => {
      // The test server warns of its own certificate, which is the very point here.
      const warnings = jest.spyOn(console, 'error').mockImplementation(() => undefined);
      const plain = await start({ disabledCommands: [] });
      await expectFailure(open({ port: plain.port, deadlineMs }), /certificate|self.signed|TLS/i);
      await plain.close();
      const secure = await start({ secure: true });
      await expectFailure(open({ port: secure.port, deadlineMs, secure: true }), /certificate|self.signed|TLS/i);
      expect([plain.received, secure.received]).toEqual([[], []]);
      warnings.mockRestore();
    });

    it.each([
      { to: 'ada@example.com\r\nBcc: eve@example.com' },
      { to: 'ada@example.com, eve@example.com' },
      { to: 'Ada <ada@example.com>' },
      { to: 'ada@example.com>\r\nRCPT TO:<eve@example.com' },
      { to: 'ada' },
      { subject: 'Hello\r\nBcc: eve@example.com' },
      { subject: 'Hello\nBcc: eve@example.com' },
      { subject: 'Hello\u0085Bcc: eve@example.com' },
    ])('refuses to make more headers or recipients of %j', async (changed) => {
      const { port, received } = await start();
      await expect(open({ port, deadlineMs }).send({ ...message, ...changed })).rejects.toBeInstanceOf(MailNotSent);
      expect(received).toEqual([]);
    });
  });
}

/** The body of a message, whatever its transfer encoding. */
function decoded(raw: string): string {
  const [head, body] = [raw.slice(0, raw.indexOf('\r\n\r\n')), raw.slice(raw.indexOf('\r\n\r\n') + 4)];
  if (/^content-transfer-encoding: base64\r?$/im.test(head)) return Buffer.from(body, 'base64').toString();
  const bytes = body
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
  return Buffer.from(bytes, 'latin1').toString();
}
