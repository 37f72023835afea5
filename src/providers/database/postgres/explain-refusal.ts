import { StartupError } from '../../../platform/errors/startup-error.js';
import type { ConnectionSettings } from './connection-settings.js';
import { codeOf, isError } from './postgres-errors.js';

const reasons: readonly (readonly [RegExp, string])[] = [
  [/^(28P01|28000)$/, 'it refuses the user or the password. Look at DATABASE_URL, or DATABASE_IAM_AUTHENTICATION.'],
  [/^3D000$/, 'it has no such database. Create it first.'],
  [/^42501$/, 'the user may not use the database. Grant it that.'],
  [
    /CERT|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)/,
    'its certificate is not signed by an authority that is trusted here. Name the file of that authority with DATABASE_CA_FILE.',
  ],
  [/ALTNAME/, 'its certificate is for another host. Use the name in DATABASE_URL that the certificate has.'],
  [/does not support SSL/, 'it does not speak TLS. Set it up, or set DATABASE_TLS=off in a network that you trust.'],
  [/no encryption/, 'it wants TLS. Remove DATABASE_TLS=off.'],
  [/^(ENOTFOUND|EAI_AGAIN)$/, 'there is no host of that name.'],
];

/** Why the service cannot start, for whoever runs it. Holds no password. */
export function explainRefusal(error: unknown, { host, port, database, user }: ConnectionSettings): StartupError {
  const chain = causes(error);
  const facts = chain.flatMap((each) => [each.message, codeOf(each)]);
  // What the server says of encryption tells more than that it refuses the user, whose code is the same.
  const known = reasons.toReversed().find(([pattern]) => facts.some((fact) => pattern.test(fact)));
  const reason = known?.[1] ?? `${chain.at(-1)?.message ?? 'nothing is known'}.`;
  return new StartupError(`The database ${database} of ${user} on ${host}:${port} cannot be used: ${reason}`, {
    cause: error,
  });
}

function causes(error: unknown): Error[] {
  const chain: Error[] = [];
  for (let each = error; isError(each); each = each.cause) chain.push(each);
  return chain;
}
