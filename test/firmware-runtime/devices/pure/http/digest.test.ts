// Digest authentication: the vector of lane-devices.md section 0, that of RFC 7616, challenges as devices write them.
// A challenge that cannot be answered safely is refused.
import { describe, expect, it } from 'vitest'
import { nodeTextHash } from '#devices/web/digest-signer.ts'
import type { Challenge } from '#devices/pure/http/digest.ts'
import { authorizationOf, challengeOf } from '#devices/pure/http/digest.ts'

const camera: Challenge = {
  realm: 'IP Camera(C1234)',
  nonce: '4e6a41774d44413159',
  opaque: null,
  qopAuth: true,
  algorithm: 'MD5',
  stale: false,
}
const use = {
  method: 'PUT',
  uri: '/ISAPI/Parking/channels/1/barrierGate',
  user: 'admin',
  password: 'Abcd1234',
  nonceCount: 1,
  clientNonce: '0a4f113b',
}
const memberOf = (header: string, name: string): string =>
  new RegExp(`${name}="?([^",]*)`).exec(header)?.[1] ?? ''

describe('the answer to a challenge', () => {
  it('is that of the vector of section 0', () => {
    expect(nodeTextHash('MD5', 'admin:IP Camera(C1234):Abcd1234')).toBe(
      '61633f8c7297c5df15a1d887f50d2732',
    )
    const header = authorizationOf(camera, use, nodeTextHash)
    expect(memberOf(header, 'response')).toBe('afb4c9ee1de5a111cb8afd85c7b1c748')
    expect(header).toBe(
      'Digest username="admin", realm="IP Camera(C1234)", nonce="4e6a41774d44413159", ' +
        'uri="/ISAPI/Parking/channels/1/barrierGate", algorithm=MD5, ' +
        'response="afb4c9ee1de5a111cb8afd85c7b1c748", qop=auth, nc=00000001, cnonce="0a4f113b"',
    )
  })
  it.each([
    ['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
    ['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
  ] as const)('is that of RFC 7616 section 3.9.1 for %s', (algorithm, response) => {
    const challenge = challengeOf(
      'Digest realm="http-auth@example.org", qop="auth, auth-int", ' +
        `algorithm=${algorithm}, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", ` +
        'opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"',
    )
    if (challenge === null) throw new Error('it is one')
    const header = authorizationOf(
      challenge,
      {
        method: 'GET',
        uri: '/dir/index.html',
        user: 'Mufasa',
        password: 'Circle of Life',
        nonceCount: 1,
        clientNonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
      },
      nodeTextHash,
    )
    expect(memberOf(header, 'response')).toBe(response)
    expect(memberOf(header, 'opaque')).toBe('FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS')
  })
  it('counts the uses of a nonce in eight digits of hex, and leaves qop out where none was offered', () => {
    expect(authorizationOf(camera, { ...use, nonceCount: 255 }, nodeTextHash)).toContain(
      'nc=000000ff',
    )
    const old = authorizationOf({ ...camera, qopAuth: false }, use, nodeTextHash)
    expect(old).not.toMatch(/qop|nc=|cnonce/)
    expect(memberOf(old, 'response')).toBe(
      nodeTextHash(
        'MD5',
        '61633f8c7297c5df15a1d887f50d2732:4e6a41774d44413159:ef578287196b4c22f12c43808be7342e',
      ),
    )
  })
  it('quotes what would end a text early', () => {
    const header = authorizationOf({ ...camera, realm: 'a "b" \\' }, use, nodeTextHash)
    expect(header).toContain('realm="a \\"b\\" \\\\"')
  })
})

describe('a challenge', () => {
  const plain = { realm: 'a', nonce: 'n', opaque: null, qopAuth: true, stale: false }
  it.each([
    ['Digest realm="a", nonce="n", qop="auth"', plain],
    ['digest nonce=n,realm=a,qop=auth', plain],
    ['Digest qop="auth", realm="a", nonce="n", stale=TRUE', { ...plain, stale: true }],
    ['Digest realm="a", nonce="n", stale=false', { ...plain, qopAuth: false }],
    ['Digest realm="a", nonce="n", qop="auth-int,auth", opaque="o"', { ...plain, opaque: 'o' }],
    ['Basic realm="b", Digest realm="a", nonce="n", qop="auth"', plain],
    ['Digest realm="a", nonce="n", qop="auth", Basic realm="b"', plain],
    [
      'Digest realm="x", nonce="y", algorithm=MD5-sess, Digest realm="a", nonce="n", qop="auth"',
      plain,
    ],
    ['Digest realm="a, b=\\"c\\"", nonce="n", qop="auth"', { ...plain, realm: 'a, b="c"' }],
    ['Digest realm="a", realm="b", nonce="n", qop="auth"', plain],
  ])('%s', (header, members) => {
    expect(challengeOf(header)).toEqual({ algorithm: 'MD5', ...members })
  })
  it.each([
    [''],
    ['Basic realm="a"'],
    ['Digest'],
    ['Digest realm="a"'],
    ['Digest nonce="n"'],
    ['Digest realm="a", nonce=""'],
    ['Digest realm="a", nonce="n", qop="auth-int"'],
    ['Digest realm="a", nonce="n", algorithm=SHA-512-256'],
    [`Digest realm="${'a'.repeat(5_000)}", nonce="n"`],
    ['\u0000\u0001 realm="a", nonce="n"'],
  ])('%j is none', (header) => {
    expect(challengeOf(header)).toBeNull()
  })
})
