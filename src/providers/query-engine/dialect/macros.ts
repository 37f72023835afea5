/** Statements that teach a fresh engine instance the functions of Athena's dialect: run each once, before the instance is locked. */
export const PRELUDE: readonly string[] = ['SET integer_division = true', "SET TimeZone = 'UTC'"];
