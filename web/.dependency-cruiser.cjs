/** Which files of the web page may import which. */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Files that import each other cannot be understood or changed one at a time.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'features-stand-alone',
      comment: 'What two features need belongs into components or lib.',
      severity: 'error',
      from: { path: '^web/src/features/([^/]+)/' },
      to: { path: '^web/src/features/', pathNot: '^web/src/features/$1/' },
    },
    {
      name: 'components-know-no-feature',
      comment:
        'The shell alone asks for a password when a session ends, and shows files on their way, over every page.',
      severity: 'error',
      from: { path: '^web/src/components/' },
      to: {
        path: '^web/src/features/',
        pathNot: '^web/src/features/(account/sign-in-form|files/transfers/transfer-tray)\\.tsx$',
      },
    },
    {
      name: 'lib-knows-no-component',
      severity: 'error',
      from: { path: '^web/src/lib/' },
      to: { path: '^web/src/(app|components|features)/' },
    },
    {
      name: 'pages-are-imported-by-nobody',
      severity: 'error',
      from: { pathNot: '^web/src/app/' },
      to: { path: '^web/src/app/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'web/tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      conditionNames: ['import', 'browser', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.css'],
    },
  },
};
