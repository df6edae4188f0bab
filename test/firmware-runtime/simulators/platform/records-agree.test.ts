// A record must agree with what the platform knows: lots and lanes that signed in, earlier records of its number, charges
// and refunds that it names, the present time, and its own members. Each row is a record and the code that it must get.
import { describe, expect, it } from 'vitest'
import { stateOf, storePage } from '#simulators/platform/admin.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { charge, chargePath, createRig, nowMs, otherId, type Rig } from './rig.ts'
import {
  parkId,
  ahead,
  inTime,
  signIn,
  exception,
  refund,
  shift,
  application,
  feedback,
  entry,
  plate,
  beat,
  type paths,
  send,
} from './records.ts'

/** A lot with one charge, T1. */
function lot(): Rig {
  const rig = createRig()
  expect(send(rig, 'charge', charge({ outTradeNo: 'T1' }))).toBe('100000')
  return rig
}

/** A charge of a stay of so many days that ends with that of `charge`. */
const stayOf = (days: number, more: object = {}) =>
  charge({
    enTime: isoOf(Date.parse('2026-11-20T14:00:00.500+08:00') - days * 86_400_000),
    parkDuration: days * 86_400,
    ...more,
  })

type Row = readonly [keyof typeof paths, string, object]
const rows: readonly Row[] = [
  ['signIn', '100000', signIn()],
  ['signIn', '100000', signIn({ terminalTime: inTime })],
  ['signIn', '200004', signIn({ terminalTime: ahead })],
  ['charge', '200004', charge({ exTime: ahead })],
  ['charge', '200004', charge({ transTime: ahead })],
  ['charge', '200002', charge({ vehiclePlate: 'x' })],
  ['charge', '200005', charge({ vehiclePlate: '测A-12345' })],
  ['charge', '100000', charge({ vehiclePlate: '测A12345应急' })],
  ['charge', '200004', charge({ listVersion: '1' })],
  ['charge', '100000', charge({ listVersion: 'from-a-file' })],
  ['signIn', '100000', signIn({ terminalTime: isoOf(nowMs - 86_399_999) })],
  ['signIn', '200004', signIn({ terminalTime: isoOf(nowMs - 86_400_000) })],
  ['charge', '100000', stayOf(731)],
  ['charge', '200003', stayOf(732)],
  ['charge', '200003', stayOf(3 * 366)],
  ['charge', '200004', stayOf(3 * 366, { parkDuration: 7200 })],
  ['charge', '100000', charge({ payFee: 5_000_000, discountFee: 0, realFee: 5_000_000 })],
  ['charge', '200003', charge({ payFee: 5_000_001, discountFee: 0, realFee: 5_000_001 })],
  ['charge', '200003', charge({ payFee: 99_999_999, discountFee: 0, realFee: 99_999_999 })],
  ['charge', '200004', charge({ payFee: 0, discountFee: 0, realFee: 0 })],
  ['charge', '200004', charge({ payFee: 300, discountFee: 300, realFee: 0 })],
  ['charge', '100000', charge({ payFee: 300, discountFee: 300, realFee: 0, mode: 3 })],
  ['charge', '100000', charge({ transTime: '2026-11-20T13:55:00.500+08:00' })],
  ['charge', '200004', charge({ transTime: '2026-11-20T13:55:00.000+08:00' })],
  ['charge', '200004', charge({ transTime: '2026-11-20T12:30:00.000+08:00' })],
  ['charge', '400009', charge({ parkId: 'P9' })],
  ['charge', '400009', charge({ laneNo: 'exit-9' })],
  ['application', '100000', application()],
  ['application', '200004', application({ exTime: ahead })],
  ['application', '200004', application({ exTime: '2026-11-20T11:59:59.000+08:00' })],
  ['application', '200004', application({ mode: 3 })],
  ['application', '200004', application({ payFee: 0 })],
  ['application', '200003', application({ payFee: 99_999_999 })],
  ['application', '200004', application({ enTime: '2024-11-19T12:00:00.000+08:00' })],
  ['application', '100000', application({ enTime: '2024-11-20T14:00:00.500+08:00' })],
  ['application', '100000', application({ mode: 3, payFee: 0 })],
  ['application', '400009', application({ laneNo: 'exit-9' })],
  ['application', '200002', application({ vehiclePlate: 'x' })],
  ['exception', '100000', exception({ outTradeNo: 'T1', paidBy: 'cash', paidFee: 1200 })],
  ['exception', '100000', exception({ laneNo: 'exit-9' })],
  ['exception', '200010', exception({ vehiclePlate: undefined })],
  ['exception', '200010', exception({ vehiclePlate: undefined, exceptionType: 7 })],
  ['exception', '100000', exception({ vehiclePlate: undefined, outTradeNo: 'T1' })],
  ['exception', '100000', exception({ vehiclePlate: undefined, obuId: '6A81353E' })],
  ['exception', '100000', exception({ vehiclePlate: undefined, exceptionType: 12 })],
  ['exception', '100000', exception({ vehiclePlate: undefined, exceptionType: 1 })],
  ['exception', '200004', exception({ occurTime: ahead })],
  ['exception', '200010', exception({ paidFee: 1200 })],
  ['exception', '200010', exception({ paidBy: 'cash' })],
  ['exception', '200004', exception({ paidBy: 'cash', paidFee: 1, handling: 4 })],
  ['exception', '400009', exception({ parkId: 'P9' })],
  ['exception', '200004', exception({ parkId: 'OTHER', outTradeNo: 'T1' })],
  ['exception', '200002', exception({ vehiclePlate: 'x' })],
  ['refund', '100000', refund()],
  ['refund', '200004', refund({ approvedBy: ' 李 四 ' })],
  ['refund', '200004', refund({ operator: 'Anna', approvedBy: 'anna.' })],
  ['entry', '100000', entry()],
  ['entry', '200004', entry({ enTime: ahead })],
  ['entry', '400009', entry({ parkId: 'P9' })],
  ['plate', '100000', plate({ matchedTradeNo: 'T1' })],
  ['plate', '100000', plate({ matchedTradeNo: 'T2' })],
  ['plate', '200004', plate({ matchedTradeNo: 'T1', parkId: 'OTHER' })],
  ['plate', '200004', plate({ time: ahead })],
  ['exit', '100000', charge()],
  ['exit', '200004', charge({ payFee: 1 })],
  ['exit', '200004', charge({ exTime: ahead })],
  ['exit', '400009', charge({ parkId: 'P9' })],
  ['shift', '100000', shift()],
  ['shift', '200004', shift({ offTime: ahead })],
  ['shift', '200004', shift({ etcCount: 0 })],
  ['shift', '100000', shift({ onTime: isoOf(nowMs - 60_000 - 31 * 86_400_000) })],
  ['shift', '200004', shift({ onTime: isoOf(nowMs - 60_001 - 31 * 86_400_000) })],
  ['shift', '200004', shift({ onTime: isoOf(nowMs - 40 * 86_400_000) })],
  ['shift', '400009', shift({ parkId: 'P9' })],
  ['shift', '300012', shift({ planNo: 'N1' })],
  ['feedback', '100000', feedback()],
  ['feedback', '200004', feedback({ parkId: 'OTHER' })],
  ['feedback', '400009', feedback({ parkId: 'P9' })],
  ['feedback', '300012', feedback({ outTradeNo: 'T2' })],
  ['beat', '100000', beat({ psamValidUntil: ahead, listVersion: '0' })],
  ['beat', '200004', beat({ time: ahead })],
  ['beat', '200004', beat({ lastTimeSync: ahead })],
  ['beat', '200004', beat({ listVersion: '1' })],
  ['beat', '400009', beat({ parkId: 'P9' })],
  ['check', '200004', { kind: 1, no: '6A81353E' }],
  ['check', '200004', { kind: 2, no: '45010000000000000001' }],
]

