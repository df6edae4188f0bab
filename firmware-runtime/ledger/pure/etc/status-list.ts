// The status list (blacklist) a lane decides by: which cards and OBUs, which version, as of when (P18).
// Without a list no card can be checked: a production lot then debits no card without the platform.
import type { InstantMs } from '#base/pure/values/instant.ts'

export interface StatusList {
  /** Goes into every charge record; `0` where no list was ever loaded. */
  readonly version: string
  /** Null: no list. */
  readonly asOfMs: InstantMs | null
  /** True when the number of a card or an OBU is on the list at that time. */
  has(no: string, atMs: InstantMs): boolean
}

/** Replaces, in a simulation, a list that is updated every quarter of an hour (P18). */
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
