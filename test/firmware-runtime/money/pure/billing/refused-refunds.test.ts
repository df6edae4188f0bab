// A refund that was refused is none: it ends no feedback, and it uses up nothing of what one person may give back.
// Rows of refunds by the platform and by the gateway, in every order that a day writes them.
import { expect, it } from 'vitest'
import { refundFor } from '#money/pure/billing/feedback-refunds.ts'
import { aloneBackFen } from '#money/pure/billing/person-refund.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'

const row = (kind: string, body: object, amountFen?: number): LedgerRow =>
  ({ kind, body, amountFen }) as unknown as LedgerRow
const asked = (refundId: string, fen: number): LedgerRow =>
  row('refund', { refundId, byPeople: true, approvedBy: null }, fen)
const is = (refundId: string, state: string): LedgerRow => row('refundState', { refundId, state })
const byCode = (refundNo: string, amountFen: number): LedgerRow =>
  row('pay', { row: 'refund', why: 'person', approvedBy: null, refundNo, amountFen })
const refused = (refundNo: string): LedgerRow => row('pay', { row: 'refundRefused', refundNo })

it.each([
  ['none', [], null, 0],
  ['one under way', [asked('R1', 300), is('R1', 'pending')], null, 300],
  ['one done', [asked('R1', 300), is('R1', 'success')], 'R1', 300],
  [
    'refused, asked again and done',
    [asked('R1', 300), is('R1', 'rejected'), asked('R2', 200), is('R2', 'success')],
    'R2',
    200,
  ],
  ['one refused by the platform', [asked('R1', 300), is('R1', 'rejected')], null, 0],
  ['one refused by the gateway', [byCode('P1', 300), refused('P1')], null, 0],
  ['refused, asked again', [asked('R1', 300), is('R1', 'rejected'), asked('R2', 200)], null, 200],
  [
    'done, a second one refused',
    [asked('R1', 300), is('R1', 'success'), asked('R2', 200), is('R2', 'rejected')],
    'R1',
    300,
  ],
  [
    'one by each, both refused',
    [asked('R1', 1), byCode('P1', 2), refused('P1'), is('R1', 'rejected')],
    null,
    0,
  ],
] as const)('%s', (_, rows, no, fen) => {
  const seen = rows.map((one, at) => ({ ...one, seq: at + 2, atMs: at + 2 }))
  const found = refundFor(seen, { seq: 1, atMs: null }, new Set())
  expect(['no' in found ? found.no : null, aloneBackFen(rows)]).toEqual([no, fen])
})
