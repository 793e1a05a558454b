export const OLDEST_NODE: { readonly major: number; readonly minor: number };
export function nodeProblem(version: string): string | null;
