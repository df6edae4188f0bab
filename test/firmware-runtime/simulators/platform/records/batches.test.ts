// Hourly batches (P20): their figures agree with each other, with their whole and finished hour, and with the records that
// the platform has; numbers that never came are named, so that they can be sent again.
import { describe, expect, it } from 'vitest'
import { stateOf } from '#simulators/platform/admin.ts'
import { hexOf } from '#base/pure/data/bytes.ts'
import { charge, chargePath, createRig, standInSm3, type Rig } from '../rig.ts'

const parkId = '450100001'
const digestOf = (numbers: readonly string[]): string =>
  hexOf(standInSm3(Uint8Array.from(Buffer.from(numbers.join('\n')))))

/** The batch of 13:00 to 14:00; the time of the rig is 14:30. */
const batch = (kind: string, numbers: readonly string[], change: object = {}) => ({
  batchNo: `${kind}${parkId}2026112013`,
  from: '2026-11-20T13:00:00.000+08:00',
  to: '2026-11-20T14:00:00.000+08:00',
  count: numbers.length,
  ...(kind === 'exit' ? { totalFee: 1200 * numbers.length } : {}),
  ...(numbers.length === 0 ? {} : { firstNo: numbers[0], lastNo: numbers.at(-1) }),
  digest: digestOf(numbers),
  numbers,
  revision: 0,
  ...change,
})
const put = (rig: Rig, kind: string, body: object, hour = '2026112013', lot = parkId) =>
  rig.send('PUT', `/v1/batches/${kind}/${lot}/${hour}`, body)

const stay = {
  enTime: '2026-11-20T12:00:00.000+08:00',
  exTime: '2026-11-20T13:30:00.000+08:00',
  transTime: '2026-11-20T13:30:00.000+08:00',
  parkDuration: 5400,
}
/** A lot with the charges T1 and T2 in that hour. */
function lot(): Rig {
  const rig = createRig()
  for (const outTradeNo of ['T1', 'T2'])
    expect(rig.send('POST', chargePath, charge({ ...stay, outTradeNo })).respCode).toBe('100000')
  return rig
}
const right = batch('exit', ['T1', 'T2'])
const { numbers: _, ...unlisted } = right

describe('an hour of exits', () => {
  it('is stored once, and a higher revision replaces it', () => {
    const rig = lot()
    expect(put(rig, 'exit', right).data).toEqual({
      batchNo: right.batchNo,
      revision: 0,
      count: 2,
      missing: [],
    })
    expect(put(rig, 'exit', right).respCode).toBe('100001')
    expect(put(rig, 'exit', { ...right, count: 3 }).respCode).toBe('300013')
    expect(put(rig, 'exit', { ...right, revision: 1 }).data).toMatchObject({ revision: 1 })
    expect(stateOf(rig.model)).toMatchObject({ batches: 2 })
  })

  it('without its numbers is the sum of the records of the platform', () => {
    expect(put(lot(), 'exit', unlisted).data).toMatchObject({ count: 2 })
  })

  it('names what never came, and what it does not list itself', () => {
    const answer = put(lot(), 'exit', batch('exit', ['T1', 'T3']))
    expect(answer.data).toMatchObject({ count: 1, missing: ['T3'], unlisted: ['T2'] })
  })

  it.each([
    ['200004', '/count', { count: 3 }],
    ['200004', '/totalFee', { totalFee: 2399 }],
    ['200010', '/totalFee', { totalFee: undefined }],
    ['200004', '/digest', { digest: 'A'.repeat(64) }],
    ['200004', '/firstNo', { firstNo: 'T2' }],
    ['200004', '/lastNo', { lastNo: undefined }],
    ['200004', '/numbers', { numbers: ['T2', 'T1'] }],
    ['200004', '/numbers', { numbers: ['T1', 'T1'] }],
    ['200004', '/from', { from: '2026-11-20T13:00:01.000+08:00' }],
    ['200004', '/to', { to: '2026-11-20T15:00:00.000+08:00' }],
    ['200004', '/batchNo', { batchNo: `exit${parkId}2026112012` }],
    ['200004', '/totalFee', batch('exit', ['T1', 'T3'], { totalFee: 1199 })],
  ])('%s %s for %j', (respCode, field, change) => {
    const { json } = put(lot(), 'exit', { ...right, ...change })
    expect(json).toMatchObject({ respCode, detail: { field } })
  })

  it.each([
    ['/count', { count: 3 }],
    ['/totalFee', { totalFee: 1 }],
    ['/digest', { digest: 'A'.repeat(64) }],
    ['/lastNo', { lastNo: 'T3' }],
  ])('300021 %s without numbers', (field, change) => {
    const { json } = put(lot(), 'exit', { ...unlisted, ...change })
    expect(json).toMatchObject({ respCode: '300021', detail: { field } })
  })

  it('counts a refused charge neither by itself nor in its sum', () => {
    const rig = lot()
    const expired = charge({ ...stay, outTradeNo: 'T0', cardExpire: '2020-01-01' })
    expect(rig.send('POST', chargePath, expired).respCode).toBe('300002')
    expect(put(rig, 'exit', unlisted).respCode).toBe('100000')
  })
})

