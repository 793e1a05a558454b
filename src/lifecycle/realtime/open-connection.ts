import { ConnectionError } from './connection-error.js';
import { errorOf, parseServerEvent } from './server-event.js';
import { fromServiceError } from './service-errors.js';
import { Wire, type ConnectionRequest, type OpenWire } from './wire.js';

export interface OpeningLimits {
  /** From the first packet to the answered upgrade. */
  readonly handshakeMs: number;
  /** From there to the first valid event of the service. */
  readonly firstEventMs: number;
  /** A longer frame ends the connection. */
  readonly maxFrameBytes: number;
}

/** The service's largest event is an audio delta of some 100 kB; 5 s are ten times what it takes to open. */
export const DEFAULT_OPENING: OpeningLimits = {
  handshakeMs: 5_000,
  firstEventMs: 5_000,
  maxFrameBytes: 4 * 1024 * 1024,
};

/** For the answer to our goodbye when nobody wants the connection any more. */
const GOODBYE_MS = 300;
const FIRST_EVENT = 'the first event';

/** As `openConnection`; leaves no socket behind when it fails. */
export type Open = (...given: Parameters<typeof openConnection>) => Promise<OpenWire>;

/**
 * One attempt to connect: the handshake and the first valid event. (A service that accepts and then closes has not
 * been connected to; realtime-faults facts, K4.) Leaves no socket behind when it fails.
 *
 * @param leftMs what is left of the time for the whole outage
 * @param signal aborted when nobody wants the connection any more
 * @throws {ConnectionError}
 */
export async function openConnection(
  request: ConnectionRequest,
  limits: OpeningLimits,
  leftMs: number,
  signal: AbortSignal,
): Promise<Wire> {
  const wire = begin(request, limits.maxFrameBytes);
  const endMs = Date.now() + leftMs;
  let timer: NodeJS.Timeout | undefined;
  let abandon: (() => void) | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      const allow = (ms: number, what: string): void => {
        clearTimeout(timer);
        const allowedMs = Math.max(0, Math.min(ms, endMs - Date.now()));
        timer = setTimeout(() => reject(tooLate(what, allowedMs)), allowedMs);
      };
      abandon = () => reject(abandoned());
      signal.addEventListener('abort', abandon);
      allow(limits.handshakeMs, 'the handshake');
      wire.listen({
        opened: () => allow(limits.firstEventMs, FIRST_EVENT),
        ended: reject,
        frame: (text) => {
          const event = text === undefined ? undefined : parseServerEvent(text);
          if (text === undefined || event === undefined) {
            return; // Garbage is not yet a reason to leave: the time for the first event runs on.
          }
          if (event.type === 'error') {
            reject(fromServiceError(errorOf(event) ?? {}, 'the service began with an error'));
            return;
          }
          wire.listen(undefined);
          wire.keep(text);
          resolve();
        },
      });
      if (signal.aborted) {
        abandon();
      }
    });
    signal.throwIfAborted();
    return wire;
  } catch (error) {
    await (signal.aborted ? wire.close(GOODBYE_MS) : wire.cut());
    throw error;
  } finally {
    clearTimeout(timer);
    if (abandon) {
      signal.removeEventListener('abort', abandon);
    }
  }
}

/**
 * What to connect to.
 *
 * @throws {ConnectionError} for an address that is none: no other try would find it.
 */
export function requested(request: () => ConnectionRequest): ConnectionRequest {
  return orFatal(request);
}

function begin(request: ConnectionRequest, maxFrameBytes: number): Wire {
  return orFatal(() => new Wire(request, maxFrameBytes));
}

/** An address or a header that no request can be made of. */
function orFatal<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new ConnectionError(message, { category: 'protocol', fatal: true });
  }
}

function tooLate(what: string, ms: number): ConnectionError {
  const category = what === FIRST_EVENT ? 'idle' : 'connectivity';
  return new ConnectionError(`${what} took longer than ${ms} ms`, { category });
}

function abandoned(): ConnectionError {
  return new ConnectionError('nobody wants the connection any more', { category: 'connectivity' });
}
