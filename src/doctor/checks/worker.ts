import { healthOf } from '../../worker/health.js';
import type { Check } from '../check.js';
import { well, wrong } from '../finding.js';

/** Whether the worker here, if one runs, is registered under the name that rooms ask for. */
export const workerHere: Check = {
  name: 'worker',
  async run(config) {
    const { agentName, host, port } = config.worker;
    const { isConnected, worker: state } = await healthOf(config);
    if (state === undefined) {
      return [well('worker', `none answers at ${host}:${port}; nothing to compare`)];
    }
    return [
      isConnected
        ? well('worker', `is connected to LiveKit, with ${state.active_jobs} calls`)
        : wrong('worker', {
            what: 'it runs, but is not connected to LiveKit',
            why: 'LiveKit cannot send it calls.',
            fix: 'See above what is wrong with LiveKit or the key pair; then look at the worker’s log.',
          }),
      state.agent_name === agentName
        ? well('dispatch name', `rooms ask for "${agentName}", and the worker listens to it`)
        : wrong('dispatch name', {
            what: `rooms ask for "${agentName}" (AGENT_NAME), but the worker listens to "${state.agent_name}"`,
            why: 'Every caller waits alone: LiveKit finds no worker of that name, and tries once.',
            fix: `Start the worker with AGENT_NAME=${agentName}, or ask for "${state.agent_name}".`,
          }),
    ];
  },
};
