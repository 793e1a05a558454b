import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { all, fieldsOf, integer, text } from './protobuf.js';

type Value = string | number | boolean;
type Attributes = Readonly<Record<string, Value>>;

/** A span as a collector takes it. */
export interface ReceivedSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  /** Empty for a span that has none. */
  readonly parentId: string;
  readonly startMs: number;
  readonly durationMs: number;
  readonly attributes: Attributes;
  readonly events: readonly { readonly name: string; readonly attributes: Attributes }[];
  /** 2 is an error (OTLP). */
  readonly status: number;
  /** Of the resource that it belongs to. */
  readonly resource: Attributes;
}

/** Takes OTLP over HTTP, as a collector does. */
export interface Collector extends AsyncDisposable {
  /** For OTEL_EXPORTER_OTLP_ENDPOINT. */
  readonly url: string;
  readonly requests: readonly { readonly path: string; readonly headers: IncomingHttpHeaders }[];
  spans(): ReceivedSpan[];
  /** Everything that was sent, as it was sent. */
  sent(): string;
}

/** @param answer how it answers; success when it is left out */
export async function startCollector(
  answer: (response: ServerResponse) => void = (response) => response.end(),
): Promise<Collector> {
  const requests: { path: string; headers: IncomingHttpHeaders }[] = [];
  const bodies: Uint8Array[] = [];
  const server = createServer((request, response) => {
    void buffer(request).then((body) => {
      bodies.push(request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body);
      requests.push({ path: request.url ?? '', headers: request.headers });
      answer(response);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    spans: () => bodies.flatMap(spansIn),
    sent: () => bodies.map((body) => Buffer.from(body).toString('utf8')).join('\n'),
    [Symbol.asyncDispose]: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Numbers of fields: opentelemetry-proto, trace/v1/trace.proto and what it includes. */
function spansIn(request: Uint8Array): ReceivedSpan[] {
  return all(request, 1).flatMap((resourceSpans) => {
    const resource = attributesOf(all(resourceSpans, 1)[0] ?? new Uint8Array(), 1);
    return all(resourceSpans, 2).flatMap((scope) =>
      all(scope, 2).map((span) => spanOf(span, resource)),
    );
  });
}

function spanOf(span: Uint8Array, resource: Attributes): ReceivedSpan {
  const startMs = milliseconds(integer(span, 7));
  return {
    name: text(span, 5),
    traceId: hex(all(span, 1)[0]),
    spanId: hex(all(span, 2)[0]),
    parentId: hex(all(span, 4)[0]),
    startMs,
    durationMs: milliseconds(integer(span, 8)) - startMs,
    attributes: attributesOf(span, 9),
    events: all(span, 11).map((event) => ({
      name: text(event, 2),
      attributes: attributesOf(event, 3),
    })),
    status: Number(integer(all(span, 15)[0] ?? new Uint8Array(), 3)),
    resource,
  };
}

function attributesOf(message: Uint8Array, number: number): Attributes {
  return Object.fromEntries(
    all(message, number).map((pair) => [text(pair, 1), valueOf(all(pair, 2)[0])]),
  );
}

function valueOf(value: Uint8Array = new Uint8Array()): Value {
  const [field] = fieldsOf(value);
  if (field === undefined) {
    return '';
  }
  switch (field.number) {
    case 1:
      return new TextDecoder().decode(field.bytes);
    case 2:
      return field.integer === 1n;
    case 3:
      return Number(BigInt.asIntN(64, field.integer));
    case 4:
      return new DataView(field.bytes.buffer, field.bytes.byteOffset).getFloat64(0, true);
    default:
      return '';
  }
}

function milliseconds(nanoseconds: bigint): number {
  return Number(nanoseconds) / 1e6;
}

function hex(bytes: Uint8Array | undefined): string {
  return Buffer.from(bytes ?? []).toString('hex');
}
