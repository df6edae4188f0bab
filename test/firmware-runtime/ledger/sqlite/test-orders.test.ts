// The payments of a test order are rows of the ledger, but count in none of its totals.
// The rows come from a real test passage, run on the lot in memory and written to a ledger on disk.
import { afterEach, expect, it } from 'vitest'
import { openLedger } from '#ledger/sqlite/ledger.ts'
import { openLedgerReader } from '#ledger/sqlite/ledger-reader.ts'
import { verifyLedger } from '#ledger/sqlite/ledger-reader.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import { startMs as testMs } from '../../runtime/control/control-kit.ts'
import { FirstCarLot } from '../../runtime/control/first-car-bench.ts'
import { cardReadEvent, loop, plate, plateEvent } from '../../lane/pure/lane-bench.ts'
import { carRows, newFolder, optionsFor, removeFolders } from './ledger-kit.ts'

afterEach(removeFolders)

function testRows(): RowDraft[] {
  const lot = new FirstCarLot('online')
  lot.start()
  lot.give(loop('arrive', 'on'), plateEvent(plate), cardReadEvent())
  lot.clock.advance(20)
  lot.leave()
  lot.later()
  expect(lot.phase).toBe('refunded')
  return lot.ledger.list.map((row) => {
    const { nodeId: _node, seq: _seq, prevHash: _prev, hash: _hash, ...draft } = row
    return draft
  })
}

it('is in no total, no sum and no day, and every row of it is marked', () => {
  const dir = newFolder()
  const options = { ...optionsFor(dir), nodeId: 'n1' }
  const { ledger } = openLedger(options)
  ledger.append(carRows(1))
  ledger.append(carRows(4, false))
  ledger.close()
  const read = <T>(ask: (reader: ReturnType<typeof openLedgerReader>) => T): T => {
    const reader = openLedgerReader(options)
    try {
      return ask(reader)
    } finally {
      reader.close()
    }
  }
  const before = read((r) => r.totals())
  const sumBefore = verifyLedger(options).sums
  const again = openLedger(options).ledger
  again.append(testRows())
  again.close()
  const after = read((r) => r.totals())
  const { deductions, payments, refunds, amountFen } = before
  expect(after).toMatchObject({ deductions, payments, refunds, amountFen })
  expect(after.refunds).toEqual({})
  expect(verifyLedger(options)).toMatchObject({ ok: true, sums: sumBefore })
  const day = read((r) => r.day(testMs - 1000))
  expect(day).toMatchObject({ paidFen: 0, passages: 1 })
  expect(day.last[0]).toMatchObject({ end: 'etc', amountFen: 0 })
  for (const kind of ['deduction', 'payment', 'refund'] as const) {
    const { rows } = read((r) => r.query(kind, { fromMs: testMs - 1000 }))
    expect(rows).toEqual([expect.objectContaining({ test: true, amountFen: 1 })])
    const others = read((r) => r.query(kind, { toMs: testMs - 1000 })).rows
    for (const row of others) expect(row).not.toHaveProperty('test')
  }
})
