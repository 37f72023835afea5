// Installs and builds what the tests and the other checks share; both do it, too, where it has not been done.
import { build, buildWeb, install } from './lib/prepare.mjs';

install();
build();
buildWeb();
