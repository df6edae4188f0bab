// Exit charges and their query: one effect per number, the five checks, the filters, the TAC.
// Good and bad bodies are rows, each with the answer code it must get.
import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { balanceOf } from '#simulators/platform/records/by-application.ts'
import { storePage, stateOf } from '#simulators/platform/admin.ts'
import { cardCharge, charge, chargePath, createRig, nowMs } from '../rig.ts'

const page = (kind: string) => ({ after: 0, limit: 100, query: new URLSearchParams({ kind }) })

describe('a charge', () => {
  test('is taken, answered with the members of P12 and found again', () => {
    const rig = createRig()
    const body = charge()
    const answer = rig.send('POST', chargePath, body)
    expect(answer.status).toBe(200)
    expect(answer.json).toMatchObject({
      status: 200,
      code: 'SUCCESS',
      respCode: '100000',
      message: '成功',
      timestamp: '2026-11-20T14:30:00.000+08:00',
    })
    expect(answer.data).toMatchObject({
      outTradeNo: body['outTradeNo'],
      status: 'SUCCESS',
      chargedFee: 1200,
      chargeTime: '2026-11-20T14:00:00.000+08:00',
      accountDate: '2026-11-20',
      openBarrier: true,
    })
    const query = rig.send('GET', `${chargePath}/${String(body['outTradeNo'])}`)
    expect(query.data).toMatchObject({ ...answer.data, refundedFee: 0 })
    expect(String(answer.data['tradeNo']).length).toBeLessThanOrEqual(40)
  })

  test.each([
    ['mode 1 with the TAC of its card', cardCharge()],
    [
      'mode 1 of a credit card, whose balance does not move',
      cardCharge({ cardType: 23, postBalance: 10_000 }),
    ],
    [
      'mode 2 by plate, without an OBU',
      charge({
        obuId: undefined,
        obuIssuer: undefined,
        obuVersion: undefined,
        obuStatus: undefined,
        obuPlate: undefined,
        cardType: undefined,
        cardVersion: undefined,
        cardPlate: undefined,
        cardExpire: undefined,
        cardNetNo: undefined,
        etcCardId: undefined,
      }),
    ],
    ['mode 3, zero consumption', charge({ mode: 3, payFee: 0, discountFee: 0, realFee: 0 })],
    ['a member nobody knows', charge({ somethingNew: 1 })],
  ])('is taken: %s', (_, body) => {
    expect(createRig().send('POST', chargePath, body).respCode).toBe('100000')
  })

  test('English is given to who asks for it, zh_CN and zh-CN are the default', () => {
    const rig = createRig()
    const ask = (language: string) =>
      rig.send('POST', chargePath, charge(), { headers: { 'accept-language': language } }).json
    expect(ask('en')['message']).toBe('ok')
    expect(ask('zh_CN')['message']).toBe('成功')
    expect(ask('zh-CN')['message']).toBe('成功')
  })
})

