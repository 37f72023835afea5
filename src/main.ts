import { enableCompileCache } from 'node:module';
import { loadEnvFile } from 'node:process';

// The second start need not compile the sources again. Everything else is imported after this, so that it counts.
enableCompileCache();
const { serve } = await import('./serve.js');

/** `.env` in the working folder, for people who prefer a file; the real environment wins. */
function readEnvFile(): void {
  try {
    loadEnvFile();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

readEnvFile();
await serve(process.env);
