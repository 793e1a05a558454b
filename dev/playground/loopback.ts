const LOOPBACK_NAMES: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]', '::1']);

/** Whether a host name, without a port, means this machine alone. */
export function isLoopback(hostname: string): boolean {
  return LOOPBACK_NAMES.has(hostname.toLowerCase());
}

/**
 * Why a request is not ours to answer, or null. The page is for people at this machine: a name that was pointed at
 * loopback (DNS rebinding) and a request sent by somebody else's page are refused.
 */
export function whyRefused(host: string | undefined, origin: string | undefined): string | null {
  const address = `http://${host ?? ''}`;
  const asked = URL.canParse(address) ? new URL(address) : undefined;
  if (asked === undefined || !isLoopback(asked.hostname)) {
    return 'The playground answers only at 127.0.0.1, localhost and [::1].';
  }
  if (origin !== undefined && origin !== asked.origin) {
    return 'Calls are started from the playground’s own page only.';
  }
  return null;
}
