// Exceptions, heartbeats, hourly batches and the published certificates.
// They move no money; each is counted or stored once.
import { describe, expect, test } from 'vitest'
import { storePage, stateOf } from '#simulators/platform/admin.ts'
import { createRig } from '../rig.ts'

const exception = (change: Record<string, unknown> = {}) => ({
  exceptionNo: 'X1',
  parkId: '450100001',
  laneNo: 'exit',
  occurTime: '2026-11-20T14:00:00.000+08:00',
  exceptionType: 14,
  vehiclePlate: '测A12345',
  handling: 1,
  paidBy: 'cash',
  paidFee: 1200,
  ...change,
})

const endedShift = {
  shiftNo: 'G7',
  parkId: '450100001',
  staffId: '李四',
  onTime: '2026-11-20T08:00:00+08:00',
  offTime: '2026-11-20T14:00:00+08:00',
  cashFee: 0,
  etcCount: 1,
  etcFee: 1200,
}

describe('shifts that ended', () => {
  test('are stored once under their number, by PUT and by the POST of before', () => {
    const rig = createRig()
    expect(rig.send('PUT', '/v1/shifts/G7', endedShift).respCode).toBe('100000')
    expect(rig.send('POST', '/v1/shifts', endedShift).respCode).toBe('100001')
    expect(rig.send('PUT', '/v1/shifts/G8', endedShift).respCode).toBe('200004')
  })

  test('are refused where they name a person in clear', () => {
    const named = { ...endedShift, staffName: '李四' }
    expect(createRig().send('PUT', '/v1/shifts/G7', named).respCode).toBe('200012')
  })
})

describe('exceptions', () => {
  test('are stored once', () => {
    const rig = createRig()
    expect(rig.send('POST', '/v1/etc/exceptions', exception()).respCode).toBe('100000')
    expect(rig.send('POST', '/v1/etc/exceptions', exception()).respCode).toBe('100001')
    const other = exception({ handling: 4 })
    expect(rig.send('POST', '/v1/etc/exceptions', other).respCode).toBe('300013')
    const query = new URLSearchParams({ kind: 'exceptions' })
    expect(storePage(rig.model.state, { after: 0, limit: 5, query })).toMatchObject({
      count: 1,
      rows: [{ no: 'X1', exceptionType: 14, requests: 3 }],
    })
  })

  test.each([
    ['200004', { exceptionType: 21 }],
    ['200004', { exceptionType: 0 }],
    ['200004', { handling: 5 }],
    ['200010', { occurTime: undefined }],
    ['200001', { paidFee: '1200' }],
    ['200002', { etcCardId: '4501' }],
  ])('%s for %o', (respCode, change) => {
    const answer = createRig().send('POST', '/v1/etc/exceptions', exception(change))
    expect(answer.respCode).toBe(respCode)
  })
})

const heartbeat = { parkId: '450100001', laneNo: 'exit', seq: 1, time: '2026-11-20T14:00:00+08:00' }

describe('heartbeats', () => {
  test('are counted, with as many figures as the lane knows', () => {
    const rig = createRig()
    const full = { ...heartbeat, seq: 2, antennaStatus: 0, clockOffsetMs: -12, netLossBp: 100 }
    for (const body of [heartbeat, full]) {
      expect(rig.send('POST', '/v1/monitor/heartbeats', body).respCode).toBe('100000')
    }
    expect(stateOf(rig.again().model)).toMatchObject({ heartbeats: 2 })
  })

  test.each([
    ['200010', { seq: undefined }],
    ['200004', { cameraStatus: 3 }],
    ['200003', { netLossBp: 10_001 }],
    ['200004', { time: '14:00' }],
  ])('%s for %o', (respCode, change) => {
    const body = { ...heartbeat, ...change }
    expect(createRig().send('POST', '/v1/monitor/heartbeats', body).respCode).toBe(respCode)
  })
})

test('certificates are published to who may ask', () => {
  const rig = createRig()
  expect(rig.send('GET', '/v1/certificates').data).toEqual({ certificates: [] })
  expect(rig.send('GET', '/v1/certificates', undefined, { signer: 'x' }).status).toBe(401)
})
