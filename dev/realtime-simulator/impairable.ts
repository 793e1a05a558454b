import type { ReplyTrouble, Undo } from './faults/fault.js';
import { Impairment } from './impairment.js';

/** The part of a connection that faults impair. */
export class Impairable {
  protected readonly impairment = new Impairment();

  mute(): Undo {
    return this.impairment.silence();
  }

  holdOutput(): Undo {
    return this.impairment.hold();
  }

  withhold(types: readonly string[]): Undo {
    return this.impairment.block('out', types);
  }

  overlook(types: readonly string[], times?: number): Undo {
    return this.impairment.block('in', types, times);
  }

  alter(types: readonly string[], change: (event: object) => readonly object[]): Undo {
    return this.impairment.alter(types, change);
  }

  troubleReplies(trouble: ReplyTrouble, times: number | undefined): Undo {
    return this.impairment.troubleReplies(trouble, times);
  }

  /** The trouble the next reply has; uses it up. */
  takeReplyTrouble(): ReplyTrouble | undefined {
    return this.impairment.takeReplyTrouble();
  }
}
