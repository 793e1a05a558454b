export type { LiveKitAddress } from './livekit/address.js';
export { startLiveKit, type LiveKit, type LiveKitOptions } from './livekit.js';
export {
  startSimulatorProcess,
  type SimulatorProcess,
  type SimulatorProcessOptions,
} from './simulator.js';
export { startWorker, type Worker, type WorkerMode, type WorkerOptions } from './worker.js';
export { startStack, type Stack, type StackOptions } from './stack.js';
export { callerToken, type CallerTokenRequest } from './token.js';
export { startProcess } from './process.js';
export { findChromium } from './chromium.js';
