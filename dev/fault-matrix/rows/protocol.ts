import type { FaultRequest } from '../../realtime-simulator/faults/catalogue.js';
import type { Promised, Row } from '../row.js';
import { atModel, family, reconnects, unharmed } from './shared.js';

const audio = 'response.output_audio.delta';

/** The frame or event comes, and then the caller asks: it must be as if nothing had been. */
function odd(id: string, fault: string, request: FaultRequest, promised: Promised = unharmed) {
  return {
    id: `protocol-${id}`,
    fault,
    when: 'idle',
    inject: [atModel(request)],
    course: { kind: 'asks', times: 1 },
    promised,
  } as const;
}

/** What comes over the connection is not what the protocol says. */
export const protocol: readonly Row[] = family('protocol', [
  {
    ...odd('malformed', 'A frame that is not JSON', { fault: 'malformed-frame', on: 'current' }),
    quick: true,
  },
  odd('not-an-object', 'A frame that is JSON, but no object', {
    fault: 'malformed-frame',
    on: 'current',
    text: '[1, null, "x"]',
  }),
  odd('no-type', 'An event without a type', {
    fault: 'malformed-frame',
    on: 'current',
    text: '{"event_id":"event_x"}',
  }),
  {
    id: 'protocol-malformed-mid-reply',
    fault: 'Garbage in the middle of a reply',
    when: 'agent-speaks',
    inject: [atModel({ fault: 'malformed-frame', on: 'current' })],
    course: { kind: 'asks', times: 1 },
    promised: unharmed,
  },
  odd(
    'malformed-storm',
    'Fifty frames that are not JSON',
    { fault: 'malformed-frame', on: 'current', times: 50, everyMs: 20 },
    { ...reconnects, connections: { least: 1, most: 2 } },
  ),
  odd('binary', 'A binary frame', { fault: 'binary-frame', on: 'current' }),
  {
    ...odd(
      'huge-frame',
      'A frame of 64 MB',
      { fault: 'oversized-frame', on: 'current', bytes: 64_000_000 },
      { ...reconnects, connections: { least: 1, most: 2 } },
    ),
  },
  odd('big-frame', 'A frame of 3 MB', {
    fault: 'oversized-frame',
    on: 'current',
    bytes: 3_000_000,
  }),
  odd('unknown-event', 'An event of a type nobody knows', {
    fault: 'unknown-event',
    on: 'current',
  }),
  odd('missing-response', 'response.created without its response', {
    fault: 'malformed-frame',
    on: 'current',
    text: '{"type":"response.created","event_id":"event_x"}',
  }),
  odd('missing-item', 'conversation.item.added without its item', {
    fault: 'malformed-frame',
    on: 'current',
    text: '{"type":"conversation.item.added","event_id":"event_x"}',
  }),
  odd('missing-delta', 'Audio events without their audio', {
    fault: 'missing-field',
    on: 'current',
    types: ['response.content_part.added'],
    field: 'part',
  }),
  odd('odd-audio', 'Audio that is cut in the middle of samples', {
    fault: 'odd-audio',
    on: 'current',
  }),
  odd('unknown-ids', 'Audio of a reply and an item that nobody knows', {
    fault: 'malformed-frame',
    on: 'current',
    text: `{"type":"${audio}","event_id":"event_x","response_id":"resp_nobody","item_id":"item_nobody","output_index":0,"content_index":0,"delta":"AAAA"}`,
  }),
  odd('duplicate-items', 'Events about items, each twice', {
    fault: 'duplicate-events',
    on: 'current',
    types: ['conversation.item.added', 'conversation.item.done', 'response.output_item.added'],
  }),
  odd('duplicate-replies', 'The events that begin and end a reply, each twice', {
    fault: 'duplicate-events',
    on: 'current',
    types: ['response.created', 'response.done'],
  }),
]);
