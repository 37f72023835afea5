import { availableParallelism } from 'node:os';

/**
 * Sources are ES modules; Jest compiles them to CommonJS with SWC. Packages that are published as ES modules only
 * are compiled the same way, hence the list: add a package here when Jest says "Unexpected token 'export'".
 */
const esmOnly = [
  '@borewit',
  '@nestjs',
  '@polyglot-sql',
  '@tokenizer',
  'chardet',
  'content-disposition',
  'cookie',
  'croner',
  'file-type',
  'jose',
  'kysely',
  'load-esm',
  'non-error',
  'pg-boss',
  'rrule-temporal',
  'serialize-error',
  'strtok3',
  'token-types',
  'uint8array-extras',
];

/** @type {import('jest').Config} */
export default {
  // Nothing else is looked through for tests: not the packages, nor what checks and builds write meanwhile.
  roots: ['<rootDir>/src', '<rootDir>/test', '<rootDir>/web/src'],
  testRegex: '/(src|test)/.*\\.(spec|e2e-spec)\\.ts$',
  testEnvironment: 'node',
  globalSetup: '<rootDir>/test/support/prepare.mjs',
  testSequencer: '<rootDir>/test/support/long-first.mjs',
  reporters: ['default', '<rootDir>/test/support/reliability-rows.mjs'],
  coverageProvider: 'babel',
  resolver: '<rootDir>/test/support/resolver.cjs',
  transform: {
    '^.+\\.[tj]s$': [
      '@swc/jest',
      {
        swcrc: false,
        sourceMaps: 'inline',
        module: { type: 'commonjs' },
        jsc: {
          target: 'es2023',
          keepClassNames: true,
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
        },
      },
    ],
    '^.+\\.mjs$': ['@swc/jest', { swcrc: false, module: { type: 'commonjs' }, jsc: { target: 'es2023' } }],
  },
  transformIgnorePatterns: [`node_modules/(?!(${esmOnly.join('|')})/)`],
  collectCoverageFrom: ['src/**/*.ts', '!src/main.ts', '!src/metadata.ts', '!src/**/*.spec.ts'],
  // For a test that hangs: the slowest takes a quarter of it on a machine that is busy with others.
  testTimeout: 240_000,
  // Much of the time is spent waiting for children, disks and leases: two processors, too, have two files at work.
  maxWorkers: Math.max(2, availableParallelism() - 1),
  // What test files leave behind is not small: in a heap of gigabytes the same test takes several times as much processor.
  workerIdleMemoryLimit: '500MB',
};
