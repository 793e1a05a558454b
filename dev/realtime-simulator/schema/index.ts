export { assertEventLogValid, type EventLogSummary } from './event-log.js';
export { validateEvent, type Direction } from './validate-event.js';
