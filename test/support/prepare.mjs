import { buildWeb } from '../../scripts/lib/prepare.mjs';
import buildWorkers from './build-workers.mjs';

/** What tests run besides the sources: compiled workers, and the exported web page when its tests may be among them. */
export default function prepare({ testPathPatterns: { patterns } }) {
  buildWorkers();
  if (patterns.length === 0 || patterns.some((pattern) => pattern.includes('web'))) buildWeb();
}
