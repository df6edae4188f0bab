// Why an exit lane asks for a person, and how it continues: faults of a card, a clock that cannot price, a charge left open
// by another lane or an earlier run, a car at the boom with its C6 open.
import { describe, expect, it } from 'vitest'
import type { LaneEvent } from '#lane/pure/lane.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import { answer, cash, deductionId } from './exit-online-rows.ts'
import {
  act,
  b5,
  cardReadEvent,
  LaneBench,
  loop,
  otherPlate,
  plate,
  plateEvent,
  proofFor,
  startMs,
  timerEvent,
  type BenchOptions,
  type ReadOptions,
} from './lane-bench.ts'
import { shownWord } from './bench-words.ts'
import {
  arriving,
  b5Paid,
  byHand,
  lost,
  online,
  rsuDown,
  rsuUp,
  effectNames,
  after,
  where,
  unknownOutcome,
} from './effects-kit.ts'

const exceptions = (of: LaneBench): unknown[] =>
  of.rows.flatMap((row) =>
    row.kind === 'exception' ? [[row.body.exceptionType, row.body.reason]] : [],
  )

describe('what is wrong with this card', () => {
  it.each<[string, ReadOptions, string, string]>([
    ['a purse that no card holds', { balanceFen: 2 ** 31 }, 'cardDamaged', 'cardUnreadable'],
    ['a purse with too little', { balanceFen: 499 }, 'insufficient', 'insufficient'],
    ['a tag that was taken off', { obu: { removed: true } }, 'obuInvalid', 'other'],
    ['a tag without a card', { obu: { cardAbsent: true } }, 'obuInvalid', 'cardUnreadable'],
    ['a tag of last year', { obu: { expireDate: '20251231' } }, 'obuInvalid', 'expired'],
    ['the card of another car', { card: { plate: otherPlate } }, 'plateMismatch', 'plateMismatch'],
    ['a card that is suspended', { card: { markedBlack: true } }, 'blacklisted', 'blacklisted'],
  ])('%s', (_what, read, reason, type) => {
    const of = after({}, ...arriving, cardReadEvent(read))
    expect([where(of), exceptions(of)]).toEqual([`manual ${reason}`, [[type, reason]]])
    expect(of.state.car?.turnedAway).toEqual({ reason, exceptionType: type })
    expect(of.lastC6).toBeNull()
  })
  it.each<[string, ReadOptions]>([
    ['plateMismatch', { plate: otherPlate }],
    ['colourMismatch', {}],
  ])('%s: the tag of another car is let go, and the search goes on', (reason, read) => {
    const of = after({ plateTolerance: 0 }, ...arriving)
    const event = cardReadEvent(read)
    const vehicle = { ...event.vehicle, colour: 'green' as const }
    of.give({ ...event, vehicle })
    expect([where(of), of.done(), exceptions(of)]).toEqual(['searching', ['rsu release'], []])
    expect(effectNames(of)).toEqual(['rsu release 0A0B0C0D', `trace fault gx1-S1 ${reason}`])
    of.give(timerEvent('obu'))
    expect(exceptions(of)).toEqual([['plateMismatch', 'plateMismatch']])
  })
  it('a good one after a bad one is charged, and the bad one is forgotten', () => {
    const of = after({}, ...arriving, cardReadEvent({ plate: otherPlate }), cardReadEvent(), b5Paid)
    expect([where(of), of.state.car?.turnedAway]).toEqual(['opening etc', null])
  })
})

