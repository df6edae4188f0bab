// One request in flight: what each head and each piece of the body of its answer changes, and what another request changes.
import { describe, expect, it } from 'vitest'
import { ask, freshSession } from '#devices/pure/http/session.ts'
import { takeBody, takeHead } from '#devices/pure/http/text-answer.ts'

const digest = { 'www-authenticate': 'Digest realm="r", qop="auth", nonce="n1"' }
const basic = { 'www-authenticate': 'Basic realm="r"' }
const asked = () => {
  const { session, id } = ask(freshSession, { method: 'GET', path: '/a' })
  return { session, flight: { id, status: 0, text: '', of: 'mine' } }
}

describe('the head of an answer', () => {
  it.each([
    ['200', [[200, {}]], { id: '1', status: 200 }, null],
    ['503', [[503, {}]], { id: '1', status: 503 }, null],
    [
      '401 to the first request: it is repeated under another id',
      [[401, digest]],
      { id: '2' },
      null,
    ],
    [
      '200 after that',
      [
        [401, digest],
        [200, {}],
      ],
      { id: '2', status: 200 },
      null,
    ],
    [
      '401 again: the password is wrong',
      [
        [401, digest],
        [401, digest],
      ],
      { id: '2' },
      'refused',
    ],
    ['401 without a challenge that is answered', [[401, basic]], { id: '1' }, 'noDigest'],
    ['401 without any challenge', [[401, {}]], { id: '1' }, 'noDigest'],
  ] as const)('%s', (_what, heads, flight, ends) => {
    let exchange: Pick<ReturnType<typeof takeHead>, 'session' | 'flight'> = asked()
    let last: ReturnType<typeof takeHead>['ends'] = null
    for (const [status, headers] of heads) {
      const id = exchange.flight?.id ?? ''
      const taken = takeHead(exchange, { type: 'head', id, status, headers })
      exchange = taken
      last = taken.ends
    }
    expect(exchange.flight).toMatchObject({ of: 'mine', text: '', ...flight })
    expect(last).toBe(ends)
  })

  it.each([
    [200, {}],
    [401, digest],
    [401, basic],
  ] as const)('%i of a request that was given up changes nothing', (status, headers) => {
    const exchange = asked()
    const taken = takeHead(exchange, { type: 'head', id: '9', status, headers })
    expect(taken).toEqual({ ...exchange, effects: [], ends: null })
    const none = takeHead({ ...exchange, flight: null }, { type: 'head', id: '9', status, headers })
    expect([none.flight, none.ends]).toEqual([null, null])
  })
})

describe('the body of an answer', () => {
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
  it.each([
    ['one piece', ['<a/>'], '<a/>'],
    ['three pieces', ['<a', '/', '>'], '<a/>'],
    ['exactly the longest', ['x'.repeat(8)], 'x'.repeat(8)],
    ['nothing', [''], ''],
    ['one more, in one piece', ['x'.repeat(9)], 'overlong'],
    ['many more, in one piece', ['x'.repeat(70_000)], 'overlong'],
    ['one more, in two pieces', ['x'.repeat(8), 'x'], 'overlong'],
  ])('%s', (_what, pieces, end) => {
    let { flight } = asked()
    let text = ''
    for (const piece of pieces) {
      const taken = takeBody(flight, { type: 'body', id: '1', bytes: bytes(piece) }, 8)
      if (taken === null || taken === 'overlong') {
        text = String(taken)
        break
      }
      flight = taken
      text = taken.text
    }
    expect(text).toBe(end)
  })

  it('a character of two bytes survives a split', () => {
    const [first = 0, second = 0] = bytes('é')
    let { flight } = asked()
    for (const one of [first, second]) {
      const taken = takeBody(flight, { type: 'body', id: '1', bytes: Uint8Array.of(one) }, 8)
      if (taken !== null && taken !== 'overlong') flight = taken
    }
    expect([...flight.text].map((one) => one.charCodeAt(0))).toEqual([first, second])
  })

  it.each(['', '2', '10'])('of request %o, which is not in flight, is not read', (id) => {
    const { flight } = asked()
    expect(takeBody(flight, { type: 'body', id, bytes: bytes('x'.repeat(99)) }, 8)).toBe(flight)
    expect(takeBody(null, { type: 'body', id, bytes: bytes('x') }, 8)).toBeNull()
  })
})
