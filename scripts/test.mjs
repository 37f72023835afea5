// npm test: installs and runs every test. Arguments go to Jest: npm test -- src/config
import { build, buildWeb, install, node, run } from './lib/prepare.mjs';

install();
build();
buildWeb();
run(node(), ['node_modules/jest/bin/jest.js', ...process.argv.slice(2)]);
