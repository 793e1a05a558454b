import { z } from 'zod';
import type { ConfigProblem } from './config-error.js';
import { name, url, yesOrNo } from './fields.js';

/** A header's name (RFC 9110, 5.6.2), and what the standard says may stand beside it. */
const HEADER = /^\s*([\w!#$%&'*+.^`|~-]+)\s*=\s*([^,]*?)\s*$/;
/** The one that is installed, and the standard's default. */
const PROTOCOL = 'http/protobuf';

const collector = () => url(/^https?:$/, 'is not an http:// or https:// address').optional();
const headers = () =>
  z
    .string()
    .transform((text, context) => {
      const parsed = parseHeaders(text);
      if (parsed === undefined) {
        context.addIssue('is not of the form name=value,name=value');
        return z.NEVER;
      }
      return parsed;
    })
    .optional();

/** OpenTelemetry's own variables, as far as this program has a say in them. Part of `environment`. */
export const tracingVariables = {
  OTEL_EXPORTER_OTLP_ENDPOINT: collector().describe(
    'Set the address of a collector that takes OTLP over HTTP, such as http://collector:4318, or leave it empty.',
  ),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: collector().describe(
    'Set the whole address that traces are posted to, such as http://collector:4318/v1/traces, or leave it empty.',
  ),
  OTEL_EXPORTER_OTLP_HEADERS: headers().describe(
    'Set what the collector wants to see, such as authorization=Bearer%20…; percent-encode commas and spaces.',
  ),
  OTEL_EXPORTER_OTLP_TRACES_HEADERS: headers().describe(
    'Set headers for traces alone, in the same form, or leave it empty.',
  ),
  OTEL_EXPORTER_OTLP_PROTOCOL: z
    .string()
    .optional()
    .describe(`Set it to ${PROTOCOL} or leave it empty, and point to the collector’s HTTP port.`),
  OTEL_SERVICE_NAME: name().optional().describe('Set a short name without spaces.'),
  OTEL_SDK_DISABLED: yesOrNo().prefault('false').describe('Set it to true to send no traces.'),
} as const;

type TracingVariables = z.output<z.ZodObject<typeof tracingVariables>>;

/** Where the traces of calls are sent. */
export interface TracingConfig {
  /** The whole address. */
  readonly url: string;
  /** Secrets, as a rule. */
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined leaves it to OTEL_RESOURCE_ATTRIBUTES, or to the program's own name. */
  readonly serviceName: string | undefined;
}

/** Undefined sends none. */
export function tracingConfig(env: TracingVariables): TracingConfig | undefined {
  const base = env.OTEL_EXPORTER_OTLP_ENDPOINT;
  const endpoint =
    env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ??
    (base === undefined ? undefined : `${base.replace(/\/+$/, '')}/v1/traces`);
  return endpoint === undefined || env.OTEL_SDK_DISABLED
    ? undefined
    : {
        url: endpoint,
        headers: { ...env.OTEL_EXPORTER_OTLP_HEADERS, ...env.OTEL_EXPORTER_OTLP_TRACES_HEADERS },
        serviceName: env.OTEL_SERVICE_NAME,
      };
}

/** What no variable shows by itself. `given` are the variables that are not empty. */
export function tracingProblems(
  given: Readonly<Record<string, string | undefined>>,
): ConfigProblem[] {
  const { OTEL_EXPORTER_OTLP_PROTOCOL: protocol } = given;
  const isUsed =
    given['OTEL_EXPORTER_OTLP_ENDPOINT'] !== undefined ||
    given['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'] !== undefined;
  return !isUsed || protocol === undefined || protocol === PROTOCOL
    ? []
    : [
        {
          variable: 'OTEL_EXPORTER_OTLP_PROTOCOL',
          problem: `is ${protocol}, which this program does not speak`,
          remedy: tracingVariables.OTEL_EXPORTER_OTLP_PROTOCOL.description ?? '',
        },
      ];
}

function parseHeaders(text: string): Record<string, string> | undefined {
  const pairs = text.split(',').filter((pair) => pair.trim() !== '');
  const parsed = pairs.map((pair): [string, string] | undefined => {
    const [, header, value] = HEADER.exec(pair) ?? [];
    try {
      return header === undefined || value === undefined
        ? undefined
        : [header, decodeURIComponent(value)];
    } catch {
      return undefined;
    }
  });
  const whole = parsed.filter((pair) => pair !== undefined);
  return whole.length === parsed.length ? Object.fromEntries(whole) : undefined;
}
