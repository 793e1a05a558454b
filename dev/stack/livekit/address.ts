/** How to reach a LiveKit server, and the key pair that opens it. */
export interface LiveKitAddress {
  /** Websocket address, e.g. `ws://127.0.0.1:7880`. */
  readonly url: string;
  readonly apiKey: string;
  readonly apiSecret: string;
}
