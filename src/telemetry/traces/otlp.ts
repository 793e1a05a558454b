import type { Tracer } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
} from '@opentelemetry/resources';
import {
  BasicTracerProvider,
  BatchSpanProcessor,
  type SpanExporter,
} from '@opentelemetry/sdk-trace-base';
import type { TracingConfig } from '../../config/tracing.js';
import { PROGRAM } from '../../version.js';

/** A long call has more than the SDK's 128, and the first ones would be dropped. */
const EVENTS_MAX = 1_000;

/** Makes spans, and sends them in the background. */
export interface TraceSender {
  readonly tracer: Tracer;
  /** Settles when everything was sent, or could not be. Never rejects. */
  flush(): Promise<void>;
}

/**
 * Spans of our own, sent with OpenTelemetry's exporter. The provider is nobody else's: it is not made the process's, so the
 * framework's own spans, which carry instructions and what was said, are not made at all.
 *
 * @param failed told of everything that could not be sent
 */
export function otlpSender(
  { url, headers, serviceName }: TracingConfig,
  failed: (error: Error) => void,
): TraceSender {
  const ours = { 'service.name': PROGRAM.name, 'service.version': PROGRAM.version };
  const resource = defaultResource()
    .merge(resourceFromAttributes(ours))
    .merge(detectResources({ detectors: [envDetector] }))
    .merge(
      resourceFromAttributes(serviceName === undefined ? {} : { 'service.name': serviceName }),
    );
  const exporter = telling(new OTLPTraceExporter({ url, headers: { ...headers } }), failed);
  const provider = new BasicTracerProvider({
    resource,
    spanLimits: { eventCountLimit: EVENTS_MAX },
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
  return {
    tracer: provider.getTracer(PROGRAM.name, PROGRAM.version),
    // What failed was told.
    flush: () => provider.forceFlush().catch(() => undefined),
  };
}

/** The SDK keeps failures to itself. */
function telling(exporter: SpanExporter, failed: (error: Error) => void): SpanExporter {
  return {
    export(spans, done) {
      exporter.export(spans, (result) => {
        if (result.error !== undefined) {
          failed(result.error);
        }
        done(result);
      });
    },
    shutdown: () => exporter.shutdown(),
  };
}
