/** Every task by name, each loaded by a worker only when it first has to do it. */
export const registry = {
  check: () => import('./tasks/check.task.js'),
  'dry-run': () => import('./tasks/dry-run.task.js'),
  query: () => import('./tasks/query.task.js'),
  page: () => import('./tasks/page.task.js'),
  export: () => import('./tasks/export.task.js'),
  estimate: () => import('./tasks/estimate.task.js'),
  convert: () => import('./tasks/convert.task.js'),
  profile: () => import('./tasks/profile.task.js'),
  schema: () => import('./tasks/schema.task.js'),
} as const;

type Registry = typeof registry;
type TaskOf<Name extends TaskName> = Awaited<ReturnType<Registry[Name]>>['task'];

export type TaskName = keyof Registry;
export type TaskInput<Name extends TaskName> = Parameters<TaskOf<Name>>[0];
export type TaskOutput<Name extends TaskName> = Awaited<ReturnType<TaskOf<Name>>>;
