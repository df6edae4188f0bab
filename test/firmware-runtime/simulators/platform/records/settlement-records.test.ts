// Settlement records: a restart folds the rows to exactly the state before it.
// The tests compare one run of the platform that contains every kind of event.
import { expect, test } from 'vitest'
import {
  applyRow,
  emptyState,
  forgetNonces,
  isSettlementRow,
} from '#simulators/platform/records/settlement-records.ts'
import { balanceOf } from '#simulators/platform/records/by-application.ts'
import { storePage, stateOf } from '#simulators/platform/admin.ts'
import { nonceKeepMs } from '#simulators/platform/envelope.ts'
import { cardCharge, charge, chargePath, createRig } from '../rig.ts'

/** One run of the platform with every kind of event. */
function life() {
  const rig = createRig()
  const cardNo = '45010000000000007777'
  rig.model.record({ t: 'account', cardNo, balanceFen: 3000 })
  rig.model.record({ t: 'psam', psamNo: '45010000000000000001', status: 2 })
  rig.model.record({ t: 'listed', cardNo: '45010000000000006666', listed: true, fromMs: 0 })
  const paid = charge({ etcCardId: cardNo })
  for (const body of [
    paid,
    paid,
    { ...paid, realFee: 1, discountFee: 1499 },
    charge({ etcCardId: cardNo }),
    charge({ etcCardId: cardNo }),
    charge({ etcCardId: '45010000000000006666' }),
    charge({ entryNo: undefined }),
    cardCharge(),
    cardCharge({ tac: '00000000' }),
    charge({ vehicleColor: 99 }),
  ]) {
    rig.send('POST', chargePath, body)
  }
  rig.model.setPolicy({ charges: 'PROCESSING' })
  const later = charge({ etcCardId: cardNo, realFee: 600, discountFee: 900 })
  rig.send('POST', chargePath, later)
  const no = String(later['outTradeNo'])
  const settled = { t: 'status', kind: 'exit-charges', appId: 'RIG1', no } as const
  rig.model.record({ ...settled, status: 'SUCCESS' })
  rig.send('POST', '/v1/etc/refunds', {
    outRefundNo: 'R1',
    outTradeNo: no,
    refundFee: 200,
    totalFee: 600,
    reason: 'test',
    operator: 'test',
    approvedBy: 'other',
  })
  rig.send('POST', chargePath, charge(), { signer: 'nobody' })
  rig.model.setPolicy({ charges: 'SUCCESS' })
  return { rig, cardNo }
}

test('state after a restart equals the state before it, row by row through JSON', () => {
  const { rig, cardNo } = life()
  const state = emptyState()
  for (const row of rig.rows) {
    const read: unknown = JSON.parse(JSON.stringify(row))
    expect(isSettlementRow(read)).toBe(true)
    if (isSettlementRow(read)) applyRow(state, read)
  }
  expect(JSON.parse(JSON.stringify(dump(state)))).toEqual(
    JSON.parse(JSON.stringify(dump(rig.model.state))),
  )
  expect(stateOf(rig.again().model)).toEqual(stateOf(rig.model))
  // 3000 - 1200 - 1200 - 600 + 200; the third charge of 1200 was refused for lack of balance.
  expect(balanceOf(rig.model.state.accounts, rig.appId, cardNo)).toBe(200)
  expect(stateOf(rig.model)).toMatchObject({
    records: 5,
    amountFen: 4 * 1200 + 600,
    duplicates: 1,
    conflicts: 1,
    formatRejected: 1,
    businessRejected: 3,
    signatureFailures: 1,
    refundedFen: 200,
  })
})

const dump = (state: ReturnType<typeof emptyState>): unknown =>
  Object.entries(state).map(([name, value]) => [
    name,
    value instanceof Map
      ? [...value].map(([key, inner]) => [key, inner instanceof Map ? [...inner] : inner])
      : value,
  ])

test('records are read in pages without a gap or a repeat', () => {
  const { rig } = life()
  const read = (after: number) =>
    storePage(rig.model.state, { after, limit: 2, query: new URLSearchParams() })
  const seen: unknown[] = []
  for (let after: unknown = 0; typeof after === 'number'; after = read(after)['next']) {
    const { rows } = read(after)
    if (Array.isArray(rows)) seen.push(...rows)
  }
  const whole = { after: 0, limit: 100, query: new URLSearchParams({ kind: 'exit-charges' }) }
  expect(seen).toEqual(storePage(rig.model.state, whole)['rows'])
  expect(seen).toHaveLength(5)
})

test('nonces are forgotten after their time and not before', () => {
  const state = emptyState()
  for (const atMs of [0, 1000, 2000]) {
    applyRow(state, { t: 'nonce', appId: 'A', nonce: `N${atMs}`, atMs })
  }
  forgetNonces(state, nonceKeepMs)
  expect(state.nonces.size).toBe(3)
  forgetNonces(state, nonceKeepMs + 1001)
  expect([...state.nonces.keys()]).toEqual(['A/N2000'])
})

test.each([[null], [7], ['act'], [{}], [{ t: 'nope' }], [{ t: 7 }]])(
  'a line that is no row of these records: %o',
  (row) => {
    expect(isSettlementRow(row)).toBe(false)
  },
)