it.each(rows)('%s is answered %s: %j', (what, respCode, body) => {
  expect(send(lot(), what, body)).toBe(respCode)
})

describe('a lane', () => {
  it('is known from its sign-in on, in its own channel, also after a restart', () => {
    const rig = createRig({ isNew: true })
    // What a lot kept before it joined comes before its antennas wake.
    expect(send(rig, 'charge', charge({ laneNo: 'entry' }))).toBe('100000')
    expect(send(rig, 'signIn', signIn())).toBe('100000')
    expect(send(rig, 'charge', charge())).toBe('100000')
    expect(send(rig.again(), 'charge', charge())).toBe('100000')
    expect(send(rig, 'charge', charge({ laneNo: 'entry' }))).toBe('400009')
    expect(send(rig, 'signIn', signIn({ laneNo: 'entry' }), otherId)).toBe('100000')
    expect(send(rig, 'charge', charge(), otherId)).toBe('400009')
  })

  it('is known by its number in books that do not have its lot', () => {
    const rig = createRig({ isNew: true })
    send(rig, 'signIn', signIn())
    const older = rig.rows.map((row) => {
      if (row.t !== 'act' || row.shown === undefined) return row
      const { parkId: _, ...shown } = row.shown
      return { ...row, shown }
    })
    const after = createRig({ isNew: true, rows: older })
    expect(send(after, 'charge', charge())).toBe('100000')
    expect(send(after, 'charge', charge({ laneNo: 'entry' }))).toBe('400009')
  })

  it('is not judged by a platform at which nobody signs in', () => {
    const rig = createRig({ isNew: true, role: 'operator' })
    expect(send(rig, 'exit', charge())).toBe('100000')
    expect(send(rig, 'entry', entry())).toBe('100000')
  })
})

