// Two channels at one platform (9.3.1). Requests and settings of one do not change what the other is answered: each
// interface has a case here, with the same numbers on both sides, and an interface without a case fails.
import { describe, expect, test } from 'vitest'
import { platformPlaces } from '#simulators/platform/model.ts'
import type { PlatformModel } from '#simulators/platform/model.ts'
import { hexOf } from '#base/pure/data/bytes.ts'
import { sealVehicle } from '#simulators/shell/test-vehicle.ts'
import { charge, chargePath, createRig, nowMs, otherId, standInSm3, type Rig } from './rig.ts'

const [parkId, laneNo] = ['450100001', 'exit']
const [psamNo, terminalNo] = ['45010000000000000001', '373737373737']
const day = '2026-11-20'
const cardNo = '45010000000000000009'
const atIso = `${day}T14:00:00.000+08:00`
const trip = charge({ outTradeNo: 'SAME', entryNo: 'E1', parkId, etcCardId: cardNo })
const refund = {
  outRefundNo: 'SAME',
  outTradeNo: 'SAME',
  refundFee: 500,
  totalFee: 1200,
  reason: 'test',
  operator: 'test',
  approvedBy: 'other',
}
const sign = {
  listNo: 'SAME',
  parkId,
  laneNo,
  psamNo,
  terminalNo,
  parkName: 'Lot',
  laneType: '02',
  terminalTime: atIso,
  areaNo: '4501',
}
const plate = { vehiclePlate: '测A12345', vehicleColor: 0, plateSource: 1 }
const shift = {
  shiftNo: 'SAME',
  parkId,
  staffId: 'S1',
  onTime: `${day}T06:00:00.000+08:00`,
  offTime: atIso,
  cashFee: 0,
  etcCount: 1,
  etcFee: 1200,
}
const consumption = {
  consumptionNo: 'SAME',
  parkId,
  laneNo,
  vehiclePlate: '测A12345',
  vehicleColor: 0,
  vehicleType: 1,
  etcCardId: cardNo,
  enTime: trip['enTime'],
  exTime: trip['exTime'],
  payFee: 1200,
  mode: 1,
}
const feedback = { feedbackNo: 'SAME', parkId, stayNo: 'S1', kind: 1, text: 'wrong' }
const feedbackEnd = { feedbackNo: 'SAME', state: 'ANSWERED', answer: 'explained' }
const obu = { obuId: '02001234', contractProvider: 'B9E3CEF745010001', random: '0011223344556677' }
const sealedVehicle = {
  ...obu,
  listNo: 'SAME',
  keyVersion: '01',
  algorithmIdentifier: '04',
  cipherVehicleInfo: sealVehicle(obu, 'B2E24131323334350000000000000100'),
}
const batch = {
  batchNo: `exit${parkId}2026112013`,
  from: `${day}T13:00:00.000+08:00`,
  to: atIso,
  count: 1,
  totalFee: 1200,
  firstNo: 'SAME',
  lastNo: 'SAME',
  digest: hexOf(standInSm3(Uint8Array.from(Buffer.from('SAME')))),
  numbers: ['SAME'],
  revision: 0,
}
const file = {
  aad: `PARK_TRADE_EXITUPLOAD_REQ_WHO_20261120140000000.json`,
  alg: 'SM4-GCM',
  serial: 'C3D4',
  encKey: 'key',
  nonce: 'nonce',
  ciphertext: JSON.stringify({ count: 1, rows: [trip] }),
  sm3: 'digest',
}

type Asked = readonly [string, unknown?]

interface Case {
  /** The request of channel `who`; `isFirst` gives the same number with other content, where there is a body. */
  asked(isFirst: boolean, who: string): Asked
  /** What the first channel, or an admin for it, did before: by rows, or by requests where the case needs them. */
  before?(rig: Rig, who: string): void
  /** False when both channels get the same answer, so that the case cannot tell them apart. */
  readonly tells?: false
}

const put = (rig: Rig, who: string, ...[path, body]: readonly [string, unknown]): unknown =>
  rig.send('POST', path, body, { appId: who })

