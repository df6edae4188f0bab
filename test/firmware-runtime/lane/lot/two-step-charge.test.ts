// A charge in two steps (5.2.3 d): the platform accepts the application (`processing`) and confirms it when its result is
// queried (P12, P13). The confirmation is lost, comes after a restart, twice, or after the driver paid by other means.
import { expect, it } from 'vitest'
import type { LotConfig } from '#base/pure/lot/config.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { cardReadEvent, loop, plate, plateEvent } from '../pure/lane-bench.ts'
import { startMs } from '../../runtime/control/control-kit.ts'
import { lotOn, nobody, ok, silence, type Lot } from './lot-on.ts'
import { violationsOf } from '../pure/lot/violations.ts'
import { cameIn } from '../pure/lot/row-kit.ts'

const accepted = { kind: 'processing' } as const

/** A car at the exit whose charge was applied for and accepted; the boom is down. */
function applied(over: Partial<LotConfig> = {}): Lot {
  const lot = lotOn([], over)
  const enteredAtMs = lot.runtime.nowMs() - 70 * 60_000
  lot.runtime.append([cameIn('n1-S1', enteredAtMs)])
  lot.give(loop('arrive', 'on'), plateEvent(plate), cardReadEvent())
  expect(lot.answer(accepted)).toMatch(/^post charge P/)
  expect([lot.opens, paid(lot)]).toEqual([[], 0])
  return lot
}
const of = (lot: Lot, kind: LedgerRow['kind']): readonly LedgerRow[] =>
  lot.ledger.list.filter((row) => row.kind === kind)
const paid = (lot: Lot): number =>
  of(lot, 'outcome').filter(({ body }) => JSON.stringify(body).includes('"state":"paid"')).length

/** Answers every request with `verdict` for so many minutes; returns the requests. */
function answered(lot: Lot, minutes: number, verdict: Parameters<Lot['answer']>[0]): string[] {
  const said: string[] = []
  for (let n = 0; n < minutes; n++) {
    while (lot.asked.length > 0) said.push(lot.answer(verdict))
    lot.clock.advance(60_000)
  }
  return said
}
function judge(lot: Lot): void {
  expect(violationsOf(lot.ledger.list)).toEqual([])
}

it('an application that is confirmed when it is asked for opens once, under one number', () => {
  const lot = applied()
  expect(lot.answer(ok)).toMatch(/^query charge P/)
  expect([lot.opens.length, paid(lot), of(lot, 'payment').length]).toEqual([1, 1, 1])
  expect(lot.runtime.queue.records.size).toBe(0)
  judge(lot)
})

it('a confirmation that is lost is asked for again, and the number stays the same', () => {
  const lot = applied()
  const numbers = [lot.answer(silence), ...answered(lot, 3, silence)]
  expect(paid(lot)).toBe(0)
  const later = answered(lot, 10, ok)
  const charges = [...numbers, ...later].filter((word) => word.includes('charge'))
  expect(new Set(charges.map((word) => word.split(' ')[2])).size).toBe(1)
  expect(paid(lot)).toBe(1)
  judge(lot)
})

it('killed between application and confirmation: behind each row it is asked for, and never applied for under another number', () => {
  const lot = applied({ offline: 'settle-later' })
  const number = lot.runtime.lot.unsettled.values().next().value?.outTradeNo
  const from = lot.ledger.list.findIndex(({ kind }) => kind === 'outbox')
  for (let cut = from + 1; cut <= lot.ledger.list.length; cut++) {
    const after = lotOn(lot.ledger.list.slice(0, cut), { offline: 'settle-later' })
    const asked = answered(after, 10, ok).filter((word) => word.includes('charge'))
    expect(new Set(asked.map((word) => word.split(' ')[2]))).toEqual(new Set([number]))
    expect([cut, paid(after)]).toEqual([cut, 1])
    judge(after)
  }
})

it('a confirmation that comes twice pays once', () => {
  const lot = applied()
  const query = lot.asked.at(-1)
  lot.answer(ok)
  const rows = lot.ledger.list.length
  // The same query sent a second time: both answers confirm the charge.
  if (query !== undefined) lot.asked.push(query)
  lot.answer(ok)
  expect([paid(lot), of(lot, 'payment').length, lot.opens.length]).toEqual([1, 1, 1])
  expect(lot.ledger.list.length).toBe(rows)
  judge(lot)
})

it('a confirmation after the driver paid otherwise goes back, once and whole', () => {
  const lot = applied()
  lot.answer(accepted)
  lot.answer(accepted)
  const act = { by: 'anna', role: 'attendant', reason: 'not decided', commandId: 'c1' } as const
  lot.give({ type: 'settle', means: 'cash', amountFen: null, act })
  const words = answered(lot, 10, ok)
  const [refund] = of(lot, 'refund')
  expect(of(lot, 'refund')).toHaveLength(1)
  expect(refund?.amountFen).toBe(of(lot, 'intent')[0]?.amountFen)
  expect(words.filter((word) => word.startsWith('post charge'))).toEqual([])
  judge(lot)
})

