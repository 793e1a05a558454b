export { startPlayground, type Playground, type StartPlaygroundOptions } from './server.js';
export type { OfferedInterview, PlaygroundOptions } from './options.js';
export type { NewCall } from './calls.js';
