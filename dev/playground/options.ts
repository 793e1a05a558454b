import type { LiveKitAddress } from '../stack/index.js';
import type { SimulatorControl } from '../realtime-simulator/control-client.js';
import type { OfferedCandidate, OfferedInterview } from './offered.js';

/** Ten tries a minute do not find a code that is this long. */
export const ACCESS_CODE_MIN = 8;

/** What a caller may take along of their own call, once its record is complete. */
export interface OfferedRecords {
  /** The worker's DATA_DIR. */
  readonly dataDir: string;
  readonly transcript: boolean;
  readonly report: boolean;
}

/** What the developer's panel is given. Whoever can open the page gets all of it. */
export interface DeveloperOptions {
  /** The worker's DATA_DIR: past calls are shown. */
  readonly dataDir: string;
  /** The simulator, when one speaks: it can be broken, and its sockets are shown. */
  readonly control?: Pick<SimulatorControl, 'addFault' | 'clearFaults' | 'connections'> | undefined;
}

export interface PlaygroundOptions {
  /** As this server reaches it. */
  readonly livekit: Pick<LiveKitAddress, 'url' | 'apiKey' | 'apiSecret'>;
  /** The same server's address as browsers reach it. Default: that one. */
  readonly publicUrl?: string;
  /** The agent that calls are dispatched to. */
  readonly agentName: string;
  /** At least one; the first is offered first. */
  readonly interviews: readonly OfferedInterview[];
  /** Whom a caller may say they are. Default: nobody; the agent knows nothing of the caller. */
  readonly candidates?: readonly OfferedCandidate[];
  /** The page says that a simulator speaks. */
  readonly simulated: boolean;
  /** What has to be entered before anything else is answered. A must on anything but loopback. */
  readonly accessCode?: string | undefined;
  /** One proxy stands before this server, and appends the client's address to `X-Forwarded-For`. */
  readonly behindProxy?: boolean;
  readonly records?: OfferedRecords;
  /** With it, tokens carry the grant for the agent's reports on itself. */
  readonly developer?: DeveloperOptions;
}

/** The address that browsers are told. */
export function browserUrl({ livekit, publicUrl }: PlaygroundOptions): string {
  return publicUrl ?? livekit.url;
}
