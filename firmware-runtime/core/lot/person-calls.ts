// Calls for a person: from a button at a lane, by another program, or by itself for a car that waits too long.
// Each stays open until somebody takes it or its car has gone; rows of the ledger say so, and a restart reads them.
import type { InstantMs } from '../values/instant.ts'
import { canonicalJson } from '../values/json.ts'

/** `noMeans`: its car can be paid for by nothing that works. */
export type CallCause = 'button' | 'waiting' | 'noMeans' | 'asked'

/** What its row is called; a row of the kind `event`. */
export const personCallEvent = 'personCall'

/** `sent`: whoever is told by the hook answered; `over`: its car went on without anybody. */
type CallState = 'called' | 'sent' | 'notSent' | 'taken' | 'over'

export interface CallRow {
  readonly callId: string
  readonly cause: CallCause
  readonly state: CallState
  /** Who took it, or asked for it. */
  readonly by: string | null
}

export interface PersonCall {
  readonly callId: string
  readonly laneId: string
  readonly stayId: string | null
  readonly cause: CallCause
  readonly atMs: InstantMs
  /** Null: nobody has heard whether it arrived, or there is nobody to tell. */
  readonly isSent: boolean | null
}

/** The same cause at the same lane is the same call within this; what a car calls for by itself is its own. */
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

  /** Whether a call of this cause is a new one. */
  isNew({ laneId, cause, stayId, atMs: nowMs }: Omit<PersonCall, 'callId' | 'isSent'>): boolean {
    const lastMs = this.#lastMs.get(keyOf({ laneId, cause, stayId }))
    const isOpen = this.list.some((one) => one.laneId === laneId && one.cause === cause)
    return !isOpen && (lastMs === undefined || nowMs - lastMs >= sameCallMs || nowMs < lastMs)
  }

  /** As its row was written, now or in an earlier life. */
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