const cases: Readonly<Record<string, Case>> = {
  'POST /v1/psam/sign-in': {
    asked: (isFirst) => ['/v1/psam/sign-in', { ...sign, parkName: isFirst ? 'A' : 'B' }],
    before: (rig, appId) => rig.model.record({ t: 'psam', appId, psamNo, status: 2 }),
  },
  'POST /v1/psam/authorize': {
    asked: () => ['/v1/psam/authorize', { ...sign, random: '0011223344556677' }],
    before: (rig, appId) => rig.model.record({ t: 'psam', appId, psamNo, status: 3 }),
  },
  'POST /v1/psam/authorize/confirm': {
    asked: () => [
      '/v1/psam/authorize/confirm',
      { listNo: 'SAME', psamNo, result: 0, sw1sw2: '9000' },
    ],
    before: (rig, who) =>
      put(rig, who, '/v1/psam/authorize', { ...sign, random: '0011223344556677' }),
  },
  'POST /v1/etc/exit-charges': {
    asked: (isFirst) => [chargePath, { ...trip, deviceId: isFirst ? 'A' : 'B' }],
    before(rig, appId) {
      rig.model.record({ t: 'listed', appId, cardNo, listed: true, fromMs: 0 })
      rig.model.record({ t: 'account', appId, cardNo, balanceFen: 0 })
      rig.model.setPolicy({ charges: 'PROCESSING', largeFeeFen: 1, encryptVehicleIds: true }, appId)
      rig.model.hold(rig.request('POST', chargePath, trip), appId)
      rig.model.record({ t: 'account', cardNo, balanceFen: 1200 })
      rig.model.setPolicy({ encryptVehicleIds: false }, appId)
      put(rig, appId, chargePath, charge({ etcCardId: cardNo }))
    },
  },
  'GET /v1/etc/exit-charges/{outTradeNo}': {
    asked: () => [`${chargePath}/SAME`],
    before: (rig, who) => put(rig, who, chargePath, trip),
  },
  'POST /v1/etc/consumptions': {
    asked: (isFirst) => ['/v1/etc/consumptions', { ...consumption, payFee: isFirst ? 1 : 2 }],
    before: (rig, who) => put(rig, who, '/v1/etc/consumptions', consumption),
  },
  'POST /v1/etc/consumptions/{consumptionNo}/confirm': {
    asked: () => [
      '/v1/etc/consumptions/SAME/confirm',
      { outTradeNo: 'SAME', realFee: 1200, result: 'DONE' },
    ],
    before: (rig, who) => put(rig, who, '/v1/etc/consumptions', consumption),
  },
  'POST /v1/etc/vehicle-info/decrypt': {
    asked: () => ['/v1/etc/vehicle-info/decrypt', sealedVehicle],
    before: (rig, who) => rig.model.setPolicy({ encryptVehicleIds: true }, who),
  },
  'POST /v1/etc/exceptions': {
    asked: (isFirst) => [
      '/v1/etc/exceptions',
      {
        exceptionNo: 'SAME',
        parkId,
        laneNo,
        occurTime: atIso,
        exceptionType: 14,
        handling: isFirst ? 1 : 2,
      },
    ],
    before: (rig, who) =>
      put(rig, who, '/v1/etc/exceptions', {
        exceptionNo: 'SAME',
        parkId,
        laneNo,
        occurTime: atIso,
        exceptionType: 3,
        handling: 1,
      }),
  },
  'POST /v1/monitor/heartbeats': {
    asked: () => ['/v1/monitor/heartbeats', { parkId, laneNo, seq: 1, time: atIso }],
    before: (rig, who) => rig.model.setPolicy({ requirePsam: true }, who),
    tells: false,
  },
  'POST /v1/etc/refunds': {
    asked: (isFirst) => ['/v1/etc/refunds', { ...refund, reason: isFirst ? 'A' : 'B' }],
    before(rig, who) {
      put(rig, who, chargePath, trip)
      rig.model.setPolicy({ refunds: 'REJECTED' }, who)
    },
  },
  'GET /v1/etc/refunds/{outRefundNo}': {
    asked: () => ['/v1/etc/refunds/SAME'],
    before(rig, who) {
      put(rig, who, chargePath, trip)
      put(rig, who, '/v1/etc/refunds', refund)
    },
  },
  'POST /v1/records/entries': {
    asked: (isFirst) => [
      '/v1/records/entries',
      { entryNo: 'SAME', parkId, laneNo: isFirst ? 'a' : 'b', enTime: atIso, ...plate },
    ],
    before: (rig, who) =>
      put(rig, who, '/v1/records/entries', { entryNo: 'SAME', parkId, laneNo, enTime: atIso }),
  },
  'POST /v1/records/exits': {
    asked: () => ['/v1/records/exits', trip],
    before: (rig, who) => put(rig, who, '/v1/records/exits', { ...trip, deviceId: 'A' }),
  },
  'POST /v1/records/plates': {
    asked: () => [
      '/v1/records/plates',
      { plateRecNo: 'SAME', parkId, laneNo, direction: 2, time: atIso, ...plate },
    ],
    before: (rig, who) =>
      put(rig, who, '/v1/records/plates', {
        plateRecNo: 'SAME',
        parkId,
        laneNo,
        direction: 1,
        time: atIso,
        ...plate,
      }),
  },
  'GET /v1/shifts': {
    asked: () => [`/v1/shifts?parkId=${parkId}&date=${day}`],
    before: (rig, appId) =>
      rig.model.record({ t: 'plan', appId, parkId, day, shifts: [{ planNo: 'A' }] }),
  },
  'POST /v1/shifts': {
    asked: () => ['/v1/shifts', shift],
    before: (rig, who) => put(rig, who, '/v1/shifts', { ...shift, staffId: 'S2' }),
  },
  'PUT /v1/shifts/{shiftNo}': {
    asked: () => ['/v1/shifts/SAME', shift],
    before: (rig, who) => put(rig, who, '/v1/shifts', { ...shift, staffId: 'S2' }),
  },
  'GET /v1/configuration': {
    asked: () => [`/v1/configuration?parkId=${parkId}`],
    before: (rig, appId) =>
      rig.model.record({ t: 'configuration', appId, parkId, settings: { a: 1 } }),
  },
  'GET /v1/feedback': {
    asked: () => [`/v1/feedback?parkId=${parkId}&after=0`],
    before: (rig, appId) => rig.model.record({ t: 'feedback', appId, message: { text: 'A' } }),
  },
  'POST /v1/feedback': {
    asked: (isFirst) => ['/v1/feedback', { ...feedback, kind: isFirst ? 1 : 2 }],
    before: (rig, who) => put(rig, who, '/v1/feedback', { ...feedback, kind: 3 }),
  },
  'PUT /v1/feedback/{feedbackNo}': {
    asked: () => ['/v1/feedback/SAME', feedbackEnd],
    before: (rig, who) => put(rig, who, '/v1/feedback', feedback),
  },
  'PUT /v1/batches/{kind}/{parkId}/{hour}': {
    asked: () => [`/v1/batches/exit/${parkId}/2026112013`, batch],
    before: (rig, who) => put(rig, who, chargePath, trip),
  },
  'POST /v1/files/exit-trades': {
    asked: (_, who) => ['/v1/files/exit-trades', { ...file, aad: file.aad.replace('WHO', who) }],
    before: (rig, who) => put(rig, who, chargePath, { ...trip, deviceId: 'A' }),
  },
  'GET /v1/status-list': {
    asked: () => ['/v1/status-list'],
    before: (rig, appId) =>
      rig.model.record({ t: 'listed', appId, cardNo, listed: true, fromMs: 0 }),
  },
  'POST /v1/status-list/check': {
    asked: () => ['/v1/status-list/check', { kind: 1, no: cardNo }],
    before: (rig, appId) =>
      rig.model.record({ t: 'listed', appId, cardNo, listed: true, fromMs: 0 }),
  },
  'GET /v1/bills/exit': {
    asked: () => [`/v1/bills/exit?date=${day}`],
    before(rig, who) {
      put(rig, who, chargePath, trip)
      rig.model.setPolicy({ bills: 'atOnce', billFaults: [{ do: 'fee', outTradeNo: 'SAME' }] }, who)
    },
  },
  'GET /v1/bills/split': {
    asked: () => [`/v1/bills/split?date=${day}`],
    before(rig, who) {
      put(rig, who, chargePath, trip)
      rig.model.setPolicy({ bills: 'none' }, who)
    },
  },
  'GET /v1/certificates': { asked: () => ['/v1/certificates'], tells: false },
  'POST /v1/joint-tests': {
    asked: () => ['/v1/joint-tests', {}],
    before: (rig, appId) =>
      rig.model.record({
        t: 'tried',
        appId,
        name: 'GET /v1/certificates',
        respCode: '100000',
        atMs: nowMs,
      }),
  },
}

