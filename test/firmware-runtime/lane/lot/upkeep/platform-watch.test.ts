// The platform's indicator: green only after a recent good answer, and off at the first failed call; it does not wait for
// five failures in a row.
import { describe, expect, it } from 'vitest'
import {
  freshMs,
  networkState,
  platformState,
  watchUploader,
} from '#lane/lot/upkeep/platform-watch.ts'
import type { QueueVerdict } from '#ledger/pure/queue/queue.ts'
import type { SignInResult, Uploader } from '#ledger/ports/uploader.ts'
import { HandClock } from '../../../runtime/control/control-kit.ts'

const record = { op: 'charge', businessNo: 'P1', amountFen: 1, lastPostMs: null, body: '' } as const
const noMeta = { httpStatus: null, respCode: null, requestId: null }
const signIn = {
  listNo: 'L1',
  psamTerminal: '370100000001',
  laneId: 'exit',
  lotId: 'GX77001',
  lotName: '测试',
  atMs: 0,
}

function bench() {
  const clock = new HandClock()
  let verdict: QueueVerdict = { kind: 'notFound' }
  let granted: SignInResult = { kind: 'silence', reason: 'timeout' }
  const inner: Uploader = {
    send: (_record, _op, _timeoutMs, done) => done(verdict, noMeta),
    signIn: (_request, _timeoutMs, done) => done(granted),
    clockOffsetMs: 5,
  }
  const watched = watchUploader(inner, clock)
  return {
    clock,
    watched,
    state: () => platformState(true, watched.seen()),
    send(of: QueueVerdict): void {
      verdict = of
      watched.send(record, 'post', 3000, () => undefined)
    },
    signIn(of: SignInResult): void {
      granted = of
      watched.signIn(signIn, 3000, () => undefined)
    },
  }
}

const good: QueueVerdict = { kind: 'confirmed', tradeNo: 'T1' }

describe('the light of the platform', () => {
  it.each([
    ['silence', { kind: 'silence', reason: 'timeout', sent: true }],
    ['an answer that proves nothing', { kind: 'unclear', reason: 'HTTP 502' }],
    ['too busy', { kind: 'busy', afterMs: null, reason: 'HTTP 503' }],
  ] as const)('leaves green at the first call with %s, and comes back', (_name, verdict) => {
    const { clock, send, state, watched } = bench()
    send(good)
    expect(state()).toBe('up')
    clock.advance(2_000)
    send(verdict)
    expect([state(), watched.seen().answeredMsAgo]).toEqual(['failing', 2_000])
    expect(platformState(false, watched.seen())).toBe('down')
    send(good)
    expect(state()).toBe('up')
  })
  it.each([
    { kind: 'refused', reason: 'balance' },
    { kind: 'held', reason: 'format' },
    { kind: 'processing' },
    { kind: 'notFound' },
  ] as const)('$kind is an answer', (verdict) => {
    const { send, state } = bench()
    send(verdict)
    expect(state()).toBe('up')
  })
  it('is not green before the first answer, and not on an old one', () => {
    const { clock, state, signIn } = bench()
    expect(state()).toBe('quiet')
    signIn({ kind: 'granted', validUntilMs: 1 })
    expect(state()).toBe('up')
    clock.advance(freshMs)
    expect(state()).toBe('up')
    clock.advance(1)
    expect(state()).toBe('quiet')
    signIn({ kind: 'silence', reason: 'timeout' })
    expect(state()).toBe('failing')
  })
  it('leaves everything else of the uploader as it is', () => {
    expect(bench().watched.clockOffsetMs).toBe(5)
  })
})

describe('the light of the network', () => {
  it('is not green before the first answer, nor on an old one: nobody knows', () => {
    const { clock, watched, send } = bench()
    const light = (): string => networkState(true, watched.seen())
    expect(light()).toBe('quiet')
    send(good)
    expect(light()).toBe('up')
    clock.advance(freshMs)
    expect(light()).toBe('up')
    clock.advance(1)
    expect(light()).toBe('quiet')
  })
  it('is up with an answer that proves nothing, and down with none or where it was cut', () => {
    const { watched, send } = bench()
    send({ kind: 'unclear', reason: 'HTTP 502' })
    expect(networkState(true, watched.seen())).toBe('up')
    expect(networkState(false, watched.seen())).toBe('down')
    send({ kind: 'silence', reason: 'timeout', sent: true })
    expect(networkState(true, watched.seen())).toBe('down')
  })
})
