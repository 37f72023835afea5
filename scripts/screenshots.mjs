// npm run screenshots: opens every page of the web page with example data, light and dark, wide and narrow, and writes
// pictures to screenshots/. Fails as the tests do: accessibility, console, policy, requests to elsewhere.
import { join } from 'node:path';
import { build, buildWeb, install, node, root, run } from './lib/prepare.mjs';

install();
build();
buildWeb();
run(node(), ['node_modules/jest/bin/jest.js', 'test/web/every-page'], {
  env: { ...process.env, BROWSER_TESTS: 'required', SCREENSHOTS: join(root, 'screenshots') },
});
