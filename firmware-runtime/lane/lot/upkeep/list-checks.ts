// A number on the local list is checked at once with the platform, by the single check of P18, so that a driver who
// settled an hour ago is let through. Until the answer, and without one within a second, the local list decides; no
// lane waits for it.
import type { StatusList } from '#ledger/pure/etc/status-list.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { MonoClock } from '#base/ports/clocks.ts'

/** Queries the platform about a number; null: no answer that is proven to be the platform's. */
export type ListCheck = (
  no: string,
  timeoutMs: number,
  done: (isListed: boolean | null) => void,
) => void

/** Time limit for the answer, ms (P18). */
const answerMs = 1_000
/** After this time the list itself is up to date again. */
const clearedMs = 900_000
/** A waiting car is read three times a second: its number is checked again only after this time. */
const againMs = 10_000

interface Checked {
  readonly atUs: number
  readonly isCleared: boolean
}

/** The local list without the numbers that the platform cleared recently. */
export function checkedList(
  list: StatusList,
  /** Null: no platform was joined; the local list alone decides. */
  check: ListCheck | null,
  mono: Pick<MonoClock, 'nowUs'>,
): StatusList {
  if (check === null) return list
  const checked = new Map<string, Checked>()
  const ask = (no: string): void => {
    checked.set(no, { atUs: mono.nowUs(), isCleared: false })
    check(no, answerMs, (isListed) => {
      if (isListed === false) checked.set(no, { atUs: mono.nowUs(), isCleared: true })
    })
  }
  return {
    get version() {
      return list.version
    },
    get asOfMs() {
      return list.asOfMs
    },
    has(no: string, atMs: InstantMs) {
      if (!list.has(no, atMs)) return false
      const known = checked.get(no)
      const ageMs = known === undefined ? Infinity : (mono.nowUs() - known.atUs) / 1000
      if (known?.isCleared === true && ageMs < clearedMs) return false
      if (ageMs >= againMs) {
        if (checked.size >= 1_000) checked.clear()
        ask(no)
      }
      return true
    },
  }
}
