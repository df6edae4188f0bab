// Every effect that a lane requested as one short line: timers with their time, traces with their stay, what the board
// shows. The log of the bench lists only those that were carried out.
import type { LaneEffect, LaneEvent } from '../../../../firmware-runtime/core/lane/lane.ts'
import {
  act,
  b5,
  cardReadEvent,
  loop,
  plate,
  plateEvent,
  proofFor,
  type BenchOptions,
  type LaneBench,
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

export const online: BenchOptions = { chargeMode: 'online' }
export const arriving = [loop('arrive', 'on'), plateEvent(plate)]
export const seen: LaneEvent = { type: 'obuSeen', obu: cardReadEvent().obu }
export const rsuUp: LaneEvent = { type: 'rsuUp', psamTerminals: [], rsuId: '' }
export const rsuDown: LaneEvent = { type: 'rsuDown', reason: 'link' }
export const byHand: LaneEvent = { type: 'openByHand', act: act() }
export const b5Paid = b5('paid', proofFor(9500))
export const lost = [...arriving, cardReadEvent(), b5('unknown')]
export const late = (bench: LaneBench): void => void (bench.debitLate = true)
export const silent = (bench: LaneBench): void => void (bench.platformUp = false)
export const back = (bench: LaneBench): void => void (bench.platformUp = true)
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