it('a time may follow the business time of the channel or the clock', () => {
  const rig = createRig()
  const tomorrow = nowMs + 86_400_000
  rig.model.moveTime(86_400_000)
  expect(send(rig, 'entry', entry({ enTime: isoOf(tomorrow) }))).toBe('100000')
  expect(send(rig, 'entry', entry({ entryNo: 'E2', enTime: isoOf(nowMs) }))).toBe('100000')
  rig.model.moveTime(-86_400_000)
  expect(send(rig, 'entry', entry({ entryNo: 'E3', enTime: isoOf(nowMs) }))).toBe('100000')
})

it('a shift names a planned one, also of a plan that was replaced', () => {
  const rig = createRig()
  const plan = (shiftNo: string): void =>
    rig.model.record({ t: 'plan', parkId, day: '2026-11-20', shifts: [{ shiftNo }] })
  plan('N1')
  plan('N2')
  for (const [n, planNo] of ['N1', 'N2'].entries())
    expect(send(rig, 'shift', shift({ shiftNo: `G${n}`, planNo }))).toBe('100000')
  expect(send(rig, 'shift', shift({ shiftNo: 'G3', planNo: 'N3' }))).toBe('300012')
})

describe('a confirmation', () => {
  const confirm = (rig: Rig, result: string, more: object = {}) =>
    rig.send('POST', '/v1/etc/consumptions/C1/confirm', {
      outTradeNo: 'T9',
      realFee: result === 'DONE' ? 900 : 0,
      result,
      ...more,
    }).respCode
  const applied = (): Rig => {
    const rig = createRig()
    send(rig, 'application', application())
    return rig
  }

  it.each([
    ['done, again, and then cancelled', ['DONE', 'DONE', 'CANCELLED'], '100000 100001 300013'],
    ['cancelled, again, and then done', ['CANCELLED', 'CANCELLED', 'DONE'], '100000 100001 300032'],
  ])('%s', (_, results, codes) => {
    const rig = applied()
    expect(results.map((one) => confirm(rig, one)).join(' ')).toBe(codes)
    const charged = results[0] === 'DONE' ? 1 : 0
    expect(stateOf(rig.model)).toMatchObject({ records: charged, amountFen: charged * 900 })
  })

  it.each([
    ['200004', 'CANCELLED', { realFee: 1 }],
    ['200010', 'CANCELLED', { outTradeNo: undefined }],
    ['200003', 'DONE', { realFee: 1201 }],
  ])('%s for %s %j, and the application stays open', (respCode, result, more) => {
    const rig = applied()
    expect(confirm(rig, result, more)).toBe(respCode)
    expect(confirm(rig, 'DONE')).toBe('100000')
  })

  it('a late application is cancelled, and a refused one is over', () => {
    const rig = applied()
    rig.model.setPolicy({ consumptionSec: -1 })
    send(rig, 'application', application({ consumptionNo: 'C2' }))
    const path = (no: string): string => `/v1/etc/consumptions/${no}/confirm`
    const body = { outTradeNo: 'T9', realFee: 0, result: 'CANCELLED' }
    expect(rig.send('POST', path('C2'), body).respCode).toBe('100000')
    rig.model.setPolicy({ largeFeeFen: 1 })
    send(rig, 'application', application({ consumptionNo: 'C3' }))
    expect(rig.send('POST', path('C3'), body).respCode).toBe('300032')
  })

  it('the number of a charge is not cancelled by another application', () => {
    const rig = lot()
    send(rig, 'application', application())
    expect(confirm(rig, 'CANCELLED', { outTradeNo: 'T1' })).toBe('300013')
  })
})

