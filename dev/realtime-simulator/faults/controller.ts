import { z } from 'zod';
import { faultCatalogue, type FaultRequest } from './catalogue.js';
import { FaultError, type FaultHooks } from './fault.js';
import { faultScope } from './scope.js';

/** A fault that was asked for. */
export interface ActiveFault {
  readonly id: string;
  readonly request: Readonly<Record<string, unknown>>;
  /** Connections it may still come over; null when there is no end. */
  connectionsLeft: number | null;
  /** Ids of the connections it came over. */
  readonly startedOn: string[];
}

/** An open connection, as the controller needs it. */
export interface OpenConnection {
  readonly id: string;
  /** Lets a fault begin on it. */
  startFault(hooks: FaultHooks): void;
  /** Takes back all that faults did to it. */
  endFaults(): void;
}

interface Started extends ActiveFault {
  readonly hooks: FaultHooks;
}

const anyRequest = z.looseObject({ fault: z.string(), ...faultScope.shape });

/** Keeps the faults that were asked for, and brings them over connections. */
export class FaultController {
  #count = 0;
  #faults: Started[] = [];
  readonly #open: () => readonly OpenConnection[];

  constructor(open: () => readonly OpenConnection[]) {
    this.#open = open;
  }

  /**
   * Starts a fault from the catalogue.
   * @throws FaultError when it is unknown, its parameters are wrong, or no connection is open for `current`.
   */
  add(request: FaultRequest): ActiveFault {
    return this.addUnchecked(request);
  }

  /** As `add`, for what came from outside. */
  addUnchecked(request: unknown): ActiveFault {
    const { fault: name, on, connections, connection, ...params } = parsed(request);
    const hooks = prepared(name, params);
    if (on === 'current' && hooks.start === undefined) {
      throw new FaultError(`${name} concerns the handshake: use on "next" or "every".`);
    }
    const targets = this.#targets(on, connection);
    const fault: Started = {
      id: `fault_${++this.#count}`,
      request: { fault: name, on, ...params },
      connectionsLeft: { next: connections, current: 0, every: null }[on],
      startedOn: [],
      hooks,
    };
    this.#faults.push(fault);
    for (const target of targets.filter(() => hooks.start !== undefined)) {
      fault.startedOn.push(target.id);
      target.startFault(hooks);
    }
    return shown(fault);
  }

  /** Every fault asked for since the last `clear`, the spent ones too. */
  list(): ActiveFault[] {
    return this.#faults.map(shown);
  }

  /** Ends all faults: connections that were not cut by one work again. */
  clear(): void {
    this.#faults = [];
    for (const connection of this.#open()) {
      connection.endFaults();
    }
  }

  /** Called once for each handshake: the faults this connection will have. Uses up `next` ones. */
  forHandshake(connectionId: string): ConnectionFaults {
    const faults = this.#faults.filter((fault) => fault.connectionsLeft !== 0);
    for (const fault of faults) {
      fault.connectionsLeft = fault.connectionsLeft === null ? null : fault.connectionsLeft - 1;
      fault.startedOn.push(connectionId);
    }
    return {
      handshake: faults.flatMap(({ hooks }) => hooks.handshake ?? []),
      startOn: (connection) => {
        // A handshake takes time: what was cleared meanwhile must not come back.
        for (const { hooks } of faults.filter((fault) => this.#faults.includes(fault))) {
          connection.startFault(hooks);
        }
      },
    };
  }

  #targets(on: 'next' | 'current' | 'every', id: string | undefined): readonly OpenConnection[] {
    const open = this.#open();
    if (on !== 'current') {
      return on === 'every' ? open : [];
    }
    const found = id === undefined ? open.at(-1) : open.find((one) => one.id === id);
    if (found === undefined) {
      throw new FaultError(`No connection${id === undefined ? '' : ` ${id}`} is open.`);
    }
    return [found];
  }
}

/** The faults of one new connection. */
export interface ConnectionFaults {
  readonly handshake: readonly NonNullable<FaultHooks['handshake']>[];
  readonly startOn: (connection: OpenConnection) => void;
}

function shown({ id, request, connectionsLeft, startedOn }: Started): ActiveFault {
  return { id, request, connectionsLeft, startedOn: [...startedOn] };
}

function parsed(request: unknown): z.output<typeof anyRequest> {
  const result = anyRequest.safeParse(request);
  if (!result.success) {
    throw new FaultError(z.prettifyError(result.error));
  }
  return result.data;
}

function prepared(name: string, params: Record<string, unknown>): FaultHooks {
  const fault = faultCatalogue.find((one) => one.name === name);
  if (fault === undefined) {
    const names = faultCatalogue.map((one) => one.name).join(', ');
    throw new FaultError(`There is no fault "${name}". There are: ${names}.`);
  }
  return fault.prepare(params);
}
