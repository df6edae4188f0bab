// A lane whose car another billing system names: the exit's way with money, without camera, loops and boom. The order is fixed;
// the lane reads the OBU and charges, and what the car does next is the other system's (8.1.1.2 a).
import { driverText } from '#devices/pure/lane/driver-text.ts'
import type { LaneEffect, LaneEnv, LaneEvent } from './lane.ts'
import { placeLane } from './place-lane.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import {
  claimOf,
  newCar,
  stay,
  trace,
  show,
  type Cells,
  type Handler,
  type LaneStep,
  type LaneTable,
} from './steps.ts'

const sent: Handler<'sent'> = (state, { plate, colour }, env) => {
  const reading = { plate, confidence: null, mayCorrect: false } as const
  const car = { ...newCar(env), plate, plateRaw: plate, colour, reading }
  return stay(
    { ...state, name: 'reading', car, shown: driverText.reading },
    trace('trigger', car),
    show(driverText.reading),
    claimOf(car),
  )
}

const isTold = (effect: LaneEffect): boolean =>
  effect.do === 'append' && effect.rows.some(({ kind }) => kind === 'exception')

/** The billing system learns why ETC has not paid (8.3.1 c), also where no exception of the passage says so. */
function withWhy(step: LaneStep, before: string | null, env: LaneEnv): LaneStep {
  const { state, effects } = step
  const why = state.car?.manual ?? null
  if (state.name !== 'manual' || state.car === null || why === null || why === before) return step
  const { stayId, orderId } = state.car
  if (stayId === null || orderId === null || effects.some(isTold)) return step
  const row: RowDraft = {
    kind: 'sentOrder',
    atMs: env.nowMs,
    laneId: env.laneId,
    stayId,
    orderId,
    body: { what: 'notPaid', why },
  }
  return { state, effects: [...effects, { do: 'append', rows: [row], mayFail: true }] }
}

/** A place has no car but those that are named; neither has this lane. Its cells differ in what the billing system hears. */
function telling(cells: Cells): Cells {
  const told = Object.entries(cells).map(([type, cell]): [string, Handler<LaneEvent['type']>] => {
    const handler = cell as Handler<LaneEvent['type']>
    return [
      type,
      (state, event, env) => withWhy(handler(state, event, env), state.car?.manual ?? null, env),
    ]
  })
  return Object.fromEntries(told) as Cells
}

/** Nobody names a car at the lane itself. */
const named = ({ collect: _, ...cells }: Cells): Cells => telling(cells)

export const sentLane: LaneTable = {
  idle: { ...named(placeLane.idle), sent },
  reading: named(placeLane.reading),
  searching: named(placeLane.searching),
  debiting: named(placeLane.debiting),
  charging: named(placeLane.charging),
  suspect: named(placeLane.suspect),
  asking: named(placeLane.asking),
  waiting: named(placeLane.waiting),
  manual: named(placeLane.manual),
  opening: {},
}
