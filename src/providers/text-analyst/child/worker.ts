import { text } from 'node:stream/consumers';
import { UnreadableInterview } from '../text-analyst.js';
import { type TaskName, tasks } from './tasks.js';

/** One task comes as JSON on the standard input, one answer goes out as JSON; then the process ends. */
const { task, input } = JSON.parse(await text(process.stdin)) as { task: TaskName; input: never };
const answer = await tasks[task](input).then(
  (output: unknown) => ({ output }),
  (error: unknown) => {
    if (error instanceof UnreadableInterview) return { unreadable: error.message };
    throw error;
  },
);
process.stdout.write(JSON.stringify(answer));
