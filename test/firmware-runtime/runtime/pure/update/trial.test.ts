// The judge of a version on trial: what takes it back, what never does, and when it stays.
import { describe, expect, it } from 'vitest'
import { faults, type FaultCode } from '#base/pure/faults/faults.ts'
import type { Trial } from '#runtime/pure/update/slots.ts'
import { mayBeOwn, ownFaults, signOf } from '#runtime/pure/update/trial-faults.ts'
import {
  judged,
  trialBegins,
  trialStanding,
  type TrialEvent,
  type TrialState,
  type TrialVerdict,
} from '#runtime/pure/update/trial.ts'
import { shownReasons, type ManualReason } from '#base/pure/words/manual-reason.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'

const minute = 60_000
const hour = 60 * minute
const trial: Trial = {
  sinceIso: '2026-11-30T02:10:00.000+08:00',
  ranMs: 0,
  passages: 0,
  fromSeq: 500,
}
const codes = Object.keys(faults) as FaultCode[]
const reasons = Object.keys(shownReasons) as ManualReason[]

/** Events one after the other; the verdict of the first that says more than `goOn`. */
function after(
  events: readonly TrialEvent[],
  from: TrialState = trialBegins(trial),
): { readonly state: TrialState; readonly verdict: TrialVerdict } {
  let state = from
  for (const event of events) {
    const next = judged(state, event)
    if (next.verdict.is !== 'goOn') return next
    ;({ state } = next)
  }
  return { state, verdict: { is: 'goOn' } }
}

const ran = (monoMs: number, passages = 0, charges: readonly string[] = []): TrialEvent => ({
  is: 'ran',
  monoMs,
  passages,
  charges,
})
/** Looks each minute. */
const minutes = (count: number, passages = 0, fromMs = 0): TrialEvent[] =>
  Array.from({ length: count + 1 }, (_, n) => ran(fromMs + n * minute, n === 1 ? passages : 0))
const fault = (
  code: string,
  more: Partial<Extract<TrialEvent, { is: 'fault' }>> = {},
): TrialEvent => ({ is: 'fault', code, seq: null, isOfWorld: false, of: 's1', ...more })
const stray = (monoMs: number, lanes: readonly string[] = []): TrialEvent => ({
  is: 'stray',
  monoMs,
  text: 'TypeError x is undefined',
  cars: lanes.map((laneId) => ({ laneId, sinceMs: 7 })),
})
const lane = (manual: ManualReason | null, sinceMs: number | null = 7): TrialEvent => ({
  is: 'lane',
  laneId: 'exit',
  sinceMs,
  manual,
})

describe('how long a trial lasts', () => {
  it.each<[string, TrialEvent[], TrialVerdict['is'], Partial<Trial>]>([
    ['a day without a car', minutes(24 * 60), 'goOn', { ranMs: 24 * hour, passages: 0 }],
    ['a month without a car', minutes(30 * 24 * 60), 'goOn', { passages: 0 }],
    ['a day with 19 cars', minutes(24 * 60, 19), 'goOn', { passages: 19 }],
    ['20 cars within an hour', minutes(60, 20), 'goOn', { ranMs: hour, passages: 20 }],
    ['a thousand cars, a minute short', minutes(24 * 60 - 1, 1_000), 'goOn', {}],
    ['20 cars and a day', minutes(24 * 60, 20), 'kept', { ranMs: 24 * hour, passages: 20 }],
    ['a day, then the 20th car', [...minutes(1_500, 19), ran(1_501 * minute, 1)], 'kept', {}],
  ])('%s', (_, events, verdict, found) => {
    const end = after(events)
    expect([end.verdict.is, end.state.trial]).toEqual([verdict, expect.objectContaining(found)])
  })

  it.each<[string, number[], number]>([
    ['a machine that slept for two days', [0, minute, 48 * hour, 48 * hour + minute], 2 * minute],
    ['a clock of the machine that ran back', [hour, hour + minute, 0, minute], 2 * minute],
    ['a start after a power cut', [9 * hour], 0],
  ])('counts no time of %s', (_, times, ranMs) => {
    expect(after(times.map((ms) => ran(ms))).state.trial.ranMs).toBe(ranMs)
  })

  it.each<[Partial<Trial>, ReturnType<typeof trialStanding>]>([
    [{}, { is: 'runs', passagesLeft: 20, msLeft: 24 * hour }],
    [
      { ranMs: 25 * hour, passages: 3 },
      { is: 'needsCars', passagesLeft: 17, msLeft: 0 },
    ],
    [
      { ranMs: 23 * hour, passages: 30 },
      { is: 'runs', passagesLeft: 0, msLeft: hour },
    ],
    [
      { ranMs: 24 * hour, passages: 20 },
      { is: 'over', passagesLeft: 0, msLeft: 0 },
    ],
  ])('says where it stands: %o', (more, standing) => {
    expect(trialStanding({ ...trial, ...more })).toEqual(standing)
  })
})

