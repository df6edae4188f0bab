// Requests and answers as bytes for people: everything that a driver reads, and nothing of a proof.
// A head that was written reads back as the same head.
import { describe, expect, it } from 'vitest'
import { headBytes, headOf, requestBytes } from '#devices/pure/http/exchange.ts'

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

describe('a request', () => {
  it('is its line, and says of a proof that there was one', () => {
    const request = { method: 'GET', path: '/a?b=[c]' } as const
    expect(textOf(requestBytes(request, false))).toBe('GET /a?b=[c] HTTP/1.1\r\n\r\n')
    expect(textOf(requestBytes(request, true))).toBe(
      'GET /a?b=[c] HTTP/1.1\r\nAuthorization: Digest\r\n\r\n',
    )
  })
  it('keeps its body', () => {
    const request = { method: 'PUT', path: '/a', body: '<x/>' } as const
    expect(textOf(requestBytes(request, false))).toBe('PUT /a HTTP/1.1\r\n\r\n<x/>')
  })
})

describe('the head of an answer', () => {
  it('keeps what a driver reads, and no nonce', () => {
    const challenge =
      'Digest realm="IP Camera", qop="auth", nonce="4e6a41", opaque=77aa, stale=true'
    const headers = {
      'content-type': 'text/html',
      'www-authenticate': challenge,
      'set-cookie': 'session=4711',
    }
    const kept = textOf(headBytes(401, headers))
    expect(kept).toBe(
      'HTTP/1.1 401\r\ncontent-type: text/html\r\nwww-authenticate: ' +
        'Digest realm="IP Camera", qop="auth", nonce="0", opaque="0", stale=true\r\n\r\n',
    )
    expect(headOf(headBytes(401, headers))).toEqual({
      status: 401,
      headers: { 'content-type': 'text/html', 'www-authenticate': kept.split(': ').pop()?.trim() },
    })
  })
  it('without headers is a head, and an empty nonce stays none', () => {
    expect(headOf(headBytes(200, {}))).toEqual({ status: 200, headers: {} })
    const empty = headBytes(401, { 'www-authenticate': 'Digest realm="a", nonce=""' })
    expect(textOf(empty)).toContain('nonce=""')
  })
  it.each(['', '--b\r\n', 'HTTP/1.1 20', 'XHTTP/1.1 200\r\n\r\n'])('%j is none', (text) => {
    expect(headOf(new TextEncoder().encode(text))).toBeNull()
  })
})
