// One turn of a lane as a record: the state before it, what the lane was told, what it asked of its lot, and what it did.
// A record is plain JSON. With it the same table makes the same turn again (replay-turns.ts).
import type { LaneEffect, LaneEvent, LaneState, LaneView } from '../lane/lane.ts'
import type { PlateRead } from '../lane/plate-read.ts'
import { canonicalJson } from '../values/json.ts'
import type { LaneConfig } from '../lot/config.ts'

/** What a lane may ask of its lot. */
export type AskName = {
  [K in keyof LaneView]: LaneView[K] extends (...args: never[]) => unknown ? K : never
}[keyof LaneView]

/** What a lane asked of its lot in a turn, and what it was answered. */
interface Asked {
  readonly ask: AskName
  readonly args: readonly unknown[]
  readonly answer: unknown
}

/** What a lane knows without asking, by name. */
type Given = Readonly<Record<string, unknown>>

export interface TurnRecord {
  readonly atIso: string
  readonly laneId: string
  /** Of the turns of this car in this lane, from 1. */
  readonly no: number
  readonly lane: Pick<LaneConfig, 'layout' | 'direction'> & { readonly isPlace: boolean }
  /** Null: the state in which the turn before left the lane. */
  readonly before: LaneState | null
  /** What differs from the turn before; all of it in the first. */
  readonly given: Given
  readonly event: LaneEvent
  readonly asked: readonly Asked[]
  readonly effects: readonly LaneEffect[]
  readonly after: LaneState['name']
}

type Call = (...args: unknown[]) => unknown
const isCall = (value: unknown): value is Call => typeof value === 'function'

/** The same view, which notes what is asked of it. */
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

/** What is another value than before. */
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
  refusedOf: true,
  isContradicted: true,
  untoldOf: true,
  entryBar: true,
  paidByEtc: true,
  stayAt: true,
  isOfNeighbour: true,
} satisfies Record<AskName, true>)

/** The view that a record was made with: what is asked is answered as it was then. */
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

/** The table asks now what it did not ask then. */
export class NewQuestion extends Error {}
