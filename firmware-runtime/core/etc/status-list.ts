// The status list (blacklist) a lane decides by: which cards and OBUs, which version, as of when (P18).
// Without a list nothing is known about any card: a live site then debits no card by itself.
import type { InstantMs } from '../values/instant.ts'

export interface StatusList {
  /** Goes into every charge record; `0` where no list was ever loaded. */
  readonly version: string
  /** Null: no list. */
  readonly asOfMs: InstantMs | null
  /** Whether the number of a card or an OBU is on it at that time. */
  has(no: string, atMs: InstantMs): boolean
}

/** What stands in a simulated world for a list that is brought every quarter of an hour (P18). */
export const simulatedList = (
  business: { nowMs(): InstantMs },
  cards: ReadonlySet<string>,
): StatusList => ({
  version: 'sim',
  get asOfMs() {
    return business.nowMs()
  },
  has: (no) => cards.has(no),
})

export const noStatusList: StatusList = { version: '0', asOfMs: null, has: () => false }
