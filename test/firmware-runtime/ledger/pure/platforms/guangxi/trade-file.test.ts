// The file of exit transactions and its answer file: what is sent, and what each answer means for each record.
// A row that does not surely refer to a record says nothing about it.
import { describe, expect, it } from 'vitest'
import type { Call, PlatformAnswer } from '#ledger/ports/dialect.ts'
import { tradeFile } from '#ledger/pure/platforms/guangxi/trade-file.ts'

const utf8 = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value))
const callOf = (businessNo: string): Call => ({
  op: 'exitUpload',
  businessNo,
  body: `{"outTradeNo":"${businessNo}"}`,
  amountFen: 500,
})
const name = tradeFile.name('GX00012', Date.parse('2026-11-20T14:30:00.123+08:00'))
const file = {
  name,
  cipher: 'SM4-GCM' as const,
  serial: '0A01',
  digest: '0'.repeat(64),
  mac: null,
  encKey: Uint8Array.of(1),
  nonce: Uint8Array.of(2),
  ciphertext: Uint8Array.of(3, 4),
}
const envelope = {
  alg: 'SM4-GCM',
  serial: '0A02',
  encKey: 'AQ==',
  nonce: 'Ag==',
  ciphertext: 'AwQ=',
  aad: name.replace('_REQ_', '_RES_'),
  sm3: '0'.repeat(64),
}
const answer = (data: object, more: Partial<PlatformAnswer> = {}, respCode = '100000') =>
  ({
    status: 200,
    headers: {},
    verified: 'valid' as const,
    sinceLastAttemptMs: null,
    body: utf8({ code: 'SUCCESS', respCode, data }),
    ...more,
  }) satisfies PlatformAnswer

describe('what is sent', () => {
  it('has the six parts of its name (9.3.5)', () => {
    expect(name).toBe('PARK_TRADE_EXITUPLOAD_REQ_GX00012_20261120143000123.json')
  })
  it('is the frozen text of each record, byte for byte', () => {
    const text = '{"outTradeNo":"P1","realFee":500,"plate":"桂A12345"}'
    const plain = new TextDecoder().decode(tradeFile.plain([text, text]))
    expect(plain).toBe(`{"count":2,"rows":[${text},${text}]}`)
  })
  it('is the envelope of P9, with a MAC where there is one', () => {
    const { method, path, bodyText, idempotencyKey } = tradeFile.request(file)
    expect([method, path, idempotencyKey]).toEqual(['POST', '/v1/files/exit-trades', null])
    const gcm = { alg: 'SM4-GCM', aad: name, encKey: 'AQ==', nonce: 'Ag==', ciphertext: 'AwQ=' }
    expect(JSON.parse(bodyText)).toEqual({ ...gcm, serial: '0A01', sm3: file.digest })
    const cbc = { ...file, cipher: 'SM4-CBC' as const, mac: Uint8Array.of(5) }
    expect(JSON.parse(tradeFile.request(cbc).bodyText)).toMatchObject({
      alg: 'SM4-CBC',
      mac: 'BQ==',
    })
  })
})

describe('its answer', () => {
  it('is the file that pairs with it', () => {
    expect(tradeFile.judge(name, answer(envelope))).toMatchObject({
      kind: 'sealed',
      file: { name: envelope.aad, serial: '0A02' },
    })
  })
  it.each<[string, PlatformAnswer, string]>([
    ['unsigned', answer(envelope, { verified: 'unsigned' }), 'unsigned'],
    [
      'of another file',
      answer({ ...envelope, aad: envelope.aad.replace('123.', '124.') }),
      'wrongFileName time 20261120143000124',
    ],
    ['our own, sent back', answer({ ...envelope, aad: name }), 'wrongFileName mark REQ'],
    ['without a key', answer({ ...envelope, encKey: null }), 'answerFile'],
    ['a name that is none', answer(envelope, { status: 400 }, '200011'), '200011'],
    ['one that did not open', answer(envelope, { status: 400 }, '200012'), '200012'],
    ['no JSON', answer({}, { body: Uint8Array.of(1) }), 'status 200'],
    ['one from elsewhere', answer(envelope, { status: 302 }), 'redirected 302'],
  ])('%s: nothing is known of any record', (_, given, reason) => {
    expect(tradeFile.judge(name, given)).toEqual({ kind: 'silence', reason })
  })
})

describe('a row', () => {
  const said = (...rows: object[]) => tradeFile.read([callOf('P1')], utf8({ rows }))[0]
  const good = { outTradeNo: 'P1', respCode: '100000', status: 'ACCEPTED' }
  it.each<[string, object[], string, string | null]>([
    ['stored', [good], 'confirmed', '100000'],
    ['stored before', [{ ...good, respCode: '100001' }], 'confirmed', '100001'],
    ['refused', [{ outTradeNo: 'P1', respCode: '300011' }], 'refused', '300011'],
    ['in conflict', [{ outTradeNo: 'P1', respCode: '300013' }], 'hold', '300013'],
    ['a broken member', [{ outTradeNo: 'P1', respCode: '200003' }], 'rejected', '200003'],
    ['busy', [{ outTradeNo: 'P1', respCode: '500002' }], 'retry', '500002'],
    ['not there', [{ ...good, outTradeNo: 'P2' }], 'silence', null],
    ['there twice', [good, { outTradeNo: 'P1', respCode: '300011' }], 'silence', null],
    ['without a code', [{ outTradeNo: 'P1', status: 'ACCEPTED' }], 'hold', ''],
    ['no rows', [], 'silence', null],
  ])('%s', (_, rows, kind, respCode) => {
    expect([said(...rows)?.verdict.kind, said(...rows)?.respCode]).toEqual([kind, respCode])
  })
  it('is found whatever the order, one verdict for each record', () => {
    const calls = [callOf('P1'), callOf('P2')]
    const rows = [
      { ...good, outTradeNo: 'P2' },
      { outTradeNo: 'P1', respCode: '300002' },
    ]
    expect(tradeFile.read(calls, utf8({ rows })).map(({ verdict }) => verdict.kind)).toEqual([
      'refused',
      'confirmed',
    ])
  })
})
