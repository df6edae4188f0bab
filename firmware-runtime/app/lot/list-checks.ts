// A number that the list here names is asked for at once at the platform, by the one check of P18: whoever settled an hour ago
// is let through. Until it answers, and where it does not within a second, the list here decides; no lane waits for it.
import type { StatusList } from '../../core/etc/status-list.ts'
import type { InstantMs } from '../../core/values/instant.ts'
import type { MonoClock } from '../../ports/clocks.ts'

/** Asks the platform; null: no answer that can be believed. */
export type ListCheck = (
  no: string,
  timeoutMs: number,
  done: (isListed: boolean | null) => void,
) => void

/** P18. */
const answerMs = 1_000
/** By then the list itself says it. */
const clearedMs = 900_000
/** A car that waits is read three times a second: its number is asked for again after this. */
const againMs = 10_000

interface Checked {
  readonly atUs: number
  readonly isCleared: boolean
}

/** The list, but for numbers that the platform cleared a moment ago. */
export function checkedList(
  list: StatusList,
  /** Null: no platform was joined, the list here is all there is. */
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
