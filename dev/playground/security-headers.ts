import type { MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';

/**
 * The page runs its own scripts and nobody else's, and talks with this server and with LiveKit alone. LiveKit's client
 * asks over HTTP why a WebSocket was refused, so both schemes of its address are allowed.
 */
export function playgroundHeaders(livekitUrl: string): MiddlewareHandler {
  const { host, protocol } = new URL(livekitUrl);
  const [socket, http] =
    protocol === 'wss:' || protocol === 'https:' ? ['wss:', 'https:'] : ['ws:', 'http:'];
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'"],
      mediaSrc: ["'self'", 'blob:'],
      connectSrc: ["'self'", `${socket}//${host}`, `${http}//${host}`],
      baseUri: ["'none'"],
      formAction: ["'none'"],
      frameAncestors: ["'none'"],
    },
    permissionsPolicy: { microphone: ['self'], camera: [], geolocation: [] },
    referrerPolicy: 'no-referrer',
    xFrameOptions: 'DENY',
    // Plain HTTP on loopback.
    strictTransportSecurity: false,
  });
}
