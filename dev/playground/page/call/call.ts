import {
  ConnectionState,
  Room,
  RoomEvent,
  type LocalAudioTrack,
  type RemoteParticipant,
} from 'livekit-client';
import { server, type NewCall } from '../server.js';
import { howItEnded, pause } from './how-it-ended.js';
import { untilSeen } from './seen.js';
import type { CallView, EndedHow } from './view.js';
import { Transcript, type Line } from './transcript.js';

/** A worker without a warm process needs one to three seconds. */
const AGENT_EXPECTED_MS = 5000;
/** While the caller's own connection is built anew, everybody seems to leave for a moment. */
const SETTLE_MS = 800;
/** The agent is told that somebody is writing, so often at most. */
const TYPING_EVERY_MS = 3000;
/** The agent is told that somebody hangs up, for so long at most; and then it is on its way. */
const TOLD_WITHIN_MS = 500;
const ON_ITS_WAY_MS = 150;

/** One call: joins its room, sends the microphone, and keeps what happens. Shows nothing itself. */
export class Call {
  readonly room = new Room({ disconnectOnPageLeave: true });
  readonly #joining: NewCall;
  readonly #microphone: LocalAudioTrack | undefined;
  readonly #transcript: Transcript;
  readonly #listeners = new Set<() => void>();
  readonly #timers = new Set<number>();
  #view: CallView;
  #typedAtMs = -TYPING_EVERY_MS;

  /**
   * @param joining what the server answered
   * @param microphone already open; none for a caller who writes
   * @param lines said before the page was loaded anew
   */
  constructor(joining: NewCall, microphone?: LocalAudioTrack, lines: readonly Line[] = []) {
    this.#joining = joining;
    this.#microphone = microphone;
    this.#transcript = new Transcript(() => this.#show({ lines: this.#transcript.lines }), lines);
    this.#view = {
      phase: 'connecting',
      agentIsLate: false,
      reconnecting: false,
      attributes: {},
      lines: this.#transcript.lines,
      ended: null,
    };
  }

  /** Proves to the server whose call this is. */
  get pass(): string {
    return this.#joining.pass;
  }

  get hasMicrophone(): boolean {
    return this.#microphone !== undefined;
  }

  get view(): CallView {
    return this.#view;
  }

  /** @returns how to stop listening */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Joins the room. Never rejects: a call that cannot be joined has ended. */
  async join(): Promise<void> {
    const { room } = this;
    const look = (): void => this.#lookForAgent();
    room
      .on(RoomEvent.ParticipantConnected, look)
      .on(RoomEvent.ParticipantAttributesChanged, look)
      .on(RoomEvent.ParticipantDisconnected, () =>
        this.#after(SETTLE_MS, () => this.#seeWhoIsLeft()),
      )
      .on(RoomEvent.Reconnecting, () => this.#show({ reconnecting: true }))
      .on(RoomEvent.SignalReconnecting, () => this.#show({ reconnecting: true }))
      .on(RoomEvent.Reconnected, () => {
        this.#show({ reconnecting: false });
        this.#lookForAgent();
      })
      .on(RoomEvent.Disconnected, (reason) => {
        const ended = howItEnded(reason);
        if (ended !== undefined) {
          this.#end(ended);
        }
      });
    this.#transcript.listen(room);
    try {
      await room.connect(this.#joining.url, this.#joining.token);
      this.#show({ phase: 'waiting' });
      this.#expectAgent();
      this.#lookForAgent();
      if (this.#microphone !== undefined) {
        await room.localParticipant.publishTrack(this.#microphone);
      }
    } catch {
      this.#end('not-joined');
    }
  }

  /** Says something in writing. */
  async write(text: string): Promise<void> {
    await untilSeen(this.room.localParticipant.sid, () => this.#agent());
    await this.room.localParticipant.sendText(text, { topic: 'lk.chat' });
    this.#transcript.add(text);
  }

  /** Says that an answer is being written: the agent asks nobody whether they are still there who is. */
  types(): void {
    const nowMs = performance.now();
    if (nowMs - this.#typedAtMs >= TYPING_EVERY_MS) {
      this.#typedAtMs = nowMs;
      void this.#tell('call.typing');
    }
  }

  /** Has the agent sent once more. */
  async sendAgentAgain(): Promise<void> {
    this.#show({ agentIsLate: false });
    try {
      await server.sendAgent(this.pass);
    } finally {
      this.#expectAgent();
    }
  }

  /** Hangs up. A second time is the same as once. */
  async leave(): Promise<void> {
    // Without it the agent waits for us to come back. It waits, too, when this does not get through.
    await Promise.race([this.#tell('call.leave'), pause(TOLD_WITHIN_MS)]);
    await pause(ON_ITS_WAY_MS);
    this.#end('left');
  }

  /** Tells the agent what a topic means. Never rejects. */
  async #tell(topic: 'call.leave' | 'call.typing'): Promise<void> {
    const { localParticipant } = this.room;
    await localParticipant
      .publishData(new Uint8Array([1]), { reliable: true, topic })
      .catch(() => undefined);
  }

  #expectAgent(): void {
    this.#after(AGENT_EXPECTED_MS, () => {
      this.#show({ agentIsLate: this.#agent() === undefined });
    });
  }

  #agent(): RemoteParticipant | undefined {
    return [...this.room.remoteParticipants.values()].find(({ isAgent }) => isAgent);
  }

  #lookForAgent(): void {
    const agent = this.#agent();
    if (agent !== undefined) {
      const attributes = { ...agent.attributes };
      this.#show({ phase: 'talking', agentIsLate: false, attributes });
    }
  }

  #seeWhoIsLeft(): void {
    if (
      this.room.state === ConnectionState.Connected &&
      this.#view.phase === 'talking' &&
      this.#agent() === undefined
    ) {
      this.#end('agent-left');
    }
  }

  #after(delayMs: number, act: () => void): void {
    const timer = window.setTimeout(() => {
      this.#timers.delete(timer);
      act();
    }, delayMs);
    this.#timers.add(timer);
  }

  #show(change: Partial<CallView>): void {
    if (this.#view.phase !== 'ended') {
      this.#view = { ...this.#view, ...change };
      this.#listeners.forEach((listener) => listener());
    }
  }

  #end(ended: EndedHow): void {
    this.#timers.forEach((timer) => window.clearTimeout(timer));
    this.#microphone?.stop();
    this.#show({ phase: 'ended', ended, reconnecting: false });
    void this.room.disconnect();
  }
}