describe('one number has one effect', () => {
  test('the same body again gets the stored answer, marked as replayed', () => {
    const rig = createRig()
    const body = charge()
    const first = rig.send('POST', chargePath, body)
    const second = rig.send('POST', chargePath, body)
    expect(second.headers['idempotent-replayed']).toBe('true')
    expect(first.headers['idempotent-replayed']).toBeUndefined()
    expect(second.respCode).toBe('100001')
    expect(second.data).toEqual(first.data)
    expect(storePage(rig.model.state, page('exit-charges'))).toMatchObject({
      count: 1,
      totalFen: 1200,
      rows: [{ requests: 2, realFee: 1200, mode: 2, status: 'SUCCESS' }],
    })
    expect(stateOf(rig.model)).toMatchObject({ records: 1, duplicates: 1, rejected: 0 })
  })

  test('another body under the number is refused and changes nothing', () => {
    const rig = createRig()
    const body = charge()
    rig.send('POST', chargePath, body)
    const clash = rig.send('POST', chargePath, { ...body, realFee: 1100, discountFee: 400 })
    expect([clash.status, clash.respCode]).toEqual([409, '300013'])
    expect(stateOf(rig.model)).toMatchObject({ amountFen: 1200, duplicates: 0, conflicts: 1 })
  })

  test('a refusal is stored too: the number stays refused when the reason is gone', () => {
    const rig = createRig()
    const body = charge()
    const cardNo = String(body['etcCardId'])
    rig.model.record({ t: 'account', cardNo, balanceFen: 1199 })
    expect(rig.send('POST', chargePath, body).respCode).toBe('300010')
    rig.model.record({ t: 'account', cardNo, balanceFen: 100_000 })
    const again = rig.send('POST', chargePath, body)
    expect([again.status, again.respCode]).toEqual([422, '300010'])
    expect(again.headers['idempotent-replayed']).toBe('true')
    const fresh = rig.send('POST', chargePath, { ...body, outTradeNo: 'FRESH' })
    expect(fresh.respCode).toBe('100000')
    expect(balanceOf(rig.model.state.accounts, rig.appId, cardNo)).toBe(98_800)
  })

  test('a format error stores nothing: the mended body may use the number', () => {
    const rig = createRig()
    const body = charge()
    expect(rig.send('POST', chargePath, { ...body, vehicleColor: 77 }).respCode).toBe('200004')
    expect(rig.send('POST', chargePath, body).respCode).toBe('100000')
    expect(stateOf(rig.model)).toMatchObject({ records: 1, rejected: 1, formatRejected: 1 })
  })

  test('while one is worked on, a second for its number is told to come back', () => {
    const rig = createRig()
    const body = charge()
    const release = rig.model.hold(rig.request('POST', chargePath, body), rig.appId)
    const busy = rig.send('POST', chargePath, body)
    expect([busy.status, busy.respCode, busy.headers['retry-after']]).toEqual([409, '500002', '1'])
    expect(rig.send('POST', chargePath, charge()).respCode).toBe('100000')
    release()
    expect(rig.send('POST', chargePath, body).respCode).toBe('100000')
  })

  test('the headers of a number say the same as its body, or are not there', () => {
    const rig = createRig()
    const body = charge()
    const sent = rig.request('POST', chargePath, body).body
    const print = createHash('sha256').update(sent).digest('hex')
    const key = String(body['outTradeNo'])
    const ask = (headers: Record<string, string>) =>
      rig.send('POST', chargePath, body, { headers }).respCode
    expect(ask({ 'idempotency-key': 'OTHER' })).toBe('200004')
    expect(ask({ 'idempotency-fingerprint': '00' })).toBe('200004')
    expect(ask({ 'idempotency-key': key, 'idempotency-fingerprint': print })).toBe('100000')
  })

  test('what was answered survives a restart', () => {
    const rig = createRig()
    const body = charge()
    const first = rig.send('POST', chargePath, body)
    const after = rig.again()
    const replay = after.send('POST', chargePath, body)
    expect(replay.data).toEqual(first.data)
    expect(replay.headers['idempotent-replayed']).toBe('true')
    expect(stateOf(after.model)).toMatchObject({ records: 1, duplicates: 1, amountFen: 1200 })
  })
})

describe('format', () => {
  test.each([
    ['200010', '/laneNo', { laneNo: undefined }],
    ['200010', '/laneNo', { laneNo: null }],
    ['200010', '/obuId', { mode: 1, obuId: undefined }],
    ['200010', '/etcCardId', { etcCardId: undefined }],
    ['200001', '/laneNo', { laneNo: 7 }],
    ['200001', '/realFee', { realFee: 12.5 }],
    ['200001', '/realFee', { realFee: '1200' }],
    ['200001', '/offline', { offline: 'false' }],
    ['200001', '/mode', { mode: '2' }],
    ['200001', '/enTime', { enTime: 1_795_156_200 }],
    ['200001', '/pictures', { pictures: {} }],
    ['200002', '/outTradeNo', { outTradeNo: 'P'.repeat(33) }],
    ['200010', '/outTradeNo', { outTradeNo: undefined }],
    ['200002', '/outTradeNo', { outTradeNo: '' }],
    ['200002', '/detail', { detail: 'x'.repeat(4001) }],
    ['200002', '/etcCardId', { etcCardId: '4501' }],
    ['200003', '/realFee', { realFee: -1 }],
    ['200003', '/payFee', { payFee: 100_000_001 }],
    ['200003', '/cardVersion', { cardVersion: 256 }],
    ['200004', '/mode', { mode: 4 }],
    ['200004', '/vehicleType', { vehicleType: 5 }],
    ['200004', '/vehicleColor', { vehicleColor: 8 }],
    ['200004', '/enTime', { enTime: '2026-11-20 12:00:00' }],
    ['200004', '/enTime', { enTime: '2026-11-20T12:00:00' }],
    ['200004', '/enTime', { enTime: '2026-02-30T12:00:00.000+08:00' }],
    ['200004', '/payFee', { payFee: 1501 }],
    ['200004', '/parkDuration', { parkDuration: 7300 }],
    ['200004', '/exTime', { exTime: '2026-11-20T11:00:00.000+08:00' }],
    ['200004', '/realFee', { mode: 3 }],
    ['200005', '/outTradeNo', { outTradeNo: 'P 1' }],
    ['200005', '/obuId', { obuId: '6a81353e' }],
    ['200005', '/cardExpire', { cardExpire: '2030-13-01' }],
    ['200005', '/vehiclePlate', { vehiclePlate: '测A\u{20bb7}123' }],
  ])('%s at %s', (respCode, field, change) => {
    const rig = createRig()
    const answer = rig.send('POST', chargePath, charge(change))
    expect(answer.respCode).toBe(respCode)
    expect(answer.status).toBe(400)
    // A character above U+FFFF is found in the bytes, before there are members to point at.
    const pointer = respCode === '200005' && field === '/vehiclePlate' ? '' : field
    expect(answer.json['detail']).toMatchObject({ field: pointer })
    expect(stateOf(rig.model)).toMatchObject({ records: 0, rejected: 1 })
  })

  test.each([
    ['200001', '/transTime', { transTime: 5 }],
    ['200004', '/transTime', { transTime: '2026-11-20T14:00:00.001+08:00' }],
    ['200004', '/postBalance', { postBalance: 8_801 }],
    ['200002', '/tac', { tac: 'ABC' }],
    ['200005', '/tac', { tac: 'abcdef01' }],
    ['200010', '/tac', { tac: undefined }],
    ['200004', '/transType', { transType: '08' }],
  ])('mode 1: %s at %s', (respCode, field, change) => {
    const answer = createRig().send('POST', chargePath, cardCharge(change))
    expect([answer.respCode, answer.json['detail']]).toMatchObject([respCode, { field }])
  })

  test('half a surrogate pair written as an escape is no text', () => {
    const body = JSON.stringify(charge()).replace('rsu-1', '\\ud83d')
    const answer = createRig().send('POST', chargePath, undefined, { raw: Buffer.from(body) })
    expect([answer.respCode, answer.json['detail']]).toMatchObject([
      '200005',
      { field: '/deviceId' },
    ])
  })

  test.each([
    ['200001', Buffer.from('')],
    ['200001', Buffer.from('{"outTradeNo":')],
    ['200001', Buffer.from('[1]')],
    ['200001', Buffer.from('"text"')],
    ['200005', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d])],
    ['200005', Buffer.from([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x7d])],
  ])('a body that is no object of JSON: %s', (respCode, raw) => {
    expect(createRig().send('POST', chargePath, undefined, { raw }).respCode).toBe(respCode)
  })

  test('a form is not an accepted content type', () => {
    const answer = createRig().send('POST', chargePath, charge(), {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    expect(answer.json).toMatchObject({ respCode: '200001', detail: { location: 'header' } })
  })
})

