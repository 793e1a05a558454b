export type { LiveKitAddress } from './livekit/address.js';
export { startLiveKit, type LiveKit } from './livekit.js';
export { startSimulatorProcess, type SimulatorProcess } from './simulator.js';
export { compileAgent, type CompiledAgent } from './compile-agent.js';
export { startWorker, type Worker, type WorkerMode } from './worker.js';
export { startStack, type Stack } from './stack.js';
export { callerToken } from './token.js';
export { startProcess } from './process.js';
export { findChromium } from './chromium.js';
