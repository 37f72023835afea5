// Ends with 0 when the service in this container answers.
const port = process.env.PORT || '8000';
const { ok } = await fetch(`http://127.0.0.1:${port}/health/live`, { signal: AbortSignal.timeout(4000) });
process.exit(ok ? 0 : 1);
