// Constants of the lot of the scenes: its PSAM, the cards that were used on a motorway, and what it declares.
import type { Combination } from '#acceptance/pure/combinations.ts'

export const startMs = Date.parse('2026-03-02T08:00:00+08:00')
export const psamTerminal = '370100000001'
/** 14 digits of +08:00. */
export const bcdAt = (atMs: number): string =>
  new Date(atMs + 8 * 3_600_000).toISOString().slice(0, 19).replaceAll(/\D/g, '')
const plateHex = 'B2E241313233343500000000'
const zeros = (bytes: number): string => '00'.repeat(bytes)

/** File 0019 of a card that was used on a motorway, in either layout. */
export const record = (layout: Combination['record']): string =>
  layout === 'new'
    ? `AA2900${zeros(18)}${plateHex}${zeros(10)}`
    : `AA2900${zeros(24)}${plateHex}${zeros(4)}`

/** Station, lane and time of the charge in file 0019. */
export const written = (read: string, atMs: number): string =>
  `${read.slice(0, 6)}4501000101${Math.floor(atMs / 1_000)
    .toString(16)
    .toUpperCase()}0004${read.slice(28)}`

/** A lot that joins all three platforms, in a province that offers every optional interface. */
export const declared = {
  platforms: ['platform', 'operator', 'etcOperator'],
  interfaces: ['list', 'refund', 'bill', 'splitBill', 'monitor'],
} as const

/** The hourly batch that counts a record. */
export function countedBy(op: string, laneId: string, atMs: number): object {
  const plate = laneId === 'entry' ? 'entry-plate' : 'exit-plate'
  const kinds: Readonly<Record<string, string>> = {
    entryRecord: 'entry',
    exitRecord: 'exit',
    plateRecord: plate,
  }
  const kind = kinds[op]
  return kind === undefined ? {} : { counted: { kind, atMs } }
}
