// Every effect that a lane requested as one short line: timers with their time, traces with their stay, what the board
// shows. The log of the bench lists only those that were carried out. Also events and scenes of several lane tests.
import type { LaneEffect, LaneEvent } from '#lane/pure/lane.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import {
  act,
  b5,
  cardReadEvent,
  loop,
  plate,
  plateEvent,
  proofFor,
  station,
  LaneBench,
  type BenchOptions,
} from './lane-bench.ts'
import { rowWord, rsuWord, shownWord } from './bench-words.ts'

function effectOf(effect: Exclude<LaneEffect, { do: 'follow' }>): string {
  switch (effect.do) {
    case 'timer':
      return `timer ${effect.name} ${effect.afterMs ?? 'off'}`
    case 'trace':
      return `trace ${effect.type} ${effect.stayId ?? '-'} ${effect.detail}`
    case 'show':
      return `show ${shownWord(effect.text)}`
    case 'append':
      return `append${effect.mayFail === true ? ' if it can' : ''} ${effect.rows.map(rowWord).join(', ')}`
    case 'rsu':
      return 'obuId' in effect.command
        ? `${rsuWord(effect.command)} ${effect.command.obuId}`
        : rsuWord(effect.command)
    case 'claim':
      return `claim ${effect.reading.plate} ${effect.plateRaw} ${effect.colour} ${effect.photo ?? '-'}`
    case 'barrier':
      return `barrier ${effect.command.do}`
    case 'charge':
      return `charge ${effect.deductionId}${effect.again === true ? ' again' : ''}`
    case 'debit':
      return `debit ${effect.command.deductionId} ${effect.command.amountFen}`
    case 'lateCharge':
      return `lateCharge ${effect.late.deductionId} ${effect.late.result} ${effect.late.reason}`
    case 'openVehicle':
      return `openVehicle ${effect.ask.obu.obuId} ${effect.withinMs}`
    case 'probePlatform':
      return effect.do
  }
}

/** The effects requested since the last call, one line each. */
export function effectNames(bench: LaneBench): string[] {
  const effectList = bench.asked
  bench.asked = []
  return effectList.flatMap((effect) => (effect.do === 'follow' ? [] : [effectOf(effect)]))
}

export type Happening = LaneEvent | ((bench: LaneBench) => void)
export interface EffectRow {
  readonly name: string
  readonly options: BenchOptions
  readonly before: readonly Happening[]
  readonly then: readonly Happening[]
  readonly told: readonly string[]
  readonly where: string
}

/** The state of the lane, with the cause of its pass or why a person is needed. */
export const where = ({ state }: LaneBench): string =>
  [state.name, state.car?.pass?.cause ?? state.car?.manual ?? '']
    .filter((word) => word !== '')
    .join(' ')

export const paidFen = (bench: LaneBench): number =>
  bench.rows.reduce((sum, r) => sum + (r.kind === 'payment' ? (r.amountFen ?? 0) : 0), 0)

/** The bench, with what it did and requested so far taken as seen. */
export function looked(bench: LaneBench): LaneBench {
  bench.done()
  effectNames(bench)
  return bench
}
/** A lane after these events, with a stay that pays; only what follows is reported. */
export const after = (options: BenchOptions = {}, ...events: readonly LaneEvent[]): LaneBench =>
  looked(new LaneBench(options).entered().give(...events))
export const entry = (): LaneBench => looked(new LaneBench({ direction: 'entry' }))
/** A car with a pass whose boom was commanded to open. */
export const letOut = (): LaneBench => looked(new LaneBench().entered(5).give(...arriving))

/** After a restart nobody knows what became of the charge of the first car. */
export const unknownOutcome = (atMs: number): RowDraft => ({
  kind: 'outcome',
  atMs,
  stayId: 'gx1-S1',
  orderId: 'gx1-O2',
  deductionId: 'gx1-O2.D1',
  amountFen: 500,
  body: {
    state: 'unknown',
    source: 'lane',
    reason: 'restart',
    obuId: null,
    cardNo: null,
    proof: null,
  },
})

export const online: BenchOptions = { chargeMode: 'online' }
export const arriving = [loop('arrive', 'on'), plateEvent(plate)]
export const seen: LaneEvent = { type: 'obuSeen', obu: cardReadEvent().obu }
export const rsuUp: LaneEvent = { type: 'rsuUp', psamTerminals: [], rsuId: '' }
export const rsuDown: LaneEvent = { type: 'rsuDown', reason: 'link' }
export const position = (at: 'open' | 'closed'): LaneEvent => ({ type: 'position', position: at })
/** A person at a pile or handheld asks for the money of this car. */
export const collect = (of = plate, id = 'collect-1'): LaneEvent => ({
  type: 'collect',
  plate: of,
  plateRaw: of,
  colour: 'blue',
  act: act(id),
})
export const byHand: LaneEvent = { type: 'openByHand', act: act() }
export const b5Paid = b5('paid', proofFor(9500))
export const lost = [...arriving, cardReadEvent(), b5('unknown')]
/** Its card was used elsewhere meanwhile: it shows nothing of an earlier debit. */
export const usedElsewhere = { station0019Hex: `4501000098${station.slice(10)}` }
export const lostAgain = [...arriving, cardReadEvent(usedElsewhere), b5('unknown')]
export const late = (bench: LaneBench): void => void (bench.debitLate = true)
export const silent = (bench: LaneBench): void => void (bench.platformUp = false)
export const back = (bench: LaneBench): void => void (bench.platformUp = true)
/** Why no card may be debited; null: nothing bars it. */
export const barred =
  (bar: string | null) =>
  (bench: LaneBench): void =>
    void (bench.bar = bar)
export const full = (bench: LaneBench): void => void (bench.failAppends = 1)
/** The car has left: all its timers stop. */
export const over = [
  ...['timer plate off', 'timer obu off', 'timer settle off', 'timer suspect off'],
  ...['timer gone off', 'timer retry off', 'show idle'],
]
/** The car waits for a person. */
export const handed = ['timer plate off', 'timer obu off', 'timer retry off']
export const searching = ['rsu search on', 'timer obu 5000', 'show charging']
export const opened = ['barrier open', 'append if it can barrier']
