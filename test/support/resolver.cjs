const { join } = require('node:path');

const packages = /[\\/]node_modules[\\/]/;

/**
 * Sources name a module as it is called once it is compiled (`./x.js` for `x.ts`), and those of the web page begin at
 * their own root (`@/`). What is found is remembered, which Jest does not do for names that it has to map.
 */
module.exports = (name, options) => {
  if (packages.test(options.basedir)) return options.defaultResolver(name, options);
  if (name.startsWith('@/')) return options.defaultResolver(join(options.rootDir, 'web/src', name.slice(2)), options);
  return source(name, options) ?? options.defaultResolver(name, options);
};

function source(name, options) {
  if (!/^\.{1,2}\/.*\.js$/.test(name)) return undefined;
  try {
    return options.defaultResolver(name.replace(/\.js$/, '.ts'), options);
  } catch (error) {
    if (error.code !== 'MODULE_NOT_FOUND') throw error;
    return undefined;
  }
}
