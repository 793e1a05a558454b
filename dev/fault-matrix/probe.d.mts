/** See probe.mjs. */
export declare function watchTime(): () => number;