describe('feedback that ends by a refund', () => {
  const end = (rig: Rig, outRefundNo: string, key: string) =>
    rig.send(
      'PUT',
      '/v1/feedback/F1',
      { feedbackNo: 'F1', state: 'REFUNDED', answer: 'paid back', outRefundNo },
      { headers: { 'idempotency-key': key } },
    ).respCode

  it('names one of its own charge that was not turned down', () => {
    const rig = lot()
    send(rig, 'charge', charge({ outTradeNo: 'T2' }))
    send(rig, 'feedback', feedback())
    expect(end(rig, 'R1', 'a')).toBe('300012')
    rig.model.setPolicy({ refunds: 'REJECTED' })
    send(rig, 'refund', refund())
    expect(end(rig, 'R1', 'b')).toBe('300012')
    rig.model.setPolicy({ refunds: 'PENDING_REVIEW' })
    send(rig, 'refund', refund({ outRefundNo: 'R2', outTradeNo: 'T2' }))
    expect(end(rig, 'R2', 'c')).toBe('300012')
    send(rig, 'refund', refund({ outRefundNo: 'R3' }))
    expect(end(rig, 'R3', 'd')).toBe('100000')
  })

  it('is not judged by a platform without refunds', () => {
    const rig = createRig({ role: 'operator' })
    send(rig, 'exit', charge({ outTradeNo: 'T1' }))
    expect(send(rig, 'feedback', feedback())).toBe('100000')
    expect(end(rig, 'R1', 'a')).toBe('100000')
  })
})

it('an exception is shown with its charge, or without one until it arrives', () => {
  const rig = createRig()
  const matched = () => {
    const query = new URLSearchParams({ kind: 'exceptions' })
    const { rows: found } = storePage(rig.model.state, { after: 0, limit: 9, query })
    return (found as readonly { matched: unknown }[]).map((one) => one.matched)
  }
  send(rig, 'exception', exception())
  send(rig, 'exception', exception({ exceptionNo: 'X2', outTradeNo: 'T1' }))
  expect(matched()).toEqual([null, false])
  send(rig, 'charge', charge({ outTradeNo: 'T1' }))
  expect(matched()).toEqual([null, true])
})

it('what a card said under one number, it said once', () => {
  const rig = createRig()
  const psamNo = '45010000000000000001'
  const asked = signIn({ psamNo, terminalNo: '373737373737', random: '0011223344556677' })
  rig.send('POST', '/v1/psam/authorize', asked)
  const told = (result: number, sw1sw2: string): string =>
    rig.send('POST', '/v1/psam/authorize/confirm', { listNo: 'L1', psamNo, result, sw1sw2 })
      .respCode
  expect([told(0, '9000'), told(0, '9000'), told(1, '6982')]).toEqual([
    '100000',
    '100000',
    '300013',
  ])
})

it.each(['/v1/feedback?after=0', '/v1/shifts?date=2026-11-20', '/v1/configuration'])(
  '200010 for %s, which names no lot',
  (path) => {
    expect(createRig().send('GET', path).respCode).toBe('200010')
  },
)

it('the sums of one channel are its own', () => {
  const rig = lot()
  const own = charge({ outTradeNo: 'T1', realFee: 500, payFee: 800 })
  send(rig, 'charge', own, otherId)
  send(rig, 'charge', own, otherId)
  send(rig, 'charge', charge({ mode: 9 }), otherId)
  rig.send('POST', chargePath, own, { appId: otherId, signer: 'x' })
  send(rig, 'beat', beat(), otherId)
  expect(stateOf(rig.model, rig.appId)).toMatchObject({
    records: 1,
    amountFen: 1200,
    duplicates: 0,
    rejected: 0,
    heartbeats: 0,
    signatureFailures: 0,
  })
  expect(stateOf(rig.model, otherId)).toMatchObject({
    records: 1,
    amountFen: 500,
    duplicates: 1,
    rejected: 1,
    heartbeats: 1,
    rejectedByCode: { '200004': 1 },
    signatureFailures: 1,
  })
  expect(stateOf(rig.model)).toMatchObject({
    records: 2,
    amountFen: 1700,
    duplicates: 1,
    rejected: 1,
    heartbeats: 1,
    signatureFailures: 1,
  })
})
