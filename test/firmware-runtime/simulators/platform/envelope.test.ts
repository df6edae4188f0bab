// The envelope: what is signed, byte for byte, and who is admitted.
// A.8 of platform-access.md gives the reference texts and signatures.
import { describe, expect, test } from 'vitest'
import { stateOf } from '#simulators/platform/admin.ts'
import {
  answerText,
  nonceKeepMs,
  parseAuthorization,
  requestText,
  windowMs,
} from '#simulators/platform/envelope.ts'
import { suites } from '#simulators/platform/certificates/sm2-suite.ts'
import { charge, chargePath, createRig, nowMs, standIn } from './rig.ts'

// A.8 of platform-access.md: made with the published key, and OpenSSL verifies them.
const publishedKey =
  '0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020' +
  'ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13'
const request = {
  method: 'POST',
  path: '/v1/etc/exit-charges?dryRun=0',
  body: Buffer.from(
    '{"outTradeNo":"P450100001X012026112014300000001","fee":1500,"vehicleId":"桂A12345_0"}',
  ),
}

describe('signed texts', () => {
  test('five lines of a request, three of an answer, as in A.8', () => {
    const text = requestText(request, '1795156200', '593BEC0C930BF1AFEB40B4A08C8FB242')
    expect(text.length).toBe(166)
    const sm3 = Buffer.from(suites.openssl.sm3(text)).toString('hex')
    expect(sm3).toBe('016960c410c7e229e774db119eb563c1164c971d957e100dc10f119cedcfbbd3')
    const signature =
      'MEYCIQCE7f4rqhyBdaNY6OFzvrkQeGr99uvfecjw4WPgUJ7L3wIhAOUUkK5JfF46ohkCU6+beTZHv4sKNJVnwCCfmLnXmkg6'
    const answer = answerText(
      '1795156200',
      'C5AC7061FCCAB6BF3E254DCF98995B8C',
      Buffer.from('{"code":"SUCCESS","message":"ok","timestamp":"2026-11-20T14:30:00.120+08:00"}'),
    )
    const answerSignature =
      'MEUCICQ/jRmMFJxFrm3XsS42n1+JlIBKAID9tQ6UsdS6dU9bAiEAgUekiedqXD+/KjFv4wsTGxkXfsEdLDxbfnw6rdnI+XM='
    for (const suite of Object.values(suites)) {
      const verify = suite.verifier(publishedKey)
      expect(verify(text, Buffer.from(signature, 'base64'))).toBe(true)
      expect(verify(answer, Buffer.from(answerSignature, 'base64'))).toBe(true)
      expect(verify(answer, Buffer.from(signature, 'base64'))).toBe(false)
    }
  })

  test('a GET signs an empty fifth line', () => {
    const text = requestText({ method: 'GET', path: '/a', body: new Uint8Array() }, '1', 'N')
    expect(Buffer.from(text).toString()).toBe('GET\n/a\n1\nN\n\n')
  })
})

const good = {
  appid: 'A1',
  nonce_str: 'N'.repeat(32),
  timestamp: '1795156200',
  serial_no: 'A1B2',
  signature: 'AAAA',
}
const header = (change: Record<string, string> = {}): string =>
  `ETC-SM2-WITH-SM3 ${Object.entries({ ...good, ...change })
    .map(([name, value]) => `${name}="${value}"`)
    .join(',')}`

describe('Authorization', () => {
  test('five members in any order, blanks between them allowed', () => {
    expect(parseAuthorization(header())?.appId).toBe('A1')
    expect(parseAuthorization(header().replaceAll(',', ', '))?.serial).toBe('A1B2')
    const turned = Object.entries(good)
      .reverse()
      .map(([name, value]) => `${name}="${value}"`)
    expect(parseAuthorization(`ETC-SM2-WITH-SM3 ${turned.join(',')}`)?.timestampSec).toBe(
      1_795_156_200,
    )
  })

  test.each([
    [undefined],
    [''],
    ['Basic abc'],
    ['ETC-SHA256-RSA2048 appid="A1"'],
    ['ETC-SM2-WITH-SM3'],
    ['ETC-SM2-WITH-SM3 '],
    [header().replace('ETC-SM2', 'etc-sm2')],
    [header({ appid: '' })],
    [header({ appid: 'A_1' })],
    [header({ appid: 'A'.repeat(33) })],
    [header({ nonce_str: 'N'.repeat(31) })],
    [header({ nonce_str: 'n'.repeat(32) })],
    [header({ timestamp: '17951562000000' })],
    [header({ timestamp: '1795156200.5' })],
    [header({ timestamp: '-1' })],
    [header({ serial_no: 'a1b2' })],
    [header({ serial_no: '0xA1' })],
    [header({ signature: '' })],
    [header({ signature: 'A' })],
    [header({ signature: 'AA AA' })],
    [header({ signature: 'AAA=A' })],
    [`${header()},appid="A2"`],
    [`${header()},more="1"`],
    [header().replaceAll('"', '')],
    [header().slice(0, -1)],
  ])('is refused: %s', (text) => {
    expect(parseAuthorization(text)).toBeNull()
  })
})

