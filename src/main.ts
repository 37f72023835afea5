import { enableCompileCache } from 'node:module';
import { loadEnvFile } from 'node:process';

// The second start need not compile the sources again. Everything else is imported after this, so that it counts.
enableCompileCache();

/** `.env` in the working folder, for people who prefer a file; the real environment wins. */
function readEnvFile(): void {
  try {
    loadEnvFile();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

readEnvFile();
if (process.argv[2] === 'migrate') {
  const { migrate } = await import('./migrate.js');
  await migrate(process.env);
} else if (process.argv[2] === 'reseal-secrets') {
  const { resealSecrets } = await import('./reseal-secrets.js');
  await resealSecrets(process.env);
} else {
  const { serve } = await import('./serve.js');
  await serve(process.env);
}
