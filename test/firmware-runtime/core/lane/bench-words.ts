// How a lane's bench says what was done: a word or two for each command and row.
// The tables of named ends are written in these words.
import type { LaneEffect } from '../../../../firmware-runtime/core/lane/lane.ts'
import type { RowRequest } from '../../../../firmware-runtime/core/charge/freeze-row.ts'

export const rsuWord = (command: Extract<LaneEffect, { do: 'rsu' }>['command']): string =>
  command.do === 'search' ? `rsu search ${command.on ? 'on' : 'off'}` : `rsu ${command.do}`

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
