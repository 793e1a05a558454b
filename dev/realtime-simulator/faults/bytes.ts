import { z } from 'zod';
import { defineFault, type HandshakeTrouble } from './fault.js';
import { closeFrame, frame } from './frame-bytes.js';

type RawAnswer = Omit<Extract<HandshakeTrouble, { kind: 'raw' }>, 'kind'>;

const headers = 'Content-Type: application/json\r\n';
const switching =
  'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n';

/** Answers to an upgrade request that no service gives, but a broken proxy does. */
const answers = {
  garbage: { parts: ['\u0016\u0003\u0001 this is not HTTP\r\n\r\n'], then: 'end' },
  truncated: { parts: ['HTTP/1.1 101 Switching Proto'], then: 'end' },
  'no-upgrade': { parts: ['HTTP/1.1 101 Switching Protocols\r\n\r\n'], then: 'hang' },
  'wrong-accept': { parts: [`${switching}Sec-WebSocket-Accept: bm8=\r\n\r\n`], then: 'hang' },
  ok: { parts: [`HTTP/1.1 200 OK\r\n${headers}Content-Length: 2\r\n\r\n{}`], then: 'end' },
  redirect: { parts: ['HTTP/1.1 302 Found\r\nLocation: /v1/realtime\r\n\r\n'], then: 'end' },
  'huge-headers': { parts: [`${switching}X-Padding: ${'x'.repeat(100_000)}\r\n\r\n`], then: 'end' },
  'endless-headers': {
    parts: ['HTTP/1.1 101 Switching Protocols\r\n', 'X-More: more\r\n'],
    then: 'repeat',
  },
  'endless-body': {
    parts: [`HTTP/1.1 500 Internal Server Error\r\n${headers}Content-Length: 99999\r\n\r\n`, ' '],
    then: 'repeat',
  },
  'endless-continue': { parts: ['HTTP/1.1 100 Continue\r\n\r\n'], then: 'repeat' },
} as const satisfies Readonly<Record<string, RawAnswer>>;

const text = (value: string): Buffer => frame(0x81, Buffer.from(value));
const event = '{"type":"simulator.fragmented","event_id":"event_fragmented"}';

/** Frames that break RFC 6455, or that few peers ever send. */
const frames = {
  masked: () => frame(0x81, Buffer.from(event), { masked: true }),
  'reserved-opcode': () => frame(0x83, Buffer.from(event)),
  'reserved-bits': () => frame(0xf1, Buffer.from(event)),
  'bad-utf8': () => frame(0x81, Buffer.from([0x7b, 0xff, 0xfe, 0x7d])),
  'bad-close': () => frame(0x88, Buffer.from([0x03])),
  'long-ping': () => frame(0x89, Buffer.alloc(200)),
  /** Well-formed: one event in three frames, with a ping in between. */
  fragmented: () =>
    Buffer.concat([
      frame(0x01, Buffer.from(event.slice(0, 9))),
      frame(0x89, Buffer.alloc(0)),
      frame(0x00, Buffer.from(event.slice(9, 20))),
      frame(0x80, Buffer.from(event.slice(20))),
    ]),
  /** The next frame comes where the rest of this message is due. */
  'unfinished-message': () => frame(0x01, Buffer.from(event)),
  'stray-continuation': () => frame(0x80, Buffer.from(event)),
  /** Whatever is sent after it becomes its payload. */
  'half-frame': () => text(event.repeat(100)).subarray(0, 50),
  'lying-length': () => Buffer.from([0x81, 0x7f, 0x3f, 0, 0, 0, 0, 0, 0, 0]),
  'ping-flood': () =>
    Buffer.concat(Array.from({ length: 5_000 }, () => frame(0x89, Buffer.alloc(8)))),
  'event-flood': () => Buffer.concat(Array.from({ length: 5_000 }, () => text(event))),
  'events-after-close': () => Buffer.concat([closeFrame(1000, ''), text(event), text(event)]),
} as const satisfies Readonly<Record<string, () => Buffer>>;

/** What is wrong is below the protocol: HTTP or WebSocket itself. */
export const byteFaults = [
  defineFault({
    name: 'broken-upgrade',
    about: 'Answers the upgrade with bytes that are no proper answer.',
    params: { answer: z.enum(keysOf(answers)), everyMs: z.int().min(1).default(20) },
    hooks: ({ answer, everyMs }) => ({ handshake: { kind: 'raw', ...answers[answer], everyMs } }),
  }),
  defineFault({
    name: 'broken-frame',
    about: 'Sends bytes that break the rules of WebSocket, or strain them; and cuts, if asked to.',
    params: {
      frame: z.enum(keysOf(frames)),
      afterMs: z.int().min(0).default(0),
      thenReset: z.boolean().default(false),
    },
    hooks: ({ frame: name, afterMs, thenReset }) => ({
      start: (target) =>
        target.later(afterMs, () => {
          target.sendBytes(frames[name]());
          if (thenReset) {
            target.reset();
          }
        }),
    }),
  }),
] as const;

function keysOf<Name extends string>(table: Readonly<Record<Name, unknown>>): [Name, ...Name[]] {
  // An object's keys have no type of their own, and zod wants to know that there is at least one.
  // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion
  return Object.keys(table) as [Name, ...Name[]];
}
