import { createSocket, type Socket } from 'node:dgram';
import { Resolver } from 'node:dns/promises';
import { once } from 'node:events';

/** A name server of its own that answers every question for an IPv4 address, each time with the next of its answers. */
export class DnsServer {
  /** How often it was asked. */
  questions = 0;
  private readonly resolver = new Resolver({ tries: 1, timeout: 2000 });

  private constructor(
    private readonly socket: Socket,
    private readonly answers: readonly (readonly string[])[],
  ) {
    socket.on('message', (message, { port, address }) => socket.send(this.reply(message), port, address));
    this.resolver.setServers([`127.0.0.1:${socket.address().port}`]);
  }

  /** The last answer is given from then on. */
  static async start(...answers: readonly (readonly string[])[]): Promise<DnsServer> {
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return new DnsServer(socket, answers);
  }

  resolve = (hostname: string): Promise<string[]> => this.resolver.resolve4(hostname);

  close(): void {
    this.resolver.cancel();
    this.socket.close();
  }

  private reply(message: Buffer): Buffer {
    const answer = this.answers[Math.min(this.questions, this.answers.length - 1)]!;
    this.questions += 1;
    const question = message.subarray(12, message.indexOf(0, 12) + 5);
    const header = Buffer.from(message.subarray(0, 12));
    header.writeUInt16BE(0x8180, 2);
    header.writeUInt16BE(answer.length, 6);
    header.writeUInt32BE(0, 8);
    const records = answer.map((address) =>
      // The question's name, an IPv4 address, of the internet, to be forgotten at once, four bytes.
      Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, ...address.split('.').map(Number)]),
    );
    return Buffer.concat([header, question, ...records]);
  }
}