describe('faults', () => {
  it.each<[FaultCode, string]>([
    ['LEDGER-06', 'write'],
    ['LEDGER-03', 'selfTest'],
    ['LEDGER-04', 'selfTest'],
    ['LEDGER-05', 'selfTest'],
    ['LEDGER-07', 'selfTest'],
    ['LEDGER-10', 'selfTest'],
    ['CRYPTO-01', 'selfTest'],
  ])('%s takes the version back: %s', (code, why) => {
    expect(after([fault(code)]).verdict).toEqual({ is: 'takeBack', why, note: code })
  })

  it.each(codes.filter((code) => ownFaults[code] === undefined))('%s never does', (code) => {
    const many = Array.from({ length: 50 }, (_, n) => fault(code, { of: `s${n}` }))
    expect(after(many).verdict.is).toBe('goOn')
  })

  it.each<[string, TrialEvent]>([
    ['a full disk', fault('LEDGER-06', { isOfWorld: true })],
    ['a full disk', fault('DATA-02')],
    ['a ledger file that another program holds', fault('LEDGER-05', { isOfWorld: true })],
    ['a row of the version before', fault('LEDGER-04', { seq: 500 })],
    ['a checkpoint of the version before', fault('LEDGER-07', { seq: 1 })],
    ['a person who replaced the ledger file', fault('LEDGER-09')],
    ['a code of another program', fault('NEW-77')],
    ['an unplugged antenna', fault('LINK-02')],
    ['a platform that is down', fault('NET-01')],
    ['a clock ten years off', fault('CLOCK-01')],
  ])('%s never does (%#)', (_, event) => {
    expect(after([event, event, event, event]).verdict.is).toBe('goOn')
  })

  it('takes it back for a row of its own, and names the code', () => {
    const { verdict } = after([fault('LEDGER-07', { seq: 501 })])
    expect(verdict).toEqual({ is: 'takeBack', why: 'selfTest', note: 'LEDGER-07' })
  })

  it.each<[string, readonly string[], TrialVerdict['is']]>([
    ['one odd card, read ten times', Array.from({ length: 10 }, () => 's1'), 'goOn'],
    ['two odd cards', ['s1', 's2', 's1'], 'goOn'],
    ['three cars', ['s1', 's2', 's3'], 'takeBack'],
  ])('a record that cannot be made: %s', (_, cars, verdict) => {
    expect(after(cars.map((of) => fault('UPLOAD-01', { of }))).verdict.is).toBe(verdict)
  })
})

describe('charges without an outcome', () => {
  const charging = (fromMin: number, toMin: number, ...ids: string[]): TrialEvent[] =>
    Array.from({ length: toMin - fromMin + 1 }, (_, n) => ran((fromMin + n) * minute, 0, ids))
  it.each<[string, TrialEvent[], TrialVerdict['is']]>([
    ['under way for four minutes', charging(0, 4, 'D1 post 1'), 'goOn'],
    ['under way for five minutes', charging(0, 5, 'D1 post 1'), 'takeBack'],
    [
      'one of three under way for five minutes',
      [...charging(0, 2, 'D1 post 1', 'D2 post 1', 'D3 post 1'), ...charging(3, 5, 'D2 post 1')],
      'takeBack',
    ],
    ['answered after four minutes', [...charging(0, 4, 'D1 post 1'), ...minutes(10)], 'goOn'],
    [
      'silent, tried again each minute for an hour: an unknown charge of a platform that is down',
      Array.from({ length: 60 }, (_, n) => ran(n * minute, 0, [`D1 query ${n}`])),
      'goOn',
    ],
    [
      'another car each minute at the busy exit',
      Array.from({ length: 60 }, (_, n) => ran(n * minute, 1, [`exit ${n} charging`])),
      'goOn',
    ],
    [
      'seen again after a while: both are short',
      [...charging(0, 3, 'D1 post 1'), ran(4 * minute), ...charging(5, 9, 'D1 post 1')],
      'goOn',
    ],
    [
      'taken by a machine that slept for an hour',
      [...charging(0, 1, 'D1 post 1'), ...charging(61, 65, 'D1 post 1')],
      'goOn',
    ],
    [
      'still under way five minutes after that sleep',
      [...charging(0, 1, 'D1 post 1'), ...charging(61, 66, 'D1 post 1')],
      'takeBack',
    ],
  ])('%s', (_, events, verdict) => {
    expect(after(events).verdict.is).toBe(verdict)
  })
  it('names the charge', () => {
    expect(after(charging(0, 5, 'D1 post 1')).verdict).toEqual({
      is: 'takeBack',
      why: 'car',
      note: 'noOutcome D1 post 1',
    })
  })
  it('are waited for before the version stays', () => {
    const day = minutes(24 * 60 - 1, 20)
    const last = ran(24 * 60 * minute, 0, ['D1 post 1'])
    expect(after([...day, last]).verdict.is).toBe('goOn')
    expect(after([...day, last, ran((24 * 60 + 1) * minute)]).verdict.is).toBe('kept')
  })
})

