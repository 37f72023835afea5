/**
 * How long may pass until what is promised within a second has happened, in milliseconds: the machine of a test may be slow
 * and busy with others. Whatever a test holds to it goes on for much longer, or for ever, where the promise is broken.
 */
export const soonMs = 10_000;
