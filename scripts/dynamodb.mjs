// npm run dynamodb:create-tables: makes the tables of the item store where AWS_ENDPOINT_URL_DYNAMODB says, for development.
// npm run dynamodb:access-patterns: executes every declared access to them there, and prints a line for each.
import { build, install } from './lib/prepare.mjs';

install();
build();
await import('./lib/dynamodb.mjs');
