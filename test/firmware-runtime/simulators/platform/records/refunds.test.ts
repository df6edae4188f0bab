// Refunds: only of a charge that succeeded, never more than it took, one effect per number.
// The sums are read from the records, not from the answers alone.
import { describe, expect, test } from 'vitest'
import { balanceOf } from '#simulators/platform/records/by-application.ts'
import { storePage, stateOf } from '#simulators/platform/admin.ts'
import { charge, chargePath, createRig, type Rig } from '../rig.ts'

const path = '/v1/etc/refunds'
const refund = (outTradeNo: string, change: Record<string, unknown> = {}) => ({
  outRefundNo: 'R1',
  outTradeNo,
  refundFee: 1200,
  totalFee: 1200,
  reason: 'paid twice',
  operator: 'lane',
  approvedBy: 'TEST owner',
  ...change,
})

function charged(rig: Rig, change: Record<string, unknown> = {}): string {
  const body = charge(change)
  rig.send('POST', chargePath, body)
  return String(body['outTradeNo'])
}

describe('a refund', () => {
  test('gives the money back once, however often it is asked for', () => {
    const rig = createRig()
    const body = charge()
    const cardNo = String(body['etcCardId'])
    rig.model.record({ t: 'account', cardNo, balanceFen: 1200 })
    rig.send('POST', chargePath, body)
    const no = String(body['outTradeNo'])
    const first = rig.send('POST', path, refund(no))
    expect(first.data).toMatchObject({ outRefundNo: 'R1', refundFee: 1200, status: 'SUCCESS' })
    const again = rig.send('POST', path, refund(no))
    expect([again.respCode, again.headers['idempotent-replayed']]).toEqual(['100001', 'true'])
    expect(balanceOf(rig.model.state.accounts, rig.appId, cardNo)).toBe(1200)
    expect(rig.send('GET', `${chargePath}/${no}`).data).toMatchObject({
      status: 'REFUNDED',
      refundedFee: 1200,
    })
    expect(rig.send('GET', `${path}/R1`).data).toMatchObject({ status: 'SUCCESS' })
    expect(stateOf(rig.model)).toMatchObject({ refunds: 1, refundedFen: 1200, amountFen: 1200 })
    const query = new URLSearchParams({ kind: 'refunds' })
    expect(storePage(rig.model.state, { after: 0, limit: 10, query })).toMatchObject({
      count: 1,
      totalFen: 1200,
      rows: [{ outRefundNo: 'R1', outTradeNo: no, requests: 2 }],
    })
  })

  test('in parts, never above what is left; a refused part stores nothing', () => {
    const rig = createRig()
    const no = charged(rig)
    const part = (outRefundNo: string, refundFee: number) =>
      rig.send('POST', path, refund(no, { outRefundNo, refundFee })).respCode
    expect(part('A', 700)).toBe('100000')
    expect(part('B', 501)).toBe('300031')
    expect(rig.send('GET', `${path}/B`).respCode).toBe('300012')
    expect(part('B', 500)).toBe('100000')
    expect(part('C', 1)).toBe('300031')
    expect(rig.again().send('GET', `${chargePath}/${no}`).data).toMatchObject({ refundedFee: 1200 })
  })

  test('one under review holds its part, a rejected one frees it', () => {
    const rig = createRig()
    rig.model.setPolicy({ refunds: 'PENDING_REVIEW' })
    const no = charged(rig)
    expect(rig.send('POST', path, refund(no)).data['status']).toBe('PENDING_REVIEW')
    const second = refund(no, { outRefundNo: 'R2' })
    expect(rig.send('POST', path, second).respCode).toBe('300031')
    expect(rig.send('GET', `${chargePath}/${no}`).data['refundedFee']).toBe(0)
    const status = { t: 'status', kind: 'refunds', appId: 'RIG1' } as const
    rig.model.record({ ...status, no: 'R1', status: 'ABNORMAL' })
    const third = refund(no, { outRefundNo: 'R3' })
    expect(rig.send('POST', path, third).respCode).toBe('300031')
    rig.model.record({ ...status, no: 'R1', status: 'REJECTED' })
    expect(rig.send('POST', path, second).respCode).toBe('100000')
    rig.model.record({ ...status, no: 'R2', status: 'SUCCESS' })
    rig.model.record({ ...status, no: 'R2', status: 'SUCCESS' })
    expect(rig.send('GET', `${chargePath}/${no}`).data['refundedFee']).toBe(1200)
  })

  test('is refused while the charge is not SUCCESS', () => {
    const rig = createRig()
    rig.model.setPolicy({ charges: 'PROCESSING' })
    const waiting = charged(rig)
    expect(rig.send('POST', path, refund(waiting)).respCode).toBe('300030')
    const failed = charged(rig, { cardExpire: '2020-01-01' })
    expect(rig.send('POST', path, refund(failed)).respCode).toBe('300030')
    const unknown = rig.send('POST', path, refund('NOPE'))
    expect([unknown.status, unknown.respCode]).toEqual([404, '300012'])
    expect(stateOf(rig.model)).toMatchObject({ refunds: 0, refundedFen: 0 })
  })

  test.each([
    ['200010', { approvedBy: undefined }],
    ['200002', { approvedBy: '' }],
    ['200003', { refundFee: 0 }],
    ['200003', { refundFee: -5 }],
    ['200001', { refundFee: 1.5 }],
    ['200004', { totalFee: 1300 }],
    ['200005', { outRefundNo: 'R 1' }],
    ['300031', { refundFee: 1201 }],
  ])('%s for %o', (respCode, change) => {
    const rig = createRig()
    const no = charged(rig)
    expect(rig.send('POST', path, refund(no, change)).respCode).toBe(respCode)
  })

  test('another content under its number is a conflict', () => {
    const rig = createRig()
    const no = charged(rig)
    rig.send('POST', path, refund(no))
    expect(rig.send('POST', path, refund(no, { reason: 'other' })).respCode).toBe('300013')
    expect(stateOf(rig.model)).toMatchObject({ refundedFen: 1200 })
  })
})
