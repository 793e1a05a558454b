import { getJobContext } from '@livekit/agents';
import type { Config } from '../../config/schema.js';
import type { TracingConfig } from '../../config/tracing.js';
import type { CallObserver, LiveCall } from '../../lifecycle/index.js';
import { pause } from '../../lifecycle/pause.js';
import type { Journal } from '../../records/journal/index.js';
import { logEarly } from '../logger.js';
import { countedEntry } from '../metrics/message.js';
import { redactor } from '../redact.js';
import type { CallTrace, TracedCall } from './call-trace.js';
import { exportFailure } from './failure.js';
import type { TraceSender } from './otlp.js';

/** A collector that is away must not keep the place of a call that is over. What is not sent by then is lost. */
const FLUSH_MS = 3_000;

interface Traced {
  readonly journal: Pick<Journal, 'follow'>;
  readonly plan: { readonly id: string; readonly language: string };
}

interface Opened {
  readonly sender: TraceSender;
  begin(call: TracedCall, startMs: number): CallTrace;
}

/** Sends a trace of each call to a collector. Nothing of it reaches the call: what cannot be sent is dropped, and said once. */
export function traceObserver(config: Config, tracing: TracingConfig) {
  let hasFailed = false;
  const failed = (error: unknown): void => {
    if (!hasFailed) {
      hasFailed = true;
      logEarly(exportFailure(error), 'traces cannot be sent; calls go on without them');
    }
  };
  const opened = open(config, tracing, failed).catch((error: unknown) => {
    failed(error);
    return undefined;
  });

  /** @param room by default, that of this job */
  return (
    { callId, data }: Pick<LiveCall<Traced>, 'callId' | 'data'>,
    room: string = getJobContext(false)?.job.room?.name ?? '',
  ): CallObserver => {
    let trace: CallTrace | undefined;
    let stop: () => void = () => undefined;
    /** In the order in which it is told, also while the sender is still being loaded. */
    const tell = (what: (to: Opened) => void): Promise<void> =>
      opened.then((to) => (to === undefined ? undefined : what(to))).catch(failed);

    return {
      name: 'traces',
      attach() {
        stop = data.journal.follow((line) => {
          const entry = countedEntry(JSON.parse(line));
          if (entry !== undefined) {
            void tell(() => trace?.happened(entry));
          }
        });
      },
      onState(state) {
        void tell((to) => {
          trace ??= to.begin(
            {
              callId,
              room,
              interview: data.plan.id,
              language: data.plan.language,
              realtimeModel: config.openai.realtimeModel,
            },
            state.sinceMs,
          );
          trace.entered(state);
        });
      },
      async flush(_outcome, deadline) {
        stop();
        const endMs = Date.now();
        const sent = new AbortController();
        const sending = tell(() => trace?.end(endMs))
          .then(() => opened)
          .then((to) => to?.sender.flush())
          .finally(() => sent.abort());
        await Promise.race([sending, pause(FLUSH_MS, AbortSignal.any([deadline, sent.signal]))]);
        if (!sent.signal.aborted) {
          failed(new Error('the collector did not take the last spans in time'));
        }
      },
    };
  };
}

/** Imported here, because nobody without a collector should pay for it. */
async function open(
  config: Config,
  tracing: TracingConfig,
  failed: (error: unknown) => void,
): Promise<Opened> {
  const [{ otlpSender }, { CallTrace }] = await Promise.all([
    import('./otlp.js'),
    import('./call-trace.js'),
  ]);
  const sender = otlpSender(tracing, failed);
  const redact = redactor(config);
  return {
    sender,
    begin: (call, startMs) => new CallTrace(sender.tracer, call, redact, startMs),
  };
}
