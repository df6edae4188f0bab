// The signed texts of P2 and P3, character by character. Signatures over them: oracles.test.ts.
// The fixtures of platform-access.md A.8 decide.
import { describe, expect, it } from 'vitest'
import { answerMessage, requestMessage } from '#base/pure/words/envelope-text.ts'

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

describe('request text', () => {
  it('is five lines, each ended by one LF', () => {
    const message = requestMessage({
      method: 'POST',
      path: '/v1/x?a=1&b=%20',
      timestampSec: 1795156200,
      nonce: 'N',
      body: utf8('{"a":"测"}'),
    })
    expect(text(message)).toBe('POST\n/v1/x?a=1&b=%20\n1795156200\nN\n{"a":"测"}\n')
  })
  it('of a GET ends in an empty line', () => {
    const body = new Uint8Array()
    const message = requestMessage({ method: 'GET', path: '/p', timestampSec: 1, nonce: 'N', body })
    expect(text(message)).toBe('GET\n/p\n1\nN\n\n')
  })
  it('adds its LF also where the body ends in one', () => {
    const message = requestMessage({
      method: 'PUT',
      path: '/p',
      timestampSec: 1,
      nonce: 'N',
      body: utf8('x\n'),
    })
    expect(text(message)).toBe('PUT\n/p\n1\nN\nx\n\n')
  })
})

describe('answer text', () => {
  it('is three lines over the raw bytes, valid UTF-8 or not', () => {
    const message = answerMessage({ timestamp: '01', nonce: 'n', body: Uint8Array.of(0xff, 0x0a) })
    expect([...message]).toEqual([0x30, 0x31, 0x0a, 0x6e, 0x0a, 0xff, 0x0a, 0x0a])
  })
  it('with an empty body has an empty third line', () => {
    const body = new Uint8Array()
    expect(text(answerMessage({ timestamp: '1', nonce: 'n', body }))).toBe('1\nn\n\n')
  })
})
