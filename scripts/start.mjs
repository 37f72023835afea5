// npm start: installs, builds and runs the service; does only what has not been done before.
import { build, install, node } from './lib/prepare.mjs';
import { supervise } from './lib/supervise.mjs';

install();
build();
supervise(node(), ['--enable-source-maps', 'dist/main.js', ...process.argv.slice(2)]);