describe('filters', () => {
  const cardNo = '45010000000000009999'
  const body = (change: Record<string, unknown> = {}) => charge({ etcCardId: cardNo, ...change })

  test('300001: the same stay under another number', () => {
    const rig = createRig()
    rig.send('POST', chargePath, body({ entryNo: 'S1' }))
    const other = rig.send('POST', chargePath, charge({ entryNo: 'S1' }))
    expect([other.status, other.respCode, other.data['openBarrier']]).toEqual([
      422,
      '300001',
      false,
    ])
    expect(stateOf(rig.model)).toMatchObject({ records: 1, amountFen: 1200, businessRejected: 1 })
  })

  test('300001: without entry numbers the card and overlapping times tell', () => {
    const rig = createRig()
    rig.send('POST', chargePath, body({ entryNo: undefined }))
    const repeat = rig.send('POST', chargePath, body({ entryNo: undefined }))
    expect(repeat.respCode).toBe('300001')
    const elsewhere = rig.send('POST', chargePath, body({ entryNo: undefined, parkId: 'OTHER' }))
    expect(elsewhere.respCode).toBe('100000')
  })

  test('two stays of one card are two stays', () => {
    const rig = createRig()
    rig.send('POST', chargePath, body())
    const before = {
      entryNo: undefined,
      enTime: '2026-11-19T12:00:00.000+08:00',
      exTime: '2026-11-19T14:00:00.000+08:00',
      transTime: '2026-11-19T14:00:00.000+08:00',
    }
    expect(rig.send('POST', chargePath, body(before)).respCode).toBe('100000')
  })

  test('a refused charge and a zero consumption do not count as a charge of the stay', () => {
    const rig = createRig()
    rig.model.record({ t: 'account', cardNo, balanceFen: 0 })
    expect(rig.send('POST', chargePath, body({ entryNo: 'S2' })).respCode).toBe('300010')
    const zero = { mode: 3, payFee: 0, discountFee: 0, realFee: 0, entryNo: 'S2' }
    expect(rig.send('POST', chargePath, body(zero)).respCode).toBe('100000')
    rig.model.record({ t: 'account', cardNo, balanceFen: 1200 })
    expect(rig.send('POST', chargePath, body({ entryNo: 'S2' })).respCode).toBe('100000')
    expect(balanceOf(rig.model.state.accounts, rig.appId, cardNo)).toBe(0)
  })

  test('300002: expired from the day after', () => {
    const rig = createRig()
    const on = (cardExpire: string) => rig.send('POST', chargePath, charge({ cardExpire })).respCode
    expect(on('2026-11-20')).toBe('100000')
    expect(on('2026-11-19')).toBe('300002')
  })

  test('300003: on the list at transTime, not later and not elsewhere', () => {
    const rig = createRig()
    const transMs = nowMs - 1_800_000
    const listed = (fromMs: number) =>
      rig.model.record({ t: 'listed', cardNo, listed: true, fromMs })
    listed(transMs + 1)
    expect(rig.send('POST', chargePath, body()).respCode).toBe('100000')
    listed(transMs)
    expect(rig.send('POST', chargePath, body()).respCode).toBe('300003')
    expect(rig.send('POST', chargePath, charge()).respCode).toBe('100000')
    rig.model.record({ t: 'listed', cardNo, listed: false, fromMs: 0 })
    expect(rig.send('POST', chargePath, body()).respCode).toBe('100000')
  })

  test('300004, 300005 and 400009', () => {
    const rig = createRig()
    expect(rig.send('POST', chargePath, charge({ cardNetNo: '4401' })).respCode).toBe('300004')
    rig.model.setPolicy({ largeFeeFen: 1199 })
    expect(rig.send('POST', chargePath, charge()).respCode).toBe('300005')
    rig.model.setPolicy({ largeFeeFen: null, requirePsam: true })
    const stranger = rig.send('POST', chargePath, cardCharge())
    expect([stranger.status, stranger.respCode]).toEqual([403, '400009'])
    expect(rig.send('POST', chargePath, charge()).respCode).toBe('100000')
  })

  test('300010: the account pays to the last fen and no further', () => {
    const rig = createRig()
    rig.model.record({ t: 'account', cardNo, balanceFen: 2399 })
    expect(rig.send('POST', chargePath, body()).respCode).toBe('100000')
    expect(rig.send('POST', chargePath, body()).respCode).toBe('300010')
    expect(balanceOf(rig.model.state.accounts, rig.appId, cardNo)).toBe(1199)
    // In mode 1 the card was debited already.
    expect(rig.send('POST', chargePath, cardCharge({ etcCardId: cardNo })).respCode).toBe('100000')
    expect(balanceOf(rig.model.state.accounts, rig.appId, cardNo)).toBe(1199)
  })
})

