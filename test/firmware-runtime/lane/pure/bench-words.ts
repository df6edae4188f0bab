// Describes what a lane did in a word or two for each command and row.
// The tables of expected results are written in these words.
import type { LaneEffect } from '#lane/pure/lane.ts'
import {
  driverText,
  manualText,
  paidText,
  type DriverText,
} from '#devices/pure/lane/driver-text.ts'
import { driverReasons } from '#base/pure/words/manual-reason.ts'
import type { ManualReason } from '#base/pure/words/manual-reason.ts'
import type { RowRequest } from '#devices/pure/charge/freeze-row.ts'

export const rsuWord = (command: Extract<LaneEffect, { do: 'rsu' }>['command']): string =>
  command.do === 'search' ? `rsu search ${command.on ? 'on' : 'off'}` : `rsu ${command.do}`

export const askedWord = (
  effect: Extract<LaneEffect, { do: 'openVehicle' | 'probePlatform' }>,
): string =>
  effect.do === 'probePlatform'
    ? 'probe platform'
    : `open vehicle ${effect.ask.obu.obuId} ${effect.withinMs}`

export function rowWord(row: RowRequest): string {
  switch (row.kind) {
    case 'outcome':
      return `outcome ${row.body.state} ${row.body.source} ${row.body.reason}`
    case 'outbox':
      return `outbox ${row.body.op}`
    case 'freeze':
      return `outbox ${row.op}`
    case 'pass':
      return `pass ${row.body.cause}`
    case 'payment':
      return `payment ${row.body.means} ${row.amountFen ?? 0}`
    case 'exception':
      return `exception ${row.body.exceptionType} ${row.body.reason}`
    case 'stayClosed':
      return `stayClosed ${row.body.end}`
    case 'event':
      return `event ${row.body.type}`
    case 'refund':
      return `refund ${row.amountFen ?? 0}`
    default:
      return row.kind
  }
}

const fenIn = ({ en }: DriverText): number =>
  Math.round(Number(/¥ (\d+\.\d\d)/.exec(en)?.[1] ?? 0) * 100)

/** The key of a driver text, with its plate, minutes and fen; a text outside the tables gives its English text. */
export function shownWord(shown: DriverText): string {
  const isShown = ({ zh, en, tone }: DriverText): boolean =>
    zh === shown.zh && en === shown.en && tone === shown.tone
  const word = Object.entries(driverText).find(([, text]) => isShown(text))?.[0]
  if (word !== undefined) return word
  const fen = fenIn(shown)
  const reasons = Object.keys(driverReasons) as ManualReason[]
  const reason = reasons.find((one) => isShown(manualText(one, fen)))
  if (reason !== undefined) return `manual ${reason} ${fen}`
  const [, plate = '', hours = 0, minutes = 0] = /^(\S*) (\d+) h (\d+) min /.exec(shown.en) ?? []
  const stayMin = Number(hours) * 60 + Number(minutes)
  return isShown(paidText(plate, stayMin, fen)) ? `paid ${plate} ${stayMin} ${fen}` : shown.en
}
