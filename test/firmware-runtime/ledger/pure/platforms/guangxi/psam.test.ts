// Authorisation and confirmation of a PSAM (P11): the requests, and the meaning of every answer.
// An answer that may belong to another request grants nothing.
import { describe, expect, it } from 'vitest'
import type { PlatformAnswer } from '#ledger/ports/dialect.ts'
import { psam } from '#ledger/pure/platforms/guangxi/psam.ts'
import { parseIso } from '#base/pure/values/instant.ts'

const lot = { lotId: '450100001', provinceCode: '4501' }
const request = {
  listNo: 'L0001',
  psamTerminal: '010203040506',
  psamNo: '37010000000000000001',
  random: '0102030405060708',
  laneId: 'exit',
  lotId: lot.lotId,
  lotName: '示例停车场',
  atMs: 1_795_156_200_000,
}
const untilIso = '2026-11-21T14:30:00.000+08:00'
const mac = '1112131415161718'
const data = {
  listNo: 'L0001',
  authMac: mac,
  apdu: `0082000008${mac}`,
  validUntil: untilIso,
  psamStatus: 1,
}
const answer = (over: object = {}, more: Partial<PlatformAnswer> = {}, code = '100000') =>
  ({
    status: 200,
    headers: {},
    verified: 'valid',
    sinceLastAttemptMs: null,
    body: new TextEncoder().encode(
      JSON.stringify({ code: 'SUCCESS', respCode: code, data: { ...data, ...over } }),
    ),
    ...more,
  }) satisfies PlatformAnswer

const refusedFor = (reason: string) => ({ kind: 'refused', reason })

describe('authorise', () => {
  it('carries the random of the card and its own number', () => {
    const { method, path, bodyText, idempotencyKey } = psam.authorize(lot, request)
    expect([method, path, idempotencyKey]).toEqual(['POST', '/v1/psam/authorize', 'L0001'])
    expect(JSON.parse(bodyText)).toMatchObject({
      psamNo: '37010000000000000001',
      terminalNo: '010203040506',
      random: '0102030405060708',
      laneType: '02',
    })
  })
  it.each<[string, object, object]>([
    [
      'the whole APDU',
      {},
      { kind: 'authorised', apdu: data.apdu, validUntilMs: parseIso(untilIso) },
    ],
    ['the 8 bytes alone', { apdu: undefined }, { kind: 'authorised', apdu: data.apdu }],
    ['an APDU alone', { authMac: undefined }, { kind: 'authorised', apdu: data.apdu }],
    ['neither', { apdu: undefined, authMac: undefined }, refusedFor('authMac')],
    ['two that differ', { authMac: 'FF12131415161718' }, refusedFor('authMac')],
    ['another command for the card', { apdu: `0084000008${mac}` }, refusedFor('authMac')],
    ['too short', { authMac: '11', apdu: undefined }, refusedFor('authMac')],
    ['blacklisted', { psamStatus: 2 }, refusedFor('psamBlacklisted')],
    ['locked', { psamStatus: 3 }, refusedFor('psamLocked')],
    ['not registered', { psamStatus: 4 }, refusedFor('psamNotRegistered')],
    ['no status', { psamStatus: undefined }, refusedFor('psamStatus')],
    ['a status of no table', { psamStatus: 5 }, refusedFor('psamStatus')],
    ['no end', { validUntil: undefined }, refusedFor('validUntil')],
    ['another request', { listNo: 'L0002' }, refusedFor('otherNumber')],
  ])('%s', (_, over, said) => {
    expect(psam.judgeAuthorize(request, answer(over))).toMatchObject(said)
  })
  it.each<[string, Partial<PlatformAnswer>, string, object]>([
    ['unsigned', { verified: 'unsigned' }, '100000', { kind: 'silence' }],
    ['a wrong signature', { verified: 'badSignature' }, '100000', { kind: 'silence' }],
    ['not authorised', { status: 403 }, '400009', refusedFor('400009 psamNotAuthorised')],
    ['busy', { status: 503 }, '500002', { kind: 'silence', reason: '500002' }],
    [
      'refused with the status of a success, though it names the number',
      { status: 200 },
      '400009',
      refusedFor('400009 psamNotAuthorised'),
    ],
    [
      'busy, with the status of a success',
      { status: 200 },
      '500002',
      { kind: 'silence', reason: '500002' },
    ],
    [
      'refused by a symbol alone',
      { body: new TextEncoder().encode('{"code":"PSAM_UNKNOWN"}') },
      '',
      refusedFor('PSAM_UNKNOWN'),
    ],
    ['no JSON', { body: new Uint8Array([1]) }, '100000', { kind: 'silence' }],
  ])('%s', (_, more, code, said) => {
    expect(psam.judgeAuthorize(request, answer({}, more, code))).toMatchObject(said)
  })
})

describe('confirm', () => {
  const took = { listNo: 'L0001', psamNo: request.psamNo, statusWord: '9000' }
  const refused = { ...took, statusWord: '6300' }
  it('says what the card said', () => {
    expect(JSON.parse(psam.confirm(took).bodyText)).toMatchObject({ result: 0, sw1sw2: '9000' })
    const { bodyText, path } = psam.confirm(refused)
    expect(path).toBe('/v1/psam/authorize/confirm')
    expect(JSON.parse(bodyText)).toMatchObject({ listNo: 'L0001', result: 1, sw1sw2: '6300' })
  })
  it.each<[string, typeof took, object, object]>([
    [
      'authorised',
      took,
      { status: 'AUTHORISED' },
      { kind: 'granted', validUntilMs: parseIso(untilIso) },
    ],
    ['no end', took, { status: 'AUTHORISED', validUntil: undefined }, { kind: 'refused' }],
    ['refused', took, { status: 'CARD_REFUSED' }, refusedFor('CARD_REFUSED')],
    ['nothing said', took, {}, refusedFor('status')],
    ['noted', refused, { status: 'CARD_REFUSED' }, { kind: 'noted' }],
    ['granted though the card refused', refused, { status: 'AUTHORISED' }, { kind: 'refused' }],
    ['another number', took, { status: 'AUTHORISED', listNo: 'L2' }, { kind: 'refused' }],
  ])('%s', (_, given, over, said) => {
    expect(psam.judgeConfirm(given, answer(over))).toMatchObject(said)
  })
})
