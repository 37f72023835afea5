// npm run build:web: exports the web page into web/out unless nothing has changed since the last time.
import { buildWeb } from './lib/prepare.mjs';

buildWeb();
