// The progress of a refund: each answer that reports a step gives its row, and no other answer does.
// The queue queries until the platform has refunded or refused (8.3.2 f).
import { describe, expect, it } from 'vitest'
import { refundStepRow } from '#lane/pure/etc/late-charge.ts'
import type { OutboxState, RowDraft } from '#base/pure/rows/ledger-row.ts'

const receipt = (state: OutboxState, note: string | null = null): RowDraft => ({
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
    note,
  },
})
const refund = { op: 'refund', businessNo: 'n1-R7' }

describe('refundStepRow', () => {
  it.each([
    ['confirmed', 'success'],
    ['rejected', 'rejected'],
  ] as const)('%s is written as %s, for the refund and its stay', (state, end) => {
    expect(refundStepRow(refund, receipt(state))).toEqual({
      kind: 'refundState',
      atMs: 5,
      stayId: 'n1-S1',
      body: { refundId: 'n1-R7', state: end },
    })
  })

  it.each(['new', 'sending', 'unknown', 'held'] as const)('%s is no end', (state) => {
    expect(refundStepRow(refund, receipt(state))).toBeNull()
  })

  it.each(['pending', 'approved', 'abnormal'])('%s is a step that the platform said', (step) => {
    expect(refundStepRow(refund, receipt('unknown', step))).toMatchObject({
      body: { refundId: 'n1-R7', state: step },
    })
    expect(refundStepRow(refund, receipt('held', step))).toBeNull()
  })

  it('other uploads have no such row', () => {
    expect(refundStepRow({ ...refund, op: 'exitUpload' }, receipt('confirmed'))).toBeNull()
    expect(refundStepRow(undefined, receipt('confirmed'))).toBeNull()
  })
})
