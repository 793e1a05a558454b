export { startPlayground, type Playground, type StartPlaygroundOptions } from './server.js';
export { buildPage } from './build-page.js';
export type { DeveloperOptions, OfferedRecords, PlaygroundOptions } from './options.js';
export {
  offeredCandidates,
  offeredInterviews,
  type OfferedCandidate,
  type OfferedInterview,
} from './offered.js';