describe('a clock that cannot price', () => {
  const readMs = startMs
  const doubt = { cause: 'jump', readMs, expectedMs: startMs - 10 * 60_000 } as const
  it('is found at the card: no C6 leaves, a person sees both times and what was due', () => {
    const of = after({}, ...arriving)
    of.clock = doubt
    of.give(cardReadEvent())
    expect([where(of), of.lastC6]).toEqual(['manual clockUnsure', null])
    expect(of.state.car?.clock).toEqual({
      cause: 'jump',
      readMs,
      otherMs: doubt.expectedMs,
      suggestFen: 500,
    })
    expect(exceptions(of)).toEqual([['other', 'clockUnsure']])
    expect(of.done()).toContain('rsu release')
  })
  const came = (): LaneBench => {
    const of = after()
    of.clock = doubt
    of.give(...arriving)
    return of
  }
  it('is found when the car comes: no order is made, its amount is a suggestion', () => {
    const of = came()
    expect(where(of)).toBe('manual clockUnsure')
    expect(of.state.car).toMatchObject({
      stayId: 'gx1-S1',
      orderId: null,
      plate,
      enteredAtMs: startMs - 70 * 60_000,
      amountFen: 300,
      dueFen: 300,
      takenFen: 0,
      lines: [],
      clock: { cause: 'jump', suggestFen: 300 },
    })
  })
  it('suggests nothing where nobody knows the time', () => {
    const of = after()
    of.clock = { cause: 'behindLedger', readMs, expectedMs: startMs }
    of.give(...arriving)
    expect(of.state.car).toMatchObject({ amountFen: 0, dueFen: 0, clock: { suggestFen: null } })
  })
  it('is sure again: the car is priced as one that has just come', () => {
    const of = came()
    of.clock = null
    effectNames(of)
    of.done()
    of.give({ type: 'clockSure' })
    expect(effectNames(of).slice(0, 4)).toEqual([
      'timer obu off',
      'timer retry off',
      `trace plateRead gx1-S1 ${plate}`,
      `claim ${plate} ${plate} blue -`,
    ])
    expect([where(of), of.state.car?.clock, of.state.car?.dueFen]).toEqual(['searching', null, 500])
  })
  it('moves no car that waits for something else', () => {
    const of = after({}, ...arriving, timerEvent('obu')).give({ type: 'clockSure' })
    expect([where(of), effectNames(of)]).toEqual(['manual obuNotRead', []])
    const tags = after({}, ...arriving).give({ type: 'clockSure' })
    expect([where(tags), effectNames(tags)]).toEqual(['searching', []])
  })
})

describe('a charge that was left open', () => {
  const receipt: RowDraft = {
    kind: 'outboxState',
    atMs: startMs,
    body: {
      outboxId: 'gx1-U3',
      state: 'confirmed',
      attempt: 1,
      httpStatus: 200,
      respCode: '00000',
      requestId: 'r',
      tradeNo: 'p1',
      note: null,
    },
  }
  const receipts = (of: LaneBench): number =>
    of.rows.filter(({ kind }) => kind === 'outboxState').length
  it.each(['paid', 'refused'] as const)('%s: its receipt is kept with the outcome', (result) => {
    const of = after(online, ...arriving, cardReadEvent())
    of.give({ ...answer(result), receipt } as LaneEvent)
    expect(receipts(of)).toBe(1)
    const late = after(online, ...arriving, cardReadEvent(), answer('noAnswerTwice'))
    late.give({ ...answer(result), receipt } as LaneEvent)
    expect([receipts(late), where(late)]).toEqual([
      1,
      result === 'paid' ? 'opening etc' : 'manual refused',
    ])
    const other = after(online, ...arriving, cardReadEvent(), answer('noAnswerTwice'))
    other.give({ ...answer(result), deductionId: 'gx1-O9.D1', receipt } as LaneEvent)
    expect([receipts(other), where(other)]).toEqual([0, 'manual noAnswerTwice'])
  })

  const again = (options: BenchOptions, ...before: readonly LaneEvent[]): LaneBench => {
    const of = after(options, ...before)
    const next = new LaneBench({ ...options, lot: of.lot, rows: of.rows })
    next.done()
    effectNames(next)
    return next
  }
  it('in card mode without an armed row: no C6 ever left, a new search begins', () => {
    const next = again({}, ...arriving)
    next.give(...arriving)
    expect(next.done()).toEqual([
      ...['claim', '+outcome refused lane neverSent', '+intent', 'rsu search on'],
    ])
    expect(effectNames(next)).toContain('trace orderMade gx1-S1 500')
    expect(next.state.car?.deduction?.deductionId).toBe('gx1-O2.D2')
  })
  it('in card mode with one: the card is asked first', () => {
    const of = after({}, ...lost, loop('arrive', 'off'))
    of.give(...arriving)
    expect(where(of)).toBe('suspect')
    const lines = effectNames(of)
    const from = lines.indexOf('trace orderMade gx1-S1 500')
    expect(lines.slice(from)).toEqual([
      'trace orderMade gx1-S1 500',
      'show checking',
      'append outcome unknown b5 outcomeLost',
      'rsu search on',
      'timer suspect 10000',
    ])
    expect(shownWord(of.state.shown)).toBe('checking')
    expect(of.state.car?.suspect?.offer).toMatchObject({
      deductionId: 'gx1-O2.D1',
      obuId: '0A0B0C0D',
      amountFen: 500,
      balanceBeforeFen: 10_000,
    })
    of.give(cardReadEvent({ balanceFen: 9500, station0019Hex: of.lastC6?.stationHex ?? '' }))
    expect(where(of)).toBe('opening etc')
  })
  it('and closed elsewhere meanwhile: what that made of the order is asked of the lot', () => {
    const of = after({}, loop('arrive', 'on'), plateEvent(plate, 'raw'), cardReadEvent())
    of.give(b5('unknown'))
    const { stayId, orderId } = of.state.car ?? {}
    const refs = { laneId: 'pile', stayId: stayId ?? '', orderId: orderId ?? '' }
    const charge = { atMs: startMs, ...refs, deductionId, amountFen: 500 }
    of.append([
      {
        kind: 'outcome',
        ...charge,
        body: {
          state: 'paid',
          source: 'proof',
          reason: 'paid',
          obuId: null,
          cardNo: null,
          proof: null,
        },
      },
      {
        kind: 'payment',
        ...charge,
        body: { paymentId: 'gx1-M9', means: 'etc', by: null, reason: 'late' },
      },
    ])
    effectNames(of)
    of.give(timerEvent('suspect'))
    expect(effectNames(of).slice(0, 3)).toEqual([
      'rsu search off',
      'timer suspect off',
      `claim ${plate} raw blue -`,
    ])
    expect(where(of)).toBe('opening etc')
  })
  it('of a car whose C6 a handheld still waits for: a person, and nothing is charged twice', () => {
    const first = after(online, ...arriving, cardReadEvent())
    const { lot, rows } = first
    const second = new LaneBench({ ...online, lot, rows, laneId: 'exit-2' }).give(...arriving)
    expect(where(second)).toBe('manual repeatSuspected')
    expect(effectNames(second)).toContain('trace orderMade gx1-S1 500')
    expect(exceptions(second)).toEqual([['repeatSuspected', 'repeatSuspected']])
  })
  it('settled by a person while it waits: its timer is over', () => {
    const of = after(online, ...arriving, cardReadEvent(), loop('arrive', 'off'))
    of.append([unknownOutcome(startMs)])
    of.give(...arriving)
    expect(where(of)).toBe('waiting')
    expect(effectNames(of)).toContain('trace orderMade gx1-S1 500')
    expect([...of.timers]).toContain('settle')
    of.give({ ...cash, act: act('c9') })
    expect([where(of), [...of.timers]]).toEqual(['opening other', []])
  })
})

