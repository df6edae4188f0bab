// The envelope of a billing system: what of it is refused, and by which part.
import { expect, it } from 'vitest'
import { PartnerSeal, type SealedRequest } from '#money/partners/seal.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { answerMessage } from '#base/pure/words/envelope-text.ts'
import {
  authorization,
  newIdentity,
  newNonce,
  partnerOf,
  type Signing,
} from '../../../kit/partner-kit.ts'

const nowMs = 1_795_000_000_000
const nowSec = nowMs / 1000
const dayMs = 86_400_000
const valid = { fromMs: nowMs - dayMs, toMs: nowMs + dayMs }
const own = newIdentity('ours', { ...valid, serialHex: '0A01' })
const alpha = newIdentity('alpha', { ...valid, serialHex: '0B01' })
const next = newIdentity('alpha next', { ...valid, serialHex: '0B02' })
const ended = newIdentity('alpha ended', {
  fromMs: nowMs - 2 * dayMs,
  toMs: nowMs,
  serialHex: '0B03',
})
const early = newIdentity('alpha early', {
  fromMs: nowMs + 2_000,
  toMs: nowMs + dayMs,
  serialHex: '0B04',
})
const beta = newIdentity('beta', { ...valid, serialHex: '0C01' })
const partners = [partnerOf('ALPHA', [alpha, next, ended, early]), partnerOf('BETA', [beta])]

function sealed(startMs = nowMs) {
  const clock = { ms: startMs }
  return {
    clock,
    seal: new PartnerSeal({ partners, own: own.key, clock: { nowMs: () => clock.ms } }),
  }
}

const path = '/v1/orders/ORDER-1?x=%20'
const body = Buffer.from('{"plate":"测A00001"}')
const request = (more: Partial<Signing> = {}): SealedRequest => ({
  method: 'PUT',
  path,
  body,
  authorization: authorization('PUT', path, body, {
    appid: 'ALPHA',
    identity: alpha,
    atSec: nowSec,
    ...more,
  }),
})

function refusal(seal: PartnerSeal, given: SealedRequest): string {
  try {
    return seal.partnerOf(given).partner.id
  } catch (error) {
    if (!(error instanceof LaneFault)) throw error
    return `${error.code} ${error.detail.field}`
  }
}

it.each([
  ['the present certificate', request()],
  ['the next one', request({ identity: next })],
  ['300 s slow', request({ atSec: nowSec - 300 })],
  ['300 s fast', request({ atSec: nowSec + 300 })],
])('accepts %s', (_, given) => {
  expect(refusal(sealed().seal, given)).toBe('ALPHA')
})

const header = request().authorization ?? ''
const changed = (from: string | RegExp, to: string): SealedRequest => ({
  ...request(),
  authorization: header.replace(from, to),
})
const of = (part: string): string => `ORDER-02 Authorization${part === '' ? '' : `.${part}`}`

it.each([
  ['no header', { ...request(), authorization: undefined }, of('')],
  ['another scheme', changed('ETC-SM2-WITH-SM3', 'Bearer'), of('')],
  ['a member twice', changed(',timestamp', ',appid="ALPHA",timestamp'), of('')],
  ['a member that is unknown', changed('appid', 'app'), of('')],
  ['a header of 601 characters', changed(/$/, ' '.repeat(601 - header.length)), of('')],
  ['a member that is missing', changed(/appid="ALPHA",/, ''), of('appid')],
  ['a nonce of 31 characters', request({ nonce: 'A'.repeat(31) }), of('nonce_str')],
  ['a time in words', changed(/timestamp="\d+"/, 'timestamp="now"'), of('timestamp')],
  ['a serial in lower case', changed('serial_no="0B01"', 'serial_no="0b01"'), of('serial_no')],
  ['a signature that is no Base64', changed(/signature="..../, 'signature="!!!!'), of('signature')],
  ['a partner that is unknown', request({ appid: 'GAMMA' }), of('appid')],
  ["another partner's certificate", request({ identity: beta }), of('serial_no')],
  ['a certificate that has ended', request({ identity: ended }), of('serial_no')],
  ['a certificate of later', request({ identity: early }), of('serial_no')],
  ['301 s slow', request({ atSec: nowSec - 301 }), of('timestamp')],
  ['301 s fast', request({ atSec: nowSec + 301 }), of('timestamp')],
  ['another method', { ...request(), method: 'GET' }, of('signature')],
  ['another path', { ...request(), path: '/v1/orders/ORDER-2' }, of('signature')],
  [
    'another byte of the body',
    { ...request(), body: Buffer.from('{"plate":"测A00002"}') },
    of('signature'),
  ],
  ["another partner's id", changed('ALPHA', 'BETA').authorization, of('serial_no')],
  ['a changed nonce', changed(/nonce_str="\w+"/, `nonce_str="${newNonce()}"`), of('signature')],
  ['a changed time', changed(String(nowSec), String(nowSec + 1)), of('signature')],
])('refuses %s', (_, given, expected) => {
  const whole = typeof given === 'object' ? given : { ...request(), authorization: given }
  expect(refusal(sealed().seal, whole)).toBe(expected)
})

it('takes a nonce once for as long as its time holds, and not before the signature is right', () => {
  const { clock, seal } = sealed()
  const nonce = newNonce()
  const first = request({ nonce, atSec: nowSec + 300 })
  const forged = { ...first, body: Buffer.from('{}') }
  expect(refusal(seal, forged)).toBe(of('signature'))
  expect(refusal(seal, first)).toBe('ALPHA')
  expect(refusal(seal, first)).toBe(of('nonce_str'))
  clock.ms = nowMs + 600_000
  expect(refusal(seal, first)).toBe(of('nonce_str'))
  clock.ms = nowMs + 600_999
  expect(refusal(seal, first)).toBe(of('nonce_str'))
  clock.ms = nowMs + 601_000
  expect(refusal(seal, first)).toBe(of('timestamp'))
  const other = request({ appid: 'BETA', identity: beta, nonce, atSec: nowSec + 601 })
  expect(refusal(seal, other)).toBe('BETA')
})

it('signs an answer over the nonce of its request, and a fresh one without', () => {
  const { seal } = sealed()
  const text = Buffer.from('{"a":1}')
  const nonces = ['N'.repeat(32), null, null].map((asked) => {
    const headers = seal.headersOf(text, asked)
    const [timestamp = '', nonce = ''] = [headers['Etc-Timestamp'], headers['Etc-Nonce']]
    const signature = new Uint8Array(Buffer.from(headers['Etc-Signature'] ?? '', 'base64'))
    const message = answerMessage({ timestamp, nonce, body: text })
    expect([headers['Etc-Serial'], timestamp]).toEqual(['0A01', String(nowSec)])
    expect(own.verifying.verify(message, signature)).toBe(true)
    return nonce
  })
  expect(nonces[0]).toBe('N'.repeat(32))
  expect(new Set(nonces).size).toBe(3)
})
