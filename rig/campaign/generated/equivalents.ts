/** Mutants that no suite can kill, because a good unit may do as they do: each with the reason. */

export const EQUIVALENTS: Readonly<Record<string, string>> = {};
