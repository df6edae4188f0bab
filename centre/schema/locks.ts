// Advisory locks of the database, by what they keep apart: two parts with one number would wait for each other for ever.

export const locks = {
  /** One start at a time. */
  migrate: 4_501_057,
  /** Held by a centre while it runs: a database has one. */
  centre: 4_501_058,
  /** One request at a time counts what is open. */
  pairing: 4_501_059,
  /** Of transactions: the fold of a database is one. */
  fold: 4_501_060,
  /** The watcher of alarms, and who tells them. */
  watch: 4_501_061,
  tell: 4_501_062,
} as const