describe('errors of the program', () => {
  const own = reasons.filter((reason) => mayBeOwn.has(reason))
  const others = reasons.filter((reason) => !mayBeOwn.has(reason))

  it('go on without a car, and are counted', () => {
    const { verdict, state } = after([stray(0), stray(1), ...minutes(60)])
    expect([verdict.is, state.strays, state.lastStray]).toEqual([
      'goOn',
      2,
      'TypeError x is undefined',
    ])
  })
  it.each(own)('take it back when the car then needs a person: %s', (reason) => {
    const { verdict } = after([ran(0), stray(0, ['exit']), lane(null), lane(reason)])
    expect(verdict).toEqual({ is: 'takeBack', why: 'car', note: 'TypeError x is undefined' })
  })
  it.each(others)('do not when card, device, platform or rule are the reason: %s', (reason) => {
    const { verdict, state } = after([ran(0), stray(0, ['exit']), lane(reason)])
    expect([verdict.is, state.suspicions.size]).toEqual(['goOn', 0])
  })
  it.each<[string, TrialEvent[], TrialVerdict['is']]>([
    ['the car left', [lane(null, null), ...minutes(10)], 'goOn'],
    ['another car is there, and needs a person', [lane('tooLate', 8), ...minutes(10)], 'goOn'],
    ['the car stands there for four minutes', minutes(4), 'goOn'],
    ['the car stands there for five minutes', minutes(5), 'takeBack'],
    [
      'a car of another lane needs a person',
      [{ ...lane('tooLate'), laneId: 'exit-2' } as TrialEvent],
      'goOn',
    ],
  ])('%s', (_, events, verdict) => {
    expect(after([ran(0), stray(0, ['exit']), ...events]).verdict.is).toBe(verdict)
  })
  it('hold up the end of a trial while their car is there', () => {
    const over = trialBegins({ ...trial, ranMs: 24 * hour, passages: 20 })
    const waits = after([ran(0), stray(0, ['exit']), ran(minute)], {
      ...over,
      trial: { ...trial, ranMs: 24 * hour, passages: 19 },
    })
    const still = after([ran(2 * minute, 1)], waits.state)
    expect(still.verdict.is).toBe('goOn')
    expect(after([lane(null, null), ran(3 * minute)], still.state).verdict.is).toBe('kept')
  })
  it('that break a turn take it back at once', () => {
    const { verdict } = after([{ is: 'broken', text: 'RangeError '.padEnd(900, 'x') }])
    expect(verdict).toMatchObject({ is: 'takeBack', why: 'crashed' })
    expect(verdict.is === 'takeBack' && verdict.note.length).toBe(200)
  })
})

describe('what rows say', () => {
  const row = (kind: string, body: object, more: object = {}): LedgerRow =>
    ({ kind, body, seq: 9, nodeId: 'n1', atMs: 0, hash: '', prevHash: '', ...more }) as LedgerRow
  const said = (code: string, seq: number | null, of: string) => ({ fault: { code, seq, of } })
  const at = { laneId: 'exit', stayId: 's1' }

  it.each<[string, LedgerRow, unknown]>([
    ['a car that came in', row('stayOpened', { noEntry: false }, at), { passage: true }],
    ['a stay made at an exit', row('stayOpened', { noEntry: true }, at), {}],
    ['a stay that a person entered', row('stayOpened', { noEntry: false }), {}],
    ['a car that left', row('stayClosed', { end: 'etc' }, at), { passage: true }],
    ['a stay that a person closed', row('stayClosed', { end: 'open' }), {}],
    ['a refused card', row('exception', { reason: 'blacklisted', detail: '' }, at), {}],
    [
      'a record that was not encoded',
      row('exception', { reason: 'notEncoded', detail: 'UPLOAD-01 /a b' }, at),
      said('UPLOAD-01', null, 's1'),
    ],
    [
      'a record that was not made',
      row('event', { type: 'recordNotMade', detail: 'exitRecord UPLOAD-02 /a b' }),
      said('UPLOAD-02', null, 'row 9'),
    ],
    [
      'a copy with a broken checkpoint',
      row('event', { type: 'backupMade', detail: 'nightly-1.db rows=9 fault=LEDGER-07 seq=700' }),
      said('LEDGER-07', 700, 'row 9'),
    ],
    ['a good copy', row('event', { type: 'backupMade', detail: 'nightly-1.db rows=9' }), {}],
    ['a copy without room', row('event', { type: 'backupFailed', detail: 'DATA-02 full' }), {}],
    [
      'a copy with a broken chain',
      row('event', { type: 'backupFailed', detail: 'LEDGER-04 the copy is not sound' }),
      said('LEDGER-04', null, 'row 9'),
    ],
    ['a payment', row('payment', { means: 'cash' }, at), {}],
  ])('%s', (_, found, sign) => {
    expect(signOf(found)).toEqual(sign)
  })
})
