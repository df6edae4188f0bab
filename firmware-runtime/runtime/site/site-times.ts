// Times and amounts of an open site.

export const siteTimes = {
  headFlushMs: 500,
  /** Interval for looking at clock, ledger files and status list, also when no car is present. */
  lookMs: 10_000,
  /** For an answer to be sent before the process ends. */
  faultLeavesMs: 50,
  /** Rows read in about 0.1 s: a stop has 4 s for everything. */
  stopRowsMax: 20_000,
} as const
