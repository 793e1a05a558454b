const LOOPBACK_NAMES: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]', '::1']);

/** Whether a host name, without a port, means this machine alone. */
export function isLoopback(hostname: string): boolean {
  return LOOPBACK_NAMES.has(hostname.toLowerCase());
}

/**
 * Why a request is not ours to answer, or null. A request sent by somebody else's page is refused, and, on a page for
 * people at this machine only, a name that was pointed at loopback (DNS rebinding).
 */
export function whyRefused(
  { host, origin }: { readonly host: string | undefined; readonly origin: string | undefined },
  loopbackOnly = true,
): string | null {
  const address = `http://${host ?? ''}`;
  const asked = URL.canParse(address) ? new URL(address) : undefined;
  if (asked === undefined || (loopbackOnly && !isLoopback(asked.hostname))) {
    return 'The playground answers only at 127.0.0.1, localhost and [::1].';
  }
  // Hosts, not whole origins: whoever speaks TLS for us is the same page.
  if (origin !== undefined && (!URL.canParse(origin) || new URL(origin).host !== asked.host)) {
    return 'Calls are started from the playground’s own page only.';
  }
  return null;
}
