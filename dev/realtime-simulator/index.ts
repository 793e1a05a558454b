export { startRealtimeSimulator, defaultApiKey, type RealtimeSimulator } from './simulator.js';
export { SimulatorControl, type SimulatorStatus } from './control-client.js';
export { demoLatencies, fastLatencies, type Latencies, type SimulatorOptions } from './options.js';
export {
  loadScenario,
  loadShippedScenarios,
  shippedScenario,
  type Scenario,
  type ScenarioTurn,
} from './scenario.js';
export { faultCatalogue, type FaultRequest } from './faults/catalogue.js';
export type { ConnectionRecord } from './connection-record.js';
export type { SeenEvent } from './event-log.js';
