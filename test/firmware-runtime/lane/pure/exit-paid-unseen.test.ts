// A car that the lost machine charged, whose charge no row has: its card shows the time of the charge. The lane that goes on
// from the copy never charges it again and leaves it to a person; any other card pays as usual.
import { describe, expect, it } from 'vitest'
import { parkingStation, stationWriteHex } from '#devices/pure/etc/station-record.ts'
import { rowsAfterLoss } from '#ledger/pure/lot/id-gap-after-restore.ts'
import { arriving, where } from './effects-kit.ts'
import { cardReadEvent, LaneBench, station } from './lane-bench.ts'

const minute = 60_000

interface Seen {
  /** Minutes since the copy and since the restore; null: the lot was never restored. */
  readonly lost: readonly [copyMin: number, restoreMin: number] | null
  /** Minutes since the card was written. */
  readonly markMin: number
  readonly fields?: Partial<typeof parkingStation>
  /** Length of the file in bytes: antennas report 36, 39 or 43. */
  readonly bytes?: number
}

function charged({ lost, markMin, fields = {}, bytes = 43 }: Seen): readonly string[] {
  const bench = new LaneBench().entered(70)
  const ago = (minutes: number): number => bench.nowMs - minutes * minute
  if (lost !== null) {
    const [copyAtMs, atMs] = lost.map(ago)
    const loss = { copyAtMs: copyAtMs ?? 0, atMs: atMs ?? 0, lostRows: 0, billedNumber: 0 }
    bench.append(rowsAfterLoss(loss))
  }
  const read = bytes === 36 ? station.slice(6, 6 + 72) : station.slice(0, bytes * 2)
  const written = { ...parkingStation, ...fields }
  const station0019Hex = stationWriteHex(read, written, ago(markMin))
  bench.done()
  bench.give(...arriving, cardReadEvent({ station0019Hex }))
  const debits = bench.done().filter((what) => what.startsWith('debit'))
  return [where(bench), debits.length === 0 ? 'not charged' : 'charged']
}

const held = ['manual outcomeUnknown', 'not charged']
const pays = ['debiting', 'charged']

describe('a card that shows a charge of this lot', () => {
  it.each<[string, Seen, readonly string[]]>([
    ['between copy and restore', { lost: [15, 2], markMin: 5 }, held],
    ['as the copy was made', { lost: [15, 2], markMin: 15 }, held],
    ['by a clock half a minute ahead', { lost: [15, 2], markMin: 1.5 }, held],
    ['in a file of 36 bytes', { lost: [15, 2], markMin: 5, bytes: 36 }, held],
    ['in a file of 39 bytes', { lost: [15, 2], markMin: 5, bytes: 39 }, held],
    ['before this car came', { lost: [120, 2], markMin: 75 }, pays],
    ['before the copy, which has its row', { lost: [15, 2], markMin: 20 }, pays],
    ['long after the restore', { lost: [40, 30], markMin: 10 }, pays],
    ['in a lot that was never restored', { lost: null, markMin: 5 }, pays],
    ['of a motorway', { lost: [15, 2], markMin: 5, fields: { networkHex: '4502' } }, pays],
    ['that is no exit', { lost: [15, 2], markMin: 5, fields: { statusHex: '03' } }, pays],
  ])('%s', (_what, seen, expected) => {
    expect(charged(seen)).toEqual(expected)
  })
})