/** With application and confirmation as separate messages (P34). */
const later: Partial<LotConfig> = { offline: 'settle-later' }
function inTwo(rows: readonly LedgerRow[] = [], over = later): Lot {
  return lotOn(rows, over, nobody, startMs, true)
}
const twoMinutesOf = (lot: Lot) =>
  ({ kind: 'allowed', untilMs: lot.runtime.nowMs() + 120_000 }) as const

/** A car at the exit whose application has no answer yet. */
function applying(over = later): Lot {
  const lot = inTwo([], over)
  const enteredAtMs = lot.runtime.nowMs() - 70 * 60_000
  lot.runtime.append([cameIn('n1-S1', enteredAtMs)])
  lot.give(loop('arrive', 'on'), plateEvent(plate), cardReadEvent())
  return lot
}

it('a charge is applied for, and opens when it is confirmed', () => {
  const lot = applying()
  expect(lot.answer(twoMinutesOf(lot))).toMatch(/^apply charge P\w+-1$/)
  expect([lot.opens, paid(lot)]).toEqual([[], 0])
  expect(lot.answer(ok)).toMatch(/^post charge P\w+-1$/)
  expect([lot.opens.length, paid(lot), of(lot, 'payment').length]).toEqual([1, 1, 1])
  judge(lot)
})

it('an application that the platform refuses says why, and nothing opens', () => {
  const lot = applying()
  lot.answer({ kind: 'refused', reason: 'blacklisted' })
  expect([lot.opens, paid(lot)]).toEqual([[], 0])
  const detail = JSON.stringify(of(lot, 'outcome').map(({ body }) => body))
  expect(detail).toContain('blacklisted')
  judge(lot)
})

/** A crash after each row and each lost answer; the platform charges by the steps of P34. */
it.each(['nothing', 'applied', 'allowed', 'confirmed'] as const)(
  'killed when it had %s: asked for first, and paid where it was confirmed and nowhere else',
  (reached) => {
    const lot = applying()
    let charged = reached === 'confirmed' ? 1 : 0
    if (reached === 'allowed' || reached === 'confirmed') lot.answer(twoMinutesOf(lot))
    const from = lot.ledger.list.findIndex(({ kind }) => kind === 'outbox')
    const before = charged
    for (let cut = from + 1; cut <= lot.ledger.list.length; cut++) {
      charged = before
      const after = inTwo(lot.ledger.list.slice(0, cut))
      const words: string[] = []
      for (let n = 0; n < 30; n++) {
        for (let next = after.asked[0]; next !== undefined; next = after.asked[0]) {
          const word = next.word
          words.push(word)
          if (word.startsWith('post charge')) charged++
          const isCharge = word.includes(' charge ')
          if (!isCharge) after.answer(ok)
          else if (word.startsWith('apply')) after.answer(twoMinutesOf(after))
          else after.answer(charged > 0 ? ok : { kind: 'notFound' })
        }
        after.clock.advance(60_000)
      }
      const charges = words.filter((word) => word.includes(' charge '))
      expect(charges[0]).toMatch(/^query charge/)
      const numbers = new Set(charges.map((word) => word.split(' ')[2]?.replace(/-\d$/, '')))
      expect([numbers.size, paid(after)]).toEqual([1, charged])
      expect(charged).toBe(before)
      judge(after)
    }
  },
)

it('a car that pays otherwise has its application taken back, and no money goes back', () => {
  const lot = applying({})
  expect(lot.answer(silence)).toMatch(/^apply/)
  expect(lot.answer(silence)).toMatch(/^apply/)
  const act = { by: 'anna', role: 'attendant', reason: 'no answer', commandId: 'c1' } as const
  lot.give({ type: 'settle', means: 'cash', amountFen: null, act })
  const words: string[] = []
  for (let n = 0; n < 10; n++) {
    while (lot.asked.length > 0) {
      const word = lot.asked[0]?.word ?? ''
      const closed = { kind: 'refused', reason: 'closed' } as const
      const step = word.startsWith('apply') ? twoMinutesOf(lot) : closed
      words.push(lot.answer(word.includes(' charge ') ? step : ok))
    }
    lot.clock.advance(60_000)
  }
  const charges = words.filter((word) => word.includes(' charge '))
  const steps = charges.map((word) => word.split(' ')[0])
  expect([steps.at(-1), steps.includes('post')]).toEqual(['cancel', false])
  expect([paid(lot), of(lot, 'refund').length, of(lot, 'payment').length]).toEqual([0, 0, 1])
  judge(lot)
})
