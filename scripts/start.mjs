// npm start: installs, builds and runs the service; does only what has not been done before.
import { build, buildWeb, install, node, serviceArguments } from './lib/prepare.mjs';
import { supervise } from './lib/supervise.mjs';

install();
build();
buildWeb();
supervise(node(), serviceArguments);
