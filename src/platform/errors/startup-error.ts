/** The service cannot start, and the message tells the operator why and what to do. */
export class StartupError extends Error {}