describe('the gate', () => {
  test.each([
    ['400003', 403, { appId: 'OTHER' }],
    ['400005', 401, { serial: 'FFFF' }],
    ['400006', 401, { signer: 'somebody' }],
    ['400007', 401, { stampMs: nowMs - windowMs - 1000 }],
    ['400007', 401, { stampMs: nowMs + windowMs + 1000 }],
    ['400001', 401, { headers: { authorization: 'Basic eA==' } }],
    ['400010', 401, { atMs: nowMs + 86_400_001 }],
  ])('%s', (respCode, status, over) => {
    const rig = createRig()
    const answer = rig.send('POST', chargePath, charge(), over)
    expect([answer.status, answer.respCode]).toEqual([status, respCode])
    expect(stateOf(rig.model)).toMatchObject({ records: 0, gateRefusals: { [respCode]: 1 } })
  })

  test('both ends of the window are inside', () => {
    const rig = createRig()
    for (const stampMs of [nowMs - windowMs, nowMs + windowMs]) {
      expect(rig.send('POST', chargePath, charge(), { stampMs }).respCode).toBe('100000')
    }
  })

  test('H11 a nonce works once, also over a restart, and again when it is forgotten', () => {
    const rig = createRig()
    const nonce = 'ONCE'.padEnd(32, '0')
    expect(rig.send('POST', chargePath, charge(), { nonce }).respCode).toBe('100000')
    expect(rig.send('POST', chargePath, charge(), { nonce }).respCode).toBe('400008')
    const after = rig.again()
    expect(after.send('POST', chargePath, charge(), { nonce }).respCode).toBe('400008')
    const atMs = nowMs + nonceKeepMs + 1
    expect(after.send('POST', chargePath, charge(), { nonce, atMs }).respCode).toBe('100000')
    expect(stateOf(after.model)).toMatchObject({ records: 2 })
  })

  test('a wrong signature does not use up the nonce of its owner', () => {
    const rig = createRig()
    const nonce = 'MINE'.padEnd(32, '0')
    rig.send('POST', chargePath, charge(), { nonce, signer: 'thief' })
    expect(rig.send('POST', chargePath, charge(), { nonce }).respCode).toBe('100000')
    expect(stateOf(rig.model)).toMatchObject({ signatureFailures: 1 })
  })

  test('another body, path or method under a good signature is refused', () => {
    const rig = createRig()
    const sent = rig.request('POST', chargePath, charge())
    for (const change of [
      { body: Buffer.from('{}') },
      { path: `${chargePath}?a=1` },
      { method: 'PUT' },
    ]) {
      const answer = rig.model.handle({ ...sent, ...change }, nowMs)
      expect(answer?.status).toBe(401)
    }
    expect(rig.model.handle(sent, nowMs)?.status).toBe(200)
  })

  test('interfaces that do not exist', () => {
    const rig = createRig()
    for (const [method, path] of [
      ['GET', '/'],
      ['DELETE', chargePath],
      ['POST', '/v2/etc/exit-charges'],
      ['GET', `${chargePath}/a/b`],
    ] as const) {
      const answer = rig.send(method, path)
      expect([answer.status, answer.respCode]).toEqual([403, '400004'])
    }
  })
})

test('every answer carries the envelope of P3, refusals too', () => {
  const rig = createRig()
  const answers = [
    rig.send('POST', chargePath, charge()),
    rig.send('POST', chargePath, charge(), { signer: 'nobody' }),
    rig.send('GET', `${chargePath}/NOPE`),
  ]
  for (const { headers, body } of answers) {
    const text = answerText(headers['etc-timestamp'] ?? '', headers['etc-nonce'] ?? '', body)
    expect(headers['etc-signature']).toBe(Buffer.from(standIn('platform', text)).toString('base64'))
    expect(headers['etc-serial']).toBe('C3D4')
    expect(headers['etc-nonce']).toMatch(/^[A-Z0-9]{32}$/)
  }
  expect(new Set(answers.map((a) => a.headers['request-id'])).size).toBe(3)
})
