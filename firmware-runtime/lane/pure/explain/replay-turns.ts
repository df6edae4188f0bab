// Repeats the recorded turns of a car with the tables of this program: the same state, event and answers must give the same
// effects. Differences are reported by position; the record is only trusted where the table reproduces it.
import { note } from '#base/pure/words/notes.ts'
import { layoutOf } from '../layouts/index.ts'
import { placeLayout } from '../layouts/place.ts'
import type { LaneState } from '../lane.ts'
import { stepTable } from '../steps.ts'
import { canonicalJson } from '#base/pure/data/json.ts'
import { NewQuestion, viewOf, type TurnRecord } from './turn.ts'

interface TurnDifference {
  /** Number of the turn, from 1. */
  readonly turn: number
  readonly laneId: string
  readonly atIso: string
  readonly event: string
  readonly was: unknown
  readonly now: unknown
}

interface LaneAgain {
  readonly no: number
  readonly state: LaneState
  readonly given: TurnRecord['given']
}

/** As the record has it: members that are not there are no members. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))
const isSame = (a: unknown, b: unknown): boolean => canonicalJson(a) === canonicalJson(b)

/** One lane's car after the other's: turns of two lanes may lie between each other. */
export function replayTurns(turns: readonly TurnRecord[]): readonly TurnDifference[] {
  const lanes = new Map<string, LaneAgain>()
  const found: TurnDifference[] = []
  for (const [at, turn] of turns.entries()) {
    const { laneId, atIso, event } = turn
    const differs = (was: unknown, now: unknown): void => {
      found.push({ turn: at + 1, laneId, atIso, event: event.type, was, now })
    }
    const known = turn.no === 1 ? undefined : lanes.get(laneId)
    const state = turn.before ?? known?.state
    if ((known?.no ?? 0) + 1 !== turn.no || state === undefined) {
      differs(`turn ${turn.no}`, note('turnMissing'))
      lanes.delete(laneId)
      continue
    }
    const given = { ...known?.given, ...turn.given }
    const again = madeAgain(turn, state, given)
    if (typeof again === 'string') differs('answered', again)
    else {
      const was = { effects: turn.effects, after: turn.after }
      const now = { effects: again.effects, after: again.state.name }
      if (!isSame(plain(was), plain(now))) differs(was, now)
    }
    lanes.set(laneId, {
      no: turn.no,
      state: typeof again === 'string' ? state : again.state,
      given,
    })
  }
  return found
}

function madeAgain(
  { lane, event, asked }: TurnRecord,
  state: LaneState,
  given: TurnRecord['given'],
): ReturnType<typeof stepTable> | string {
  const { layout, direction, isPlace } = lane
  const { table } = isPlace ? placeLayout : layoutOf({ layout, direction })
  try {
    return stepTable(table, state, event, viewOf(given, asked))
  } catch (error) {
    if (error instanceof NewQuestion) return error.message
    throw error
  }
}
