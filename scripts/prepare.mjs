// Installs and builds, side by side, what the tests and the other checks share; both do it, too, where it has not been done.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { build, install, node, root } from './lib/prepare.mjs';

install();
const web = spawn(node(), ['scripts/build-web.mjs'], { cwd: root, stdio: 'inherit' });
build();
const [status] = await once(web, 'close');
process.exit(status ?? 1);