describe('TAC', () => {
  const changed = { realFee: 1100, discountFee: 400, postBalance: 8_900 }
  test.each([
    ['amount', changed],
    ['time', { transTime: '2026-11-20T14:00:01.000+08:00' }],
    ['terminal', { terminalNo: '373737373738' }],
    ['PSAM serial', { terminalTransNo: '00000012' }],
    ['type', { transType: '06' }],
    ['TAC itself', { tac: '12345678' }],
  ])('300011 when the %s was changed', (_, change) => {
    const answer = createRig().send('POST', chargePath, cardCharge(change))
    expect(answer.respCode).toBe('300011')
  })

  test('any TAC of a foreign RSU passes, zero never does', () => {
    const rig = createRig({ tac: 'any' })
    expect(rig.send('POST', chargePath, cardCharge({ tac: '12345678' })).respCode).toBe('100000')
    expect(rig.send('POST', chargePath, cardCharge({ tac: '00000000' })).respCode).toBe('300011')
    const strict = createRig().send('POST', chargePath, cardCharge({ tac: '00000000' }))
    expect(strict.respCode).toBe('300011')
  })
})

describe('result query', () => {
  test('300012 for a number nobody sent, whatever it looks like', () => {
    const rig = createRig()
    for (const no of ['NOPE', '%20', '%zz', '%F0%9F%9A%97']) {
      const answer = rig.send('GET', `${chargePath}/${no}`)
      expect([answer.status, answer.respCode]).toEqual([404, '300012'])
    }
  })

  test('tells the state of now: later results, refusals with their reason', () => {
    const rig = createRig()
    rig.model.setPolicy({ charges: 'PROCESSING' })
    const body = charge()
    const no = String(body['outTradeNo'])
    const first = rig.send('POST', chargePath, body)
    expect([first.status, first.respCode, first.data['openBarrier']]).toEqual([
      202,
      '100002',
      false,
    ])
    const status = { t: 'status', kind: 'exit-charges', appId: 'RIG1', no } as const
    rig.model.record({ ...status, status: 'SUCCESS' })
    expect(rig.send('GET', `${chargePath}/${no}?x=1`).data).toMatchObject({
      status: 'SUCCESS',
      openBarrier: true,
      chargedFee: 1200,
    })
    const expired = charge({ cardExpire: '2020-01-01' })
    rig.send('POST', chargePath, expired)
    expect(rig.send('GET', `${chargePath}/${String(expired['outTradeNo'])}`).data).toMatchObject({
      status: 'FAILED',
      failCode: '300002',
      openBarrier: false,
    })
    expect(storePage(rig.model.state, page('rejected'))).toMatchObject({ count: 1 })
  })
})
