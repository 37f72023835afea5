import { type App, createApp } from './app.js';
import { Config, InvalidConfiguration } from './config/config.js';
import { SetupService } from './modules/auth/setup.service.js';
import { Problem } from './platform/errors/problem.js';
import { StartupError } from './platform/errors/startup-error.js';

/** Runs the service until a signal ends it. What an operator can mend is told in one sentence, with exit code 1. */
export async function serve(environment: Readonly<Record<string, string | undefined>>): Promise<void> {
  try {
    await start(Config.read(environment));
  } catch (error) {
    const foreseen = error instanceof InvalidConfiguration || error instanceof StartupError || error instanceof Problem;
    process.stderr.write(`${foreseen ? error.message : String((error as Error)?.stack ?? error)}\n`);
    process.exit(1);
  }
}

async function start(config: Config): Promise<void> {
  const app = await createApp(config);
  const setupToken = await app.nest.get(SetupService).prepare();
  const address = await app.listen();
  await serveMetrics(app, config);
  stopOnSignals(app);
  greet(app, config, config.publicUrl ?? address, setupToken);
}

async function serveMetrics(app: App, config: Config): Promise<void> {
  if (config.metricsPort === 0) return;
  try {
    (await app.metrics.listen(config.metricsHost, config.metricsPort)).unref();
  } catch (error) {
    app.logger.warn(
      { err: error },
      `Metrics are off: ${config.metricsHost}:${config.metricsPort} (METRICS_PORT) is not free`,
    );
  }
}

function stopOnSignals(app: App): void {
  let stopping = false;
  const stop = (signal: NodeJS.Signals) => {
    if (stopping) return;
    stopping = true;
    app.logger.info(`${signal}: finishing what is running`);
    app.close().then(
      () => process.exit(0),
      (error: unknown) => {
        app.logger.fatal({ err: error }, 'The service could not stop cleanly');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

function greet(app: App, config: Config, address: string, setupToken: string | undefined): void {
  const lines = [`Tabletalk is ready at ${address}`, `API documentation: ${address}/docs`];
  if (setupToken !== undefined) lines.push('', ...invitation(address, setupToken, config.webPage === 'on'));
  process.stdout.write(`\n${lines.join('\n')}\n\n`);
  app.logger.info({ address }, 'ready');
}

/** How the first owner comes to be: with one click where the web page is served, and always with one request. */
function invitation(address: string, setupToken: string, hasWebPage: boolean): string[] {
  const request = [
    `  curl -X POST ${address}/api/v1/auth/setup -H 'content-type: application/json' \\`,
    `    -d '{"token":"${setupToken}","email":"you@example.com","password":"…","full_name":"Your Name"}'`,
  ];
  if (!hasWebPage) return ['No user exists yet. Create the first owner (within 24 hours):', ...request];
  return [
    'No user exists yet. Create the first owner here (within 24 hours):',
    `  ${address}/setup/#token=${setupToken}`,
    'or without a browser:',
    ...request,
  ];
}
