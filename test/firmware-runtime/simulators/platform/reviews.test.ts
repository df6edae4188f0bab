// What the platform's staff see and do for one channel: its bill beside the reported charges, and the review of its
// refunds. Each difference that an admin can make is found by its kind, and only a named person with a reason decides,
// once.
import { describe, expect, test } from 'vitest'
import { billFaults } from '#simulators/platform/records/bill-faults.ts'
import { reviewRoutes } from '#simulators/platform/reviews.ts'
import { issuerRoutes } from '#simulators/platform/records/issuer.ts'
import { platformRoutes } from '#simulators/platform/admin.ts'
import { appId, charge, chargePath, createRig, nowMs, otherId, type Rig } from './rig.ts'

const date = '2026-11-20'

function desk(rig: Rig) {
  const settled = (): Promise<void> => Promise.resolve()
  const model = () => rig.model
  const plan = { model, appId, settled, nowMs: () => nowMs }
  const routes = {
    ...platformRoutes(model, appId, settled),
    ...issuerRoutes(plan),
    ...reviewRoutes(plan),
  }
  return async (name: string, body?: unknown, query = ''): Promise<unknown> =>
    routes[name]?.({ id: '', query: new URLSearchParams(query), key: '', body })
}

/** Two charges of 12.00 of a channel, one of them with a refund of 5.00. */
function scene(whom: string, policy: object = {}) {
  const rig = createRig()
  rig.model.setPolicy({ bills: 'atOnce', ...policy }, whom)
  for (const outTradeNo of ['ONE', 'TWO'])
    rig.send('POST', chargePath, charge({ outTradeNo }), { appId: whom })
  const refund = {
    outRefundNo: 'R1',
    outTradeNo: 'ONE',
    refundFee: 500,
    totalFee: 1200,
    reason: 'test',
    operator: 'test',
    approvedBy: 'other',
  }
  rig.send('POST', '/v1/etc/refunds', refund, { appId: whom })
  return { rig, ask: desk(rig) }
}

describe('a bill beside what its channel was told', () => {
  test('agrees where nothing is wrong, and has nothing of another channel', async () => {
    const { ask } = scene(otherId)
    expect(await ask('GET /reconciliation', undefined, `date=${date}&appId=${otherId}`)).toEqual({
      appId: otherId,
      date,
      billCount: 2,
      billFen: 1900,
      channelCount: 2,
      channelFen: 1900,
      hours: { batches: 0, said: 0, missing: 0 },
      agrees: true,
      differences: [],
    })
    expect(await ask('GET /reconciliation', undefined, `date=${date}`)).toMatchObject({
      appId,
      billCount: 0,
      channelCount: 0,
    })
  })

  const kinds: Readonly<Record<string, string>> = {
    drop: 'onlyChannel',
    foreign: 'onlyBill',
    fee: 'fee',
    refund: 'refund',
    noRefund: 'refund',
    twice: 'twice',
  }
  test.each(billFaults.filter((one) => kinds[one] !== undefined))('%s is found', async (what) => {
    const outTradeNo = what === 'foreign' ? 'NOBODY' : 'ONE'
    const { ask } = scene(otherId, { billFaults: [{ do: what, outTradeNo }] })
    const query = `date=${date}&appId=${otherId}`
    expect(await ask('GET /reconciliation', undefined, query)).toMatchObject({
      agrees: false,
      differences: [{ outTradeNo, kind: kinds[what] }],
    })
  })
})

describe('the review of a refund', () => {
  const said = { appId: otherId, outRefundNo: 'R1', by: '李工', reason: '金额属实' }

  test.each([
    ['approve', 'SUCCESS', 500],
    ['reject', 'REJECTED', 0],
  ])('%s makes it %s', async (verdict, status, refundedFee) => {
    const { rig, ask } = scene(otherId, { refunds: 'PENDING_REVIEW' })
    expect(await ask('GET /refund-reviews')).toMatchObject({
      refunds: [{ appId: otherId, outRefundNo: 'R1', status: 'PENDING_REVIEW' }],
    })
    await ask('POST /refund-reviews', { ...said, verdict })
    const progress = rig.send('GET', '/v1/etc/refunds/R1', undefined, { appId: otherId })
    expect(progress.data['status']).toBe(status)
    const result = rig.send('GET', `${chargePath}/ONE`, undefined, { appId: otherId })
    expect(result.data).toMatchObject({ refundedFee })
    expect(await desk(rig.again())('GET /refund-reviews')).toMatchObject({
      refunds: [{ status, by: '李工', reason: '金额属实' }],
    })
    await expect(ask('POST /refund-reviews', { ...said, verdict })).rejects.toMatchObject({
      code: 'ARG-01',
      detail: { field: '/outRefundNo' },
    })
  })

  test.each([
    [{ by: ' ' }, '/by'],
    [{ reason: undefined }, '/reason'],
    [{ verdict: 'perhaps' }, '/verdict'],
    [{ appId }, '/outRefundNo'],
    [{ outRefundNo: 'R2' }, '/outRefundNo'],
  ])('%j is refused and changes nothing', async (change, field) => {
    const { rig, ask } = scene(otherId, { refunds: 'PENDING_REVIEW' })
    const rows = rig.rows.length
    const whole = { ...said, verdict: 'approve', ...change }
    await expect(ask('POST /refund-reviews', whole)).rejects.toMatchObject({
      code: 'ARG-01',
      detail: { field },
    })
    expect(rig.rows).toHaveLength(rows)
  })
})

test('an admin settles, feeds back and books for the channel that it names, and for no other', async () => {
  const { rig, ask } = scene(otherId, { charges: 'PROCESSING' })
  await expect(
    ask('POST /charges', { outTradeNo: 'ONE', status: 'SUCCESS' }),
  ).rejects.toMatchObject({ detail: { field: '/outTradeNo' } })
  await ask('POST /charges', { appId: otherId, outTradeNo: 'ONE', status: 'SUCCESS' })
  const own = `date=${date}&appId=${otherId}`
  expect(await ask('GET /bookings', undefined, own)).toMatchObject({ charges: 2, agrees: true })
  expect(await ask('GET /bookings', undefined, `date=${date}&appId=${appId}`)).toMatchObject({
    charges: 0,
  })
  await ask('POST /bookings', { appId: otherId, outTradeNo: 'TWO', fen: 1 })
  expect(await ask('GET /bookings', undefined, own)).toMatchObject({
    differences: [{ outTradeNo: 'TWO', kind: 'bookedOnly', bookedFen: 1 }],
  })
  await ask('POST /feedback', { appId: otherId, text: 'A' })
  const messages = (whom: string) =>
    rig.send('GET', '/v1/feedback?parkId=P1', undefined, { appId: whom }).data['messages']
  expect([messages(appId), messages(otherId)]).toEqual([[], [{ seq: 1, text: 'A' }]])
})
