// Why a platform refuses a charge, from its code to driver display, board and exception (8.3.1 a): one verdict through
// dialect, queue and lane, in virtual time. An answer that refuses a record is never reported as a silent platform.
import { describe, expect, it } from 'vitest'
import { queueVerdict } from '#ledger/http/queue-verdict.ts'
import { manualText } from '#devices/pure/lane/driver-text.ts'
import type { ExceptionWord } from '#base/pure/words/exception-words.ts'
import type { QueueVerdict } from '#ledger/pure/queue/queue.ts'
import { refusals, type ChargeResult, type Refusal } from '#base/pure/words/refusals.ts'
import { judge } from '#ledger/pure/platforms/guangxi/judge.ts'
import { codes as liaoningCodes } from '#ledger/pure/platforms/liaoning/codes.ts'
import { arriving } from '../../lane/pure/effects-kit.ts'
import { answer as laneAnswer } from '../../lane/pure/exit-online-rows.ts'
import { cardReadEvent, LaneBench, loop, timerEvent } from '../../lane/pure/lane-bench.ts'
import { notFound, QueueBench, silence } from '../pure/queue/queue-bench.ts'
import { answer, call, done, error, no } from '../pure/platforms/guangxi/judge-rows.ts'

const verdictOf = (status: number, body: object): QueueVerdict =>
  queueVerdict('charge', judge(call('charge'), answer({ status, body })), true)
const refusedWith = (code: string): QueueVerdict => verdictOf(422, error(code))
const rejectedWith = (code: string): QueueVerdict =>
  verdictOf(code.startsWith('2') ? 400 : 403, error(code))

/** What the queue reports to the lane of a waiting car, after the platform gave these answers in turn. */
function toldAfter(...verdicts: readonly QueueVerdict[]): readonly [ChargeResult, string] {
  const bench = new QueueBench()
  bench.add(1, 'charge')
  bench.kick(1)
  for (const verdict of verdicts) bench.answer('U1', verdict, 500)
  expect(bench.charges).toHaveLength(1)
  const [, result, reason = ''] = bench.charges[0]?.split(' ') ?? []
  return [result as ChargeResult, reason]
}

const charging = (offline: 'other-payment' | 'settle-later' = 'other-payment'): LaneBench => {
  const bench = new LaneBench({ chargeMode: 'online', offline }).entered()
  bench.give(...arriving, cardReadEvent())
  bench.done()
  return bench
}

/** The outcome and exception rows of a charge, in order. */
const rowsOf = (bench: LaneBench): unknown[] =>
  bench.rows.flatMap((row) => {
    if (row.kind === 'outcome') return [[row.body.state, row.body.reason]]
    return row.kind === 'exception' ? [[row.body.exceptionType, row.body.reason]] : []
  })

type Case = readonly [code: string, word: string, reason: Refusal, type: ExceptionWord]
const final: readonly Case[] = [
  ['300001', 'repeatCharge', 'repeatCharge', 'repeatSuspected'],
  ['300002', 'expiredCard', 'expiredCard', 'expired'],
  ['300003', 'blacklisted', 'blacklisted', 'blacklisted'],
  ['300004', 'cardNetwork', 'cardNetwork', 'other'],
  ['300005', 'largeAmount', 'amountRefused', 'largeAmount'],
  ['300010', 'insufficient', 'insufficient', 'insufficient'],
  ['300011', 'tacWrong', 'refused', 'refused'],
  ['300099', 'unlisted', 'refused', 'refused'],
]

describe.each(final)('%s', (code, word, reason, type) => {
  const told = toldAfter(refusedWith(code))
  it('keeps the word of its dialect, as an error or as the end of a charge', () => {
    expect(told).toEqual(['refused', word])
    const failed = done({ outTradeNo: no, status: 'FAILED', respCode: code })
    expect(toldAfter(verdictOf(200, failed))).toEqual(told)
  })
  it('reaches driver, board and exception, and another card may still pay', () => {
    const bench = charging().give(laneAnswer(...told))
    expect(bench.state).toMatchObject({ name: 'manual', car: { manual: reason, deduction: null } })
    expect(bench.state.shown).toEqual(manualText(reason, 500))
    expect(bench.state.shown.zh).toContain(refusals[reason].driver.zh)
    expect(bench.faults).toEqual([reason])
    expect(rowsOf(bench)).toEqual([
      ['refused', word],
      [type, reason],
    ])
    expect([bench.offersCode, bench.state.antennaOn]).toEqual([true, true])
    bench.done()
    bench.give(cardReadEvent())
    expect(bench.done()).toEqual(['rsu release'])
  })
  it('reaches them late as well, while a person is asked', () => {
    const bench = charging().give(laneAnswer('noAnswerTwice'), laneAnswer(...told))
    expect(bench.state.car).toMatchObject({ manual: reason, deduction: null })
    expect(rowsOf(bench).slice(-2)).toEqual([
      ['refused', word],
      [type, reason],
    ])
  })
})

