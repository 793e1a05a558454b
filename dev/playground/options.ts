import type { LiveKitAddress } from '../stack/index.js';

/** An interview that the page offers. */
export interface OfferedInterview {
  /** As the worker knows it. */
  readonly id: string;
  readonly title: string;
}

export interface PlaygroundOptions {
  /** The address is given to the browser too, so it has to be one that the browser reaches. */
  readonly livekit: Pick<LiveKitAddress, 'url' | 'apiKey' | 'apiSecret'>;
  /** The agent that calls are dispatched to. */
  readonly agentName: string;
  /** At least one; the first is offered first. */
  readonly interviews: readonly OfferedInterview[];
  /** The page says that a simulator speaks. */
  readonly simulated: boolean;
}
