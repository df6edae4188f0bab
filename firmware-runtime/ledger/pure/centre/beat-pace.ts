// When a lot sends its next heartbeat (docs/centre.md). Pure: times are monotonic ms, `draw` is chance from 0 to 1, by which
// many lots do not come at once.
import { minuteMs } from '#base/pure/values/instant.ts'
import { isObject } from '#base/pure/data/json.ts'
import { beatLimits } from './beat.ts'
import { troubledMs } from './follower.ts'

export interface BeatPace {
  /** The next one goes then, whatever happens. */
  readonly dueMs: number
  /** A change is sent from then on; null: while none is answered a change waits for `dueMs`. */
  readonly changeMs: number | null
  /** Heartbeats in a row that were not taken. */
  readonly failures: number
}

export type BeatAnswer =
  /** `want`: the row from which on the centre lacks those of this node; null: an older centre does not say it. */
  | { readonly is: 'taken'; readonly everyMs: number; readonly want: number | null }
  /** By certificate or form: until a person acts. */
  | { readonly is: 'refused'; readonly status: number }
  /** No answer, or not now. */
  | { readonly is: 'later' }

const [everyMsMin, everyMsMax] = [beatLimits.changedMs, 10 * minuteMs]
const backOffMsMax = 2 * minuteMs

/** Reads an answer; one that is none of them counts as no answer. */
export function beatAnswer(status: number, body: unknown): BeatAnswer {
  if ([400, 401, 413].includes(status)) return { is: 'refused', status }
  const { everyMs = null, want = null } = isObject(body) ? body : {}
  if (status !== 200 || typeof everyMs !== 'number' || !Number.isFinite(everyMs))
    return { is: 'later' }
  return {
    is: 'taken',
    everyMs: Math.min(Math.max(everyMs, everyMsMin), everyMsMax),
    want: typeof want === 'number' && Number.isSafeInteger(want) && want > 0 ? want : null,
  }
}

/** Of a lot that has just started or was paired. */
export const firstPace = (nowMs: number, draw: number): BeatPace => ({
  dueMs: nowMs + draw * beatLimits.changedMs,
  changeMs: null,
  failures: 0,
})

/** Down to a tenth less, so that lots that began together part. */
const spreadMs = (ms: number, draw: number): number => ms * (1 - draw / 10)
const halfMs = (ms: number, draw: number): number => ms * (1 - draw / 2)

export function paceAfter(
  { failures }: BeatPace,
  answer: BeatAnswer,
  sentMs: number,
  draw: number,
): BeatPace {
  switch (answer.is) {
    case 'taken':
      return {
        dueMs: sentMs + spreadMs(answer.everyMs, draw),
        changeMs: sentMs + beatLimits.changedMs,
        failures: 0,
      }
    case 'refused':
      return { dueMs: sentMs + halfMs(troubledMs, draw), changeMs: null, failures: failures + 1 }
    case 'later': {
      const waitMs = Math.min(beatLimits.everyMs * 2 ** Math.min(failures, 8), backOffMsMax)
      return { dueMs: sentMs + halfMs(waitMs, draw), changeMs: null, failures: failures + 1 }
    }
  }
}

export const isDue = (
  { dueMs, changeMs }: BeatPace,
  { nowMs, isNews }: { readonly nowMs: number; readonly isNews: boolean },
): boolean => nowMs >= dueMs || (isNews && changeMs !== null && nowMs >= changeMs)