const methodOf = (name: string): string => name.split(' ')[0] ?? ''

/** The answers to both channels on one rig, with each channel's own id replaced by WHO. */
function answers(name: string, one: Case, isBefore: boolean) {
  const rig = createRig({ openFile: ({ ciphertext }) => String(ciphertext) })
  if (isBefore) one.before?.(rig, rig.appId)
  const ask = (who: string, isFirst: boolean) => {
    const [path, body] = one.asked(isFirst, who)
    const { json } = rig.send(methodOf(name), path, body, { appId: who })
    return JSON.stringify(json).replaceAll(who, 'WHO')
  }
  const first = isBefore ? ask(rig.appId, true) : ''
  return { first, second: ask(otherId, false) }
}

describe('what one channel does and has is not seen by another', () => {
  test('each interface has its case', () => {
    expect(Object.keys(cases)).toEqual(platformPlaces.filter((name) => name !== '*'))
  })

  test.each(Object.entries(cases))('%s', (name, one) => {
    const alone = answers(name, one, false)
    const beside = answers(name, one, true)
    expect(beside.second).toBe(alone.second)
    if (one.tells !== false) expect(beside.first).not.toBe(beside.second)
  })

  test('what is set for all holds for each, until it has its own', () => {
    const { model, appId } = createRig()
    const listed = (whom?: string): void =>
      model.record({
        t: 'listed',
        ...(whom === undefined ? {} : { appId: whom }),
        cardNo,
        listed: true,
        fromMs: 0,
      })
    listed()
    listed(appId)
    listed()
    const lists = [appId, otherId].map((who) => versionOf(model, who))
    expect(lists).toEqual(['3', '2'])
  })

  test('what a channel took of an account that all have is taken from nobody else, and all start anew', () => {
    const { model, appId, send } = createRig()
    const fen = (who: string): string =>
      send('POST', chargePath, charge({ etcCardId: cardNo, outTradeNo: `N${++count}` }), {
        appId: who,
      }).respCode
    let count = 0
    model.record({ t: 'account', cardNo, balanceFen: 1200 })
    expect([fen(appId), fen(appId), fen(otherId)]).toEqual(['100000', '300010', '100000'])
    model.record({ t: 'account', cardNo, balanceFen: 1200 })
    expect([fen(appId), fen(otherId)]).toEqual(['100000', '100000'])
  })

  test('a number that is worked on for one is free for another', () => {
    const rig = createRig()
    const request = rig.request('POST', chargePath, trip)
    expect(rig.model.askerOf(request, nowMs)).toBe(rig.appId)
    const forged = rig.request('POST', chargePath, trip, { signer: 'other' })
    expect(rig.model.askerOf(forged, nowMs)).toBeNull()
    const release = rig.model.hold(request, rig.appId)
    expect(rig.send('POST', chargePath, trip).respCode).toBe('500002')
    expect(rig.send('POST', chargePath, trip, { appId: otherId }).respCode).toBe('100000')
    release()
    expect(rig.send('POST', chargePath, trip).respCode).toBe('100000')
  })
})

const versionOf = (model: PlatformModel, who: string): unknown =>
  model.state.lists.get(who)?.changes.length.toString() ??
  model.state.lists.get('')?.changes.length.toString()
