export function digest(root: string, paths: readonly string[], extras?: readonly string[]): string;
export function isStamped(file: string, expected: string): boolean;
export function stamp(file: string, value: string): void;
