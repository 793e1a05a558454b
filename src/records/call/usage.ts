type Usage = readonly Readonly<Record<string, unknown>>[];

/** Tokens of a call, all its models together, as LiveKit counts them. */
export function tokensOf(usage: Usage): { readonly in: number; readonly out: number } {
  return { in: total(usage, 'inputTokens'), out: total(usage, 'outputTokens') };
}

function total(usage: Usage, field: string): number {
  return usage.reduce((sum, record) => {
    const count = record[field];
    return sum + (typeof count === 'number' ? count : 0);
  }, 0);
}
