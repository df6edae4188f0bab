// One turn of a lane as a record: the state before it, the event, the requests to its lot with their answers, and the effects.
// A record is plain JSON, from which the same table can repeat the turn (replay-turns.ts).
import type { LaneEffect, LaneEvent, LaneState, LaneView } from '../lane.ts'
import type { PlateRead } from '#devices/pure/lane/plate-read.ts'
import { canonicalJson } from '#base/pure/data/json.ts'
import type { LaneConfig } from '#base/pure/lot/config.ts'

/** Requests of a lane to its lot. */
export type AskName = {
  [K in keyof LaneView]: LaneView[K] extends (...args: never[]) => unknown ? K : never
}[keyof LaneView]

/** A request of a lane to its lot within a turn, with the answer. */
interface Asked {
  readonly ask: AskName
  readonly args: readonly unknown[]
  readonly answer: unknown
}

/** Data of the view that needs no request, by name. */
type Given = Readonly<Record<string, unknown>>

export interface TurnRecord {
  readonly atIso: string
  readonly laneId: string
  /** Number among the turns of this car in this lane, from 1. */
  readonly no: number
  readonly lane: Pick<LaneConfig, 'layout' | 'direction'> & { readonly isPlace: boolean }
  /** Null: the state in which the turn before left the lane. */
  readonly before: LaneState | null
  /** Changes since the previous turn; complete in the first one. */
  readonly given: Given
  readonly event: LaneEvent
  readonly asked: readonly Asked[]
  readonly effects: readonly LaneEffect[]
  readonly after: LaneState['name']
}

type Call = (...args: unknown[]) => unknown
const isCall = (value: unknown): value is Call => typeof value === 'function'

/** Wraps a view so that it records all requests. */
export function watched(view: LaneView): {
  readonly view: LaneView
  readonly given: Given
  readonly asked: readonly Asked[]
} {
  const asked: Asked[] = []
  const members = Object.entries(view)
  const noted = members.map(([name, value]): [string, unknown] => {
    if (!isCall(value)) return [name, value]
    const call = (...args: unknown[]): unknown => {
      const answer = value(...args)
      asked.push({ ask: name as AskName, args, answer })
      return answer
    }
    return [name, call]
  })
  const given = Object.fromEntries(members.filter(([, value]) => !isCall(value)))
  return { view: Object.fromEntries(noted) as unknown as LaneView, given, asked }
}

/** A picture is kept beside the record, under its name: no table looks at it. */
const withoutPicture = <P extends { readonly read: PlateRead }>(plate: P): P => ({
  ...plate,
  read: { ...plate.read, jpeg: null },
})

export const recordedEvent = (event: LaneEvent): LaneEvent =>
  event.type === 'plate' ? withoutPicture(event) : event

export const recordedState = (state: LaneState): LaneState =>
  state.early === null ? state : { ...state, early: withoutPicture(state.early) }

/** Members whose value has changed. */
export const changed = (before: Given, now: Given): Given =>
  Object.fromEntries(Object.entries(now).filter(([name, value]) => before[name] !== value))

const asks = Object.keys({
  cardDebitBar: true,
  byClass: true,
  isBlacklisted: true,
  placeBar: true,
  recentlyCharged: true,
  isInside: true,
  settleBar: true,
  isOpenCase: true,
  unsettledOf: true,
  doubtedOf: true,
  refusedOf: true,
  isContradicted: true,
  untoldOf: true,
  entryBar: true,
  paidByEtc: true,
  stayAt: true,
  isOfNeighbour: true,
} satisfies Record<AskName, true>)

/** A view that answers requests as recorded. */
export function viewOf(given: Given, asked: readonly Asked[]): LaneView {
  const left = [...asked]
  const answered = (ask: string): [string, Call] => [
    ask,
    (...args) => {
      const text = canonicalJson(args)
      const at = left.findIndex((one) => one.ask === ask && canonicalJson(one.args) === text)
      const [found] = at < 0 ? [] : left.splice(at, 1)
      if (found === undefined) throw new NewQuestion(`${ask} ${text}`)
      return found.answer
    },
  ]
  return { ...given, ...Object.fromEntries(asks.map(answered)) } as unknown as LaneView
}

/** The table makes a request that is not in the record. */
export class NewQuestion extends Error {}
