import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { freePort } from '../free-port.js';
import { until } from '../until.js';

/** HAProxy's program; undefined when it is not installed. */
export function haproxyProgram(): string | undefined {
  const folders = ['/usr/sbin', ...(process.env.PATH ?? '').split(delimiter)];
  return folders.map((folder) => join(folder, 'haproxy')).find((file) => existsSync(file));
}

/**
 * A load balancer that hides nothing: it sends each request to one server and never again to another. Servers that say
 * at /health/ready that they are draining, or nothing, get no more requests; what they have already goes on. Those that
 * only find a dependency slow do, since on a busy machine that would be all of them.
 */
const configuration = (port: number, statisticsPort: number, servers: readonly number[]) => `
global
  maxconn 2000
defaults
  mode http
  retries 0
  no option redispatch
  option forwardfor
  timeout connect 10s
  timeout client 120s
  timeout server 120s
  timeout tunnel 120s
  timeout check 10s
  timeout http-keep-alive 120s
frontend public
  bind 127.0.0.1:${port}
  default_backend replicas
frontend statistics
  bind 127.0.0.1:${statisticsPort}
  stats enable
  stats uri /
backend replicas
  balance roundrobin
  option httpchk GET /health/ready
  http-check expect ! string draining
  default-server check inter 100ms rise 1 fall 1
${servers.map((server, index) => `  server replica${index} 127.0.0.1:${server}`).join('\n')}
`;

/** HAProxy on a free port of 127.0.0.1, before servers of this machine. It ends with this process. */
export class HaProxy {
  private constructor(
    readonly address: string,
    private readonly statistics: string,
    private readonly folder: string,
    private readonly process: ChildProcess,
  ) {}

  static async start(servers: readonly number[]): Promise<HaProxy> {
    const folder = mkdtempSync(join(tmpdir(), 'tabletalk-haproxy-'));
    const [port, statisticsPort] = [await freePort(), await freePort()];
    const file = join(folder, 'haproxy.cfg');
    writeFileSync(file, configuration(port, statisticsPort, servers));
    const command = [haproxyProgram()!, '-db', '-q', '-f', file];
    const bound = existsSync('/usr/bin/setpriv') ? ['setpriv', '--pdeathsig=TERM', ...command] : command;
    const child = spawn(bound[0]!, bound.slice(1), { stdio: ['ignore', 'ignore', 'inherit'] });
    const started = new HaProxy(`http://127.0.0.1:${port}`, `http://127.0.0.1:${statisticsPort}/;csv`, folder, child);
    await until(() => started.healthy().then(Boolean, () => false));
    return started;
  }

  /** Numbers of the servers that get requests. */
  async healthy(): Promise<number[]> {
    const lines = (await (await fetch(this.statistics)).text()).split('\n').map((line) => line.split(','));
    const column = lines[0]!.indexOf('status');
    return lines.flatMap((values) => {
      const server = /^replica(\d+)$/.exec(values[1] ?? '');
      return server && values[column] === 'UP' ? [Number(server[1])] : [];
    });
  }

  async stop(): Promise<void> {
    if (this.process.exitCode === null && this.process.signalCode === null) {
      const ended = once(this.process, 'exit');
      this.process.kill('SIGTERM');
      await ended;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}
