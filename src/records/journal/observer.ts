import type {
  CallObserver,
  CallOutcome,
  CallState,
  LiveCall,
  TroubleEvent,
} from '../../lifecycle/index.js';
import type { NewEntry } from './entry.js';
import type { Journal } from './journal.js';
import { toolEntries, utteranceEntry } from './session-events.js';

const KILOBYTES_IN_MB = 1024;

/** What an application's data needs to have for its calls to be written down. */
export interface HasJournal {
  readonly journal: Journal;
}

/** Writes everything that happens in a call into the journal that the call's data carries. */
export function journalObserver(call: LiveCall<HasJournal>): CallObserver {
  const { journal } = call.data;
  /** When the caller last began to speak, or wrote: the text of it comes later, and without a time. */
  let callerSpokeAtMs: number | undefined;

  return {
    name: 'journal',
    attach() {
      call.on('user_state_changed', ({ newState, createdAt }) => {
        callerSpokeAtMs = newState === 'speaking' ? createdAt : callerSpokeAtMs;
        journal.append({ type: 'user-state', state: newState });
      });
      call.on('agent_state_changed', ({ newState }) => {
        journal.append({ type: 'agent-state', state: newState });
      });
      call.on('conversation_item_added', ({ item }) => {
        const entry = utteranceEntry(item, callerSpokeAtMs);
        if (entry !== undefined) {
          journal.append(entry);
        }
      });
      call.on('function_tools_executed', (event) => {
        toolEntries(event).forEach((entry) => journal.append(entry));
      });
    },
    onState(state) {
      journal.append(stateEntry(state));
    },
    onError(error, recoverable) {
      const { code, fault, message, remedy, category } = error;
      const cause = error.toJSON()['cause'];
      journal.append({
        type: 'error',
        code,
        fault,
        message,
        remedy,
        ...(category === undefined ? {} : { category }),
        ...(cause === undefined ? {} : { cause }),
        recoverable,
      });
    },
    onEvent(event) {
      if (event.type === 'caller-typed') {
        callerSpokeAtMs = Date.now();
      }
      journal.append(event);
    },
    onTrouble(event) {
      journal.append(troubleEntry(event));
    },
    async flush(outcome) {
      journal.append(outcomeEntry(outcome));
      await journal.close();
    },
  };
}

function stateEntry(state: CallState): NewEntry {
  switch (state.name) {
    case 'recovering':
      return { type: 'state', state: state.name, detail: state.cause };
    case 'wrapping-up':
      return { type: 'state', state: state.name, detail: state.reason };
    case 'closing':
    case 'closed':
      return { type: 'state', state: state.name, detail: state.outcome.reason };
    case 'starting':
    case 'waiting':
    case 'greeting':
    case 'talking':
      return { type: 'state', state: state.name };
  }
}

function troubleEntry(event: TroubleEvent): NewEntry {
  if (!('cause' in event)) {
    return event;
  }
  const { code, message, category } = event.cause;
  return { ...event, cause: { code, message, ...(category === undefined ? {} : { category }) } };
}

function outcomeEntry({ error, usage, ...outcome }: CallOutcome): NewEntry {
  return {
    type: 'outcome',
    ...outcome,
    ...(error === undefined ? {} : { error: error.toJSON() }),
    usage: usage.map((model) => ({ ...model })),
    peakMemoryMb: Math.round(process.resourceUsage().maxRSS / KILOBYTES_IN_MB),
  };
}
