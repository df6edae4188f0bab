// Calls for the attendant: by a button at a lane, by another program, or automatically for a car that waits too long.
// A call stays open until a person takes it or its car has gone; ledger rows record this, and a restart reads them.
import type { InstantMs } from '#base/pure/values/instant.ts'
import { canonicalJson } from '#base/pure/data/json.ts'

/** `noMeans`: no means of payment works for its car. */
export type CallCause = 'button' | 'waiting' | 'noMeans' | 'asked'

/** Type of its row, which has the kind `event`. */
export const personCallEvent = 'personCall'

/** `sent`: the receiver of the hook confirmed it; `over`: its car went on without help. */
type CallState = 'called' | 'sent' | 'notSent' | 'taken' | 'over'

export interface CallRow {
  readonly callId: string
  readonly cause: CallCause
  readonly state: CallState
  /** The person who took the call or made it. */
  readonly by: string | null
}

export interface PersonCall {
  readonly callId: string
  readonly laneId: string
  readonly stayId: string | null
  readonly cause: CallCause
  readonly atMs: InstantMs
  /** Null: delivery is unknown, or no receiver is configured. */
  readonly isSent: boolean | null
}

/** A repeated cause at the same lane within this time is the same call; automatic calls are separate per car. */
const sameCallMs = 5 * 60_000

export const callDetail = (row: CallRow): string => canonicalJson(row)

export const callRowOf = (detail: string): CallRow => JSON.parse(detail) as CallRow

const keyOf = ({ laneId, cause, stayId }: Pick<PersonCall, 'laneId' | 'cause' | 'stayId'>) =>
  `${laneId} ${cause} ${cause === 'waiting' || cause === 'noMeans' ? (stayId ?? '') : ''}`

/** Open calls, the oldest first. */
export class OpenCalls {
  readonly #open = new Map<string, PersonCall>()
  readonly #lastMs = new Map<string, InstantMs>()

  get list(): readonly PersonCall[] {
    return [...this.#open.values()]
  }

  of(callId: string): PersonCall | null {
    return this.#open.get(callId) ?? null
  }

  /** False when an open or recent call already covers it. */
  isNew({ laneId, cause, stayId, atMs: nowMs }: Omit<PersonCall, 'callId' | 'isSent'>): boolean {
    const lastMs = this.#lastMs.get(keyOf({ laneId, cause, stayId }))
    const isOpen = this.list.some((one) => one.laneId === laneId && one.cause === cause)
    return !isOpen && (lastMs === undefined || nowMs - lastMs >= sameCallMs || nowMs < lastMs)
  }

  /** Applies a row, new or read at a start. */
  take(row: CallRow, at: Pick<PersonCall, 'laneId' | 'stayId' | 'atMs'>): void {
    const { callId, cause, state } = row
    const known = this.#open.get(callId)
    if (state === 'called') {
      this.#open.set(callId, { callId, cause, isSent: null, ...at })
      this.#lastMs.set(keyOf({ ...at, cause }), at.atMs)
    } else if (state === 'taken' || state === 'over') this.#open.delete(callId)
    else if (known !== undefined) this.#open.set(callId, { ...known, isSent: state === 'sent' })
  }
}
