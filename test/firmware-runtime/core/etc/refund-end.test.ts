// How a refund ends: the row that goes with the receipt of its upload, and only then.
// The progress before that is the queue's: it asks until the platform has paid back (8.3.2 f).
import { describe, expect, it } from 'vitest'
import { refundEndRow } from '../../../../firmware-runtime/core/etc/late-charge.ts'
import type { OutboxState, RowDraft } from '../../../../firmware-runtime/core/values/ledger-row.ts'

const receipt = (state: OutboxState): RowDraft => ({
  kind: 'outboxState',
  atMs: 5,
  stayId: 'n1-S1',
  body: {
    outboxId: 'n1-U2',
    state,
    attempt: 1,
    httpStatus: 200,
    respCode: '100000',
    requestId: null,
    tradeNo: null,
    note: null,
  },
})
const refund = { op: 'refund', businessNo: 'n1-R7' }

describe('refundEndRow', () => {
  it.each([
    ['confirmed', 'success'],
    ['rejected', 'rejected'],
  ] as const)('%s is written as %s, for the refund and its stay', (state, end) => {
    expect(refundEndRow(refund, receipt(state))).toEqual({
      kind: 'refundState',
      atMs: 5,
      stayId: 'n1-S1',
      body: { refundId: 'n1-R7', state: end },
    })
  })

  it.each(['new', 'sending', 'unknown', 'held'] as const)('%s is no end', (state) => {
    expect(refundEndRow(refund, receipt(state))).toBeNull()
  })

  it('other uploads have no such row', () => {
    expect(refundEndRow({ ...refund, op: 'exitUpload' }, receipt('confirmed'))).toBeNull()
    expect(refundEndRow(undefined, receipt('confirmed'))).toBeNull()
  })
})