describe('each way an order ends tells that it was made', () => {
  it.each<[string, LaneBench, string]>([
    ['the antenna is gone', after(online, rsuDown), 'manual rsuGone'],
    ['the platform is down', after(online), 'manual platformDown'],
    ['the amount is large', after({ ...online, largeAmountFen: 1 }), 'manual largeAmount'],
    ['nothing is due', new LaneBench(online).entered(5), 'opening free'],
  ])('%s', (_why, of, end) => {
    of.platformUp = end !== 'manual platformDown'
    effectNames(of)
    of.give(...arriving)
    expect(where(of)).toBe(end)
    expect(effectNames(of).filter((line) => line.startsWith('trace orderMade'))).toHaveLength(1)
  })
  it('also where it was paid before: what was taken is known', () => {
    const of = after(online, ...arriving, cardReadEvent(), answer('paid'))
    of.give(loop('arrive', 'off'), timerEvent('gone'))
    effectNames(of)
    of.give(...arriving)
    expect(effectNames(of)).toContain('trace orderMade gx1-S1 0')
    expect(of.state.car).toMatchObject({ amountFen: 500, dueFen: 0, takenFen: 500 })
    expect(shownWord(of.state.shown)).toBe('go')
  })
})

describe('a car that drives up to the boom while its C6 is open', () => {
  const atBoom = [loop('under', 'on'), loop('arrive', 'off')]
  it('is there: its B5 opens', () => {
    const of = after({}, ...arriving, cardReadEvent(), ...atBoom, b5('paid', proofFor(9500)))
    expect(where(of)).toBe('opening etc')
  })
  it('is there: without its antenna its card is looked for', () => {
    const of = after({}, ...arriving, cardReadEvent(), ...atBoom, rsuDown)
    expect(where(of)).toBe('suspect')
    expect(where(of.give(rsuUp))).toBe('suspect')
  })
  it('takes no word of another deduction for its own', () => {
    const of = after({}, ...arriving, cardReadEvent())
    of.give({ type: 'debitTooLate', deductionId: 'gx1-O9.D1' })
    expect([where(of), of.done()]).toEqual(['debiting', []])
    const idle = after({}, ...arriving, cardReadEvent(), b5Paid)
    expect(where(idle.give(byHand))).toBe('opening etc')
  })
  it.each(['plate', 'retry', 'settle', 'no such timer'])('no timer but its own, as %s', (name) => {
    const of = after({}, ...arriving).give(timerEvent(name))
    expect([where(of), of.done(), effectNames(of)]).toEqual(['searching', [], []])
  })
})
