// A pile or handheld at work: the exit lane's way with money, without loops, camera and barrier.
// A person names the car; where a lane would open, here the car is done with and its stay goes on.
import type { PlaceBar } from '../place/place.ts'
import { driverText } from './driver-text.ts'
import { giveUpWith } from './exit-checks.ts'
import { lateCells } from './exit-late.ts'
import { exitLane } from './exit-lane.ts'
import type { LaneEffect, LaneEvent, ManualReason } from './lane.ts'
import {
  auditRow,
  carOf,
  leave,
  newCar,
  show,
  stay,
  trace,
  type Cells,
  type Handler,
  type LaneStep,
  type LaneTable,
} from './steps.ts'

const reasonOf = (bar: PlaceBar): ManualReason =>
  bar === 'outside' ? 'outsideFence' : 'positionUnknown'

/** Nothing opens here: no pass, no barrier row; rows of the money stand as they were. */
function withoutBoom(effect: LaneEffect): LaneEffect[] {
  if (effect.do === 'barrier') return []
  if (effect.do === 'trace' && effect.type === 'barrierCommanded') return []
  if (effect.do !== 'append') return [effect]
  const rows = effect.rows.filter(({ kind }) => kind !== 'pass' && kind !== 'barrier')
  return rows.length === 0 ? [] : [{ ...effect, rows }]
}

/**
 * The stay is not closed: the car still stands in the lot. Its exit finds the order paid and opens
 * within the tariff's time to leave, or charges what is due beyond it.
 */
function done(step: LaneStep): LaneStep {
  if (step.state.name !== 'opening') return step
  return leave(step.state, step.effects.flatMap(withoutBoom))
}

/** What a place has no device for. */
const absent: readonly LaneEvent['type'][] = ['openByHand', 'loop', 'plate', 'barrierFault']

function atPlace(cells: Cells): Cells {
  const kept = Object.entries(cells).filter(([type]) => !absent.some((one) => one === type))
  const ended = kept.map(([type, cell]): [string, Handler<LaneEvent['type']>] => {
    const handler = cell as Handler<LaneEvent['type']>
    return [type, (state, event, env) => done(handler(state, event, env))]
  })
  return Object.fromEntries(ended) as Cells
}

const collect: Handler<'collect'> = (state, event, env) => {
  const { plate, plateRaw, colour } = event
  const car = { ...newCar(env), plate, plateRaw, colour }
  const audit = auditRow(env, event.act, `place.charge ${plate}`, null)
  return stay(
    { ...state, name: 'reading', car, shown: driverText.reading },
    trace('trigger', car),
    { do: 'append', rows: [audit] },
    trace('plateRead', car, plate),
    show(driverText.reading),
    { do: 'claim', plate, plateRaw, colour, photo: null },
  )
}

/** The next car, or the same one again: what the last one owes is on its stay. */
const collectNext: Handler<'collect'> = (state, event, env) => {
  const left = leave(state, [])
  const next = collect(left.state, event, env)
  return { state: next.state, effects: [...left.effects, ...next.effects] }
}

/** B4 at a place: where it is decides first, before any row that C6 needs (6.7). */
const cardRead: Handler<'cardRead'> = (state, event, env) => {
  const bar = env.placeBar()
  const { cardRead: read } = exitLane.searching
  if (bar === null) return read === undefined ? stay(state) : read(state, event, env)
  const release: LaneEffect = { do: 'rsu', command: { do: 'release', obuId: event.obu.obuId } }
  const step = giveUpWith(state, env, reasonOf(bar), 99, release)
  return { state: step.state, effects: [trace('fault', carOf(state), bar), ...step.effects] }
}

export const placeLane: LaneTable = {
  idle: { collect, ...lateCells },
  reading: atPlace(exitLane.reading),
  searching: atPlace({ ...exitLane.searching, cardRead }),
  debiting: atPlace(exitLane.debiting),
  suspect: atPlace(exitLane.suspect),
  asking: atPlace(exitLane.asking),
  charging: atPlace(exitLane.charging),
  waiting: atPlace(exitLane.waiting),
  manual: { ...atPlace(exitLane.manual), collect: collectNext },
  /** Nothing opens here. */
  opening: {},
}
