// npm start: installs, builds and runs the service; does only what has not been done before.
import { build, install, node, serviceArguments } from './lib/prepare.mjs';
import { supervise } from './lib/supervise.mjs';

install();
build();
supervise(node(), serviceArguments);
