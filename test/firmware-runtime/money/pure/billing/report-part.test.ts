// The acts by hand in a report of exceptions: those that let a car go or change what is owed, without work on devices.
// Each with person, reason and details.
import { expect, it } from 'vitest'
import { reportPart } from '#money/pure/billing/report-part.ts'
import { nothingUnpaired } from '#base/pure/values/unpaired.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'

const none = { payments: [], orders: [], closes: [], settled: [], refunds: [], ends: [], pays: [] }
const span = { fromMs: 0, toMs: 1_000 }

it.each([
  ['lane.open @exit', 'lane.open', '@exit'],
  ['first.start 测A12345', 'first.start', '测A12345'],
  ['first.stop', 'first.stop', ''],
  ['device.apply @exit', null, ''],
])('%s', (act, word, detail) => {
  const body = {
    act,
    by: '赵六',
    role: 'owner',
    reason: '试',
    commandId: 'act-0001',
    result: 'done',
  }
  const row = { kind: 'audit', atMs: 10, seq: 1, nodeId: 'n1', laneId: 'exit', body }
  const rows = {
    ...none,
    acts: [row as unknown as LedgerRow],
    entered: 0,
    unpaired: nothingUnpaired,
  }
  const { lines } = reportPart(rows, span, { tariffsMs: [], countedSeq: 0 })
  const shown = { kind: 'act', word, detail, laneId: 'exit', by: '赵六', reason: '试' }
  expect(lines).toMatchObject(word === null ? [] : [shown])
})