it('the codes of a province by its table lead to the same words', () => {
  const known = new Set(final.map(([code]) => code))
  const own = liaoningCodes.filter(({ means }) => known.has(means)).map(({ means }) => means)
  expect(own).toEqual(['300001', '300002', '300003', '300004', '300005', '300010', '300011'])
})

describe('a record that is not taken', () => {
  const held: readonly Case[] = [
    ['200003', '', 'recordRefused', 'refused'],
    ['400001', '', 'recordRefused', 'refused'],
    ['400010', '', 'recordRefused', 'refused'],
  ]
  it.each(held)(
    '%s is held for a person at once, and its car is told so',
    (code, _, reason, type) => {
      const told = toldAfter(rejectedWith(code))
      expect(told).toEqual(['held', reason])
      const bench = charging().give(laneAnswer(...told))
      expect(bench.state).toMatchObject({ name: 'manual', car: { manual: reason } })
      expect(bench.state.shown).toEqual(manualText(reason, 500))
      // Whether money moved is unknown: the deduction stays open, its number is queried, and another means may pay.
      expect(rowsOf(bench)).toEqual([
        ['unknown', reason],
        [type, reason],
      ])
      expect(bench.state.car?.deduction).not.toBeNull()
      expect([bench.offersCode, bench.state.antennaOn]).toEqual([true, false])
      bench.done()
      bench.give(cardReadEvent(), timerEvent('retry'))
      expect(bench.done()).toEqual(['rsu release', 'charge again'])
      bench.give(laneAnswer('paid'))
      expect(bench.state.car?.pass?.cause).toBe('etc')
    },
  )
  it.each([
    ['400009', 'psamRefused', 'psamFault'],
    ['400008', 'recordRefused', 'refused'],
  ] as const)(
    '%s is tried again by the program itself: its car is told why',
    (code, reason, type) => {
      const told = toldAfter(rejectedWith(code), notFound, rejectedWith(code))
      expect(told).toEqual(['held', reason])
      const bench = charging().give(laneAnswer(...told))
      expect(bench.state.car?.manual).toBe(reason)
      expect(rowsOf(bench).at(-1)).toEqual([type, reason])
      expect(bench.offersCode).toBe(true)
    },
  )
  it('the last answer counts: silence after it is silence', () => {
    expect(toldAfter(rejectedWith('400009'), silence, silence)).toEqual([
      'noAnswerTwice',
      'timeout',
    ])
    expect(toldAfter(silence, silence, rejectedWith('400009'))).toEqual(['held', 'psamRefused'])
  })
  it('is told once, of a car that waited for an answer, and never in place of a doubt about its money', () => {
    const told = laneAnswer('held', 'recordRefused')
    const silent = charging().give(laneAnswer('noAnswerTwice'), told)
    expect([silent.state.car?.manual, silent.faults]).toEqual([
      'recordRefused',
      ['noAnswerTwice', 'recordRefused'],
    ])
    const rows = silent.rows.length
    silent.give(told, laneAnswer('held', 'psamRefused'), laneAnswer('noAnswerTwice'))
    expect([silent.state.car?.manual, silent.rows.length]).toEqual(['recordRefused', rows])
    const waits = charging().give(loop('arrive', 'off'), ...arriving)
    expect(waits.state.name).toBe('waiting')
    const doubt = waits.give(timerEvent('settle'), told)
    expect(doubt.state.car?.manual).toBe('outcomeUnknown')
    const back = charging().give(loop('arrive', 'off'), ...arriving, told)
    expect([back.state.car?.manual, back.timers.has('settle')]).toEqual(['recordRefused', false])
  })
  it('lets a car go where the lot settles later, with its exception', () => {
    const bench = charging('settle-later').give(laneAnswer('held', 'psamRefused'))
    expect(bench.state.car?.pass?.cause).toBe('later')
    expect(rowsOf(bench)).toEqual([
      ['unknown', 'psamRefused'],
      ['psamFault', 'psamRefused'],
    ])
  })
})
