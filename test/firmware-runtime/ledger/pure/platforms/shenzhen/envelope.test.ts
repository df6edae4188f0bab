// The envelope of P27 against the published fixture, OpenSSL and the simulator's own library; an invalid envelope is
// refused. Each invalid one differs from a valid one in one point.
import { execFileSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { hmacSha256 } from '#ledger/crypto/hmac-sha256.ts'
import { envelope, read, signedText } from '#ledger/pure/platforms/shenzhen/envelope.ts'
import { open, seal } from '#simulators/reservation/envelope.ts'

const fixture = {
  appId: 'sz-demo',
  parkCode: '4403000001',
  timestampMs: 1_700_460_600_000,
  nonce: '8f14e45fceea167a5a36dedd4bea2543',
  data: '{"plateNo":"粤B12345","plateColor":0}',
}
const secret = 'demo-secret'
const keys = { appId: fixture.appId, parkCode: fixture.parkCode, secret }
const signer = hmacSha256(secret)
const sign = signer.sign(signedText(fixture))

it('signs as the reference and as OpenSSL do', () => {
  expect(signedText(fixture)).toBe(
    'appId=sz-demo&data={"plateNo":"粤B12345","plateColor":0}&nonce=8f14e45fceea167a5a36dedd4bea2543&parkCode=4403000001&timestamp=1700460600000',
  )
  expect(sign).toBe('ba5402f65371389126df7c3c52eb237a6b3427784c29b4df1e54291d1a5e8ac3')
  const said = execFileSync('openssl', ['dgst', '-sha256', '-hmac', secret], {
    input: signedText(fixture),
    encoding: 'utf8',
  })
  expect(said.trim().split(' ').at(-1)).toBe(sign)
})

it('is read by the simulator, and reads what the simulator made', () => {
  const { timestampMs } = fixture
  expect(open(keys, envelope(fixture, sign), timestampMs, new Set())).toMatchObject({ ok: true })
  const text = seal(keys, fixture.data, timestampMs, fixture.nonce)
  const found = read(text)
  expect(found).toMatchObject({ ...fixture, sign })
  expect(signer.isSigned(found?.signed ?? '', found?.sign ?? '')).toBe(true)
})

it('takes the data as it was written: blanks and order are part of what is signed', () => {
  const data = '{ "b" : [1,{"a":"x,y:}\\"z"}], "a" : 2 }'
  const odd = { ...fixture, data }
  expect(read(envelope(odd, signer.sign(signedText(odd))))?.data).toBe(data)
})

const good = envelope(fixture, sign)
it.each([
  ['no JSON', 'x'],
  ['a list', '[]'],
  ['nothing', '{}'],
  ['a member too many', good.replace('{"appId"', '{"more":1,"appId"')],
  [
    'a member twice',
    good.replace('{"appId"', '{"nonce":"8f14e45fceea167a5a36dedd4bea2543","appId"'),
  ],
  ['seconds', good.replace('1700460600000', '1700460600')],
  ['a short nonce', good.replace('8f14e45f', '')],
  ['a signature in capitals', good.replace(sign, sign.toUpperCase())],
  ['data that is no object', good.replace(fixture.data, '[1]')],
  ['no signature', good.replace(`,"sign":"${sign}"`, '')],
])('is none: %s', (_what, text) => expect(read(text)).toBeNull())

it('does not fit where one sign of it is another', () => {
  const found = read(good.replace('粤B12345', '粤B12346'))
  expect(signer.isSigned(found?.signed ?? '', found?.sign ?? '')).toBe(false)
  expect(signer.isSigned('x', 'ab')).toBe(false)
})
