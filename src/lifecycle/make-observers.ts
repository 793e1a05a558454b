import type { CallLifecycle } from './call-lifecycle.js';
import type { CallObserver, LiveCall, ObserverFactory } from './definition.js';
import { asCallError } from './errors.js';

/** Makes a call's observers. One that cannot be made ends the call, and the others see how. */
export function makeObservers<Data>(
  factories: readonly ObserverFactory<Data>[],
  call: LiveCall<Data>,
  lifecycle: Pick<CallLifecycle, 'report'>,
): CallObserver[] {
  return factories.flatMap((make) => {
    try {
      return [make(call)];
    } catch (error) {
      lifecycle.report(asCallError(error), false);
      return [];
    }
  });
}