describe('the hour', () => {
  const hourOf = (hour: string, from: string, to: string, numbers: readonly string[] = []) => ({
    ...batch('exit', numbers),
    batchNo: `exit${parkId}${hour}`,
    from: `2026-11-20T${from}.000+08:00`,
    to: `2026-11-20T${to}.000+08:00`,
  })

  it.each([
    ['100000', '2026112012', hourOf('2026112012', '12:00:00', '13:00:00')],
    ['200004', '2026112014', hourOf('2026112014', '14:00:00', '15:00:00')],
    ['200004', '2026112012', hourOf('2026112012', '12:00:00', '13:00:00', ['T1', 'T2'])],
    ['200004', '2026112024', hourOf('2026112024', '23:00:00', '23:59:59')],
    ['200004', '20261120', hourOf('20261120', '12:00:00', '13:00:00')],
  ])('%s for %s', (respCode, hour, body) => {
    expect(put(lot(), 'exit', body, hour).respCode).toBe(respCode)
  })

  it.each([
    ['13:55:00', 6900, '100000'],
    ['13:54:59', 6899, '200004'],
  ])('of a record of %s may be the next one, as clocks differ', (time, parkDuration, respCode) => {
    const rig = createRig()
    const exTime = `2026-11-20T${time}.000+08:00`
    const body = charge({ ...stay, exTime, transTime: exTime, parkDuration, outTradeNo: 'T1' })
    expect(rig.send('POST', chargePath, body).respCode).toBe('100000')
    const next = hourOf('2026112014', '14:00:00', '15:00:00', ['T1'])
    const laterMs = Date.parse('2026-11-20T15:05:00+08:00')
    const answer = rig.send('PUT', `/v1/batches/exit/${parkId}/2026112014`, next, { atMs: laterMs })
    expect(answer.respCode).toBe(respCode)
  })
})

describe('an hour of', () => {
  const where = {
    parkId,
    laneNo: 'entry',
    vehiclePlate: '测A12345',
    vehicleColor: 0,
    plateSource: 1,
  }
  const time = '2026-11-20T13:30:00.000+08:00'
  it('entries, plates in and plates out: each counts its own', () => {
    const rig = createRig()
    rig.send('POST', '/v1/records/entries', { ...where, entryNo: 'E1', enTime: time })
    for (const direction of [1, 2])
      rig.send('POST', '/v1/records/plates', {
        ...where,
        plateRecNo: `V${direction}`,
        direction,
        time,
      })
    for (const [kind, no] of [
      ['entry', 'E1'],
      ['entry-plate', 'V1'],
      ['exit-plate', 'V2'],
    ] as const) {
      const { numbers: _numbers, ...sum } = batch(kind, [no])
      expect(put(rig, kind, sum).data).toMatchObject({ count: 1 })
      expect(put(rig, kind, batch(kind, [no], { revision: 1 })).data).toMatchObject({ missing: [] })
    }
  })

  it.each([
    ['200004', 'photos', parkId],
    ['400009', 'exit', 'P9'],
    ['400004', 'exit', ''],
  ])('%s for %s of lot %j', (respCode, kind, who) => {
    const body = { ...batch(kind, []), batchNo: `${kind}${who}2026112013` }
    expect(put(createRig(), kind, body, '2026112013', who).respCode).toBe(respCode)
  })

  it('exits at an operator, whose records are no charges', () => {
    const rig = createRig({ role: 'operator' })
    rig.send('POST', '/v1/records/exits', charge({ ...stay, outTradeNo: 'T1' }))
    expect(put(rig, 'exit', batch('exit', ['T1'])).data).toMatchObject({ count: 1, missing: [] })
    expect(put(rig, 'exit', batch('exit', ['T1'], { totalFee: 1, revision: 1 })).respCode).toBe(
      '200004',
    )
  })
})
