export { startRealtimeSimulator, defaultApiKey, type RealtimeSimulator } from './simulator.js';
export { SimulatorControl } from './control-client.js';
export { fastLatencies, type SimulatorOptions } from './options.js';
export type { Scenario } from './scenario.js';
export { faultCatalogue } from './faults/catalogue.js';
