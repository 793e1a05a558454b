/** The options of every measurement's command line, for `parseArgs`. */
export const COMMON_OPTIONS = {
  help: { type: 'boolean', short: 'h', default: false },
  json: { type: 'boolean', default: false },
  quick: { type: 'boolean', default: false },
  entry: { type: 'string' },
  'no-docs': { type: 'boolean', default: false },
} as const;
