// The state of a lot's certificates as one row: what it has and the next step. A pending request does not hide, from other
// readers, that the certificate in use has expired; here the step says that its successor is awaited.
import { describe, expect, it } from 'vitest'
import { joiningStep, mayRequest } from '#lane/desk/setup/joining.ts'

const day = 86_400_000
const nowMs = 1_780_000_000_000
const until = (days: number) => ({ notBeforeMs: nowMs - day, notAfterMs: nowMs + days * day })

describe('the step of a lot', () => {
  it.each([
    ['nothing', false, null, false, 'none', 'csr'],
    ['a channel alone', false, null, true, 'none', 'csr'],
    ['a request', true, null, false, 'requested', 'import'],
    ['a certificate without a channel', false, until(300), false, 'certified', 'join'],
    ['both', false, until(300), true, 'joined', null],
    ['31 days left', false, until(31), true, 'joined', null],
    ['30 days left', false, until(30), true, 'ending', 'rotate'],
    ['none left', false, until(0), true, 'ended', 'rotate'],
    ['none left, and no channel', false, until(0), false, 'ended', 'rotate'],
    ['the next one awaited', true, until(20), true, 'renewing', 'import'],
    ['the next one awaited, the former over', true, until(-3), true, 'renewing', 'import'],
  ] as const)('with %s', (_, isRequested, client, hasChannel, state, next) => {
    expect(joiningStep({ isRequested, client, hasChannel }, nowMs)).toEqual({ state, next })
  })

  it('a first request and a change are each for who has the other need', () => {
    expect(() => mayRequest('csr', true)).toThrow('CERT-06')
    expect(() => mayRequest('rotate', false)).toThrow('CERT-06')
    mayRequest('csr', false)
    mayRequest('rotate', true)
  })
})
