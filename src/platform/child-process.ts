import { fileURLToPath } from 'node:url';

/**
 * Absolute path of a child process's entry point, given relative to the module that starts it. Children run compiled
 * code: when the caller itself runs from `src/` (under Jest), the compiled twin in `dist/` is meant.
 */
export function entryPoint(moduleUrl: string, relativePath: string): string {
  const path = fileURLToPath(new URL(relativePath, moduleUrl));
  return moduleUrl.endsWith('.ts') ? path.replace(/([\\/])src([\\/](?!.*[\\/]src[\\/]))/, '$1dist$2') : path;
}
