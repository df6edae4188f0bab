// A charge settled when no lane waits for it, and what a restart makes of pending charges.
// Exactly one refund, and only where the driver paid by other means.
import { describe, expect, it } from 'vitest'
import { lateChargeRows, restartRows, type WrittenLateCharge } from '#lane/pure/etc/late-charge.ts'
import { emptyLot, foldRow } from '#ledger/pure/lot/lot.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import { frozen } from '../frozen.ts'
import { Rows } from '../lot/row-kit.ts'
import { violationsOf } from '../lot/violations.ts'

const late: WrittenLateCharge = {
  deductionId: 'n-O1.D1',
  result: 'paid',
  source: 'platform',
  reason: 'paid',
  receipt: null,
}

function book(rows: Rows, over: Partial<WrittenLateCharge> = {}): readonly RowDraft[] {
  const lot = emptyLot()
  for (const row of rows.all) foldRow(lot, row)
  const env = { nowMs: rows.atMs, lotId: 'GX1', nodeId: 'n', lastId: lot.lastId, hasPlatform: true }
  const made = lateChargeRows(lot, { ...late, ...over }, env)
  const drafts = made.rows.map((row) => (row.kind === 'freeze' ? frozen(row) : row))
  for (const draft of drafts) {
    const row = { ...draft, nodeId: 'n', seq: rows.all.length + 1, prevHash: '', hash: '' }
    rows.all.push(row)
    foldRow(lot, row)
  }
  return drafts
}
const kinds = (drafts: readonly RowDraft[]): string[] => drafts.map((d) => d.kind)
const unknownRows = (): Rows => new Rows().stay(1).order(1).intent(1).outcome(1, 'unknown')

describe('a late success', () => {
  it.each([
    ['while the car is inside', unknownRows()],
    ['after it left', unknownRows().pass(1, 'later').closed(1, 'later')],
  ])('is booked once: %s', (_name, rows) => {
    expect(kinds(book(rows))).toEqual(['outcome', 'payment'])
    expect(book(rows)).toEqual([])
  })
  it.each([
    ['in cash', unknownRows().pay(1, 'cash')],
    ['in cash, and gone', unknownRows().pay(1, 'cash').pass(1, 'other', 'anna').closed(1, 'other')],
    ['waived', unknownRows().pay(1, 'waived', 0)],
    ['for less', unknownRows().pay(1, 'cash', 100)],
  ])('is refunded exactly once where the driver paid otherwise: %s', (_name, rows) => {
    const drafts = book(rows)
    expect(kinds(drafts)).toEqual(['outcome', 'payment', 'refund', 'outbox'])
    expect(drafts[2]).toMatchObject({ amountFen: 500, body: { outTradeNo: 'P11' } })
    expect(book(rows)).toEqual([])
    expect(violationsOf(rows.all)).toEqual([])
  })
  it('of a card without a TAC is given back by people: the platform never had it', () => {
    const card = (): Rows => new Rows().stay(1).order(1).intent(1, 'card').armed(1)
    const noTac = { source: 'person', followUp: [] } as const
    const drafts = book(card().outcome(1, 'unknown').pay(1, 'cash'), noTac)
    expect(kinds(drafts)).toEqual(['outcome', 'payment', 'refund'])
    const upload: RowDraft = {
      kind: 'outbox',
      atMs: 0,
      body: {
        outboxId: 'n-U9',
        destination: 'platform',
        op: 'exitUpload',
        businessNo: 'P11',
        body: '{}',
        bodySm3: '',
      },
    }
    const bookedRows = book(card().outcome(1, 'unknown').pay(1, 'cash'), { followUp: [upload] })
    expect(kinds(bookedRows)).toEqual(['outcome', 'payment', 'outbox', 'refund', 'outbox'])
  })
  it('writes the receipt with it, and alone when the deduction is settled already', () => {
    const state = { httpStatus: 200, respCode: null, requestId: null, tradeNo: null, note: null }
    const receipt: RowDraft = {
      kind: 'outboxState',
      atMs: 0,
      body: { outboxId: 'U', state: 'confirmed', attempt: 1, ...state },
    }
    const rows = unknownRows()
    expect(kinds(book(rows, { receipt }))).toEqual(['outcome', 'payment', 'outboxState'])
    expect(kinds(book(rows, { receipt }))).toEqual(['outboxState'])
  })
})

it('a late refusal is one row, and refunds nothing', () => {
  expect(kinds(book(unknownRows().pay(1, 'cash'), { result: 'refused' }))).toEqual(['outcome'])
})

describe('a restart (CP2 to CP4)', () => {
  const after = (rows: Rows, posted: boolean): unknown[] => {
    const lot = emptyLot()
    for (const row of rows.all) foldRow(lot, row)
    return restartRows(lot, rows.atMs, () => posted).map((r) =>
      r.kind === 'outcome' ? [r.body.state, r.body.reason, r.body.cardNo] : r.kind,
    )
  }
  const online = (): Rows => new Rows().stay(1).order(1).intent(1)
  const card = (): Rows => new Rows().stay(1).order(1).intent(1, 'card')
  it.each([
    ['online, written down for sending', online(), true, [['unknown', 'restart', 'card1']]],
    ['online, never written for sending', online(), false, [['refused', 'neverSent', 'card1']]],
    ['card, not armed: C6 never left', card(), false, [['refused', 'neverSent', 'card1']]],
    ['card, armed: C6 may have left', card().armed(1), false, [['unknown', 'restart', 'card1']]],
    ['unknown already', online().outcome(1, 'unknown'), true, []],
    ['settled', online().outcome(1, 'paid').pay(1), true, []],
  ] as const)('%s', (_name, rows, posted, expected) => {
    expect(after(rows, posted)).toEqual(expected)
  })
})
