// A charge in two steps (5.2.3 d): the platform takes the application (`processing`), and confirms it when it is asked for
// the result (P12, P13). The confirmation is lost, comes after a restart, comes twice, or after the driver paid otherwise.
import { expect, it } from 'vitest'
import type { LotConfig } from '../../../../firmware-runtime/core/lot/config.ts'
import { checkInvariants } from '../../../../firmware-runtime/core/lot/invariants.ts'
import type { LedgerRow } from '../../../../firmware-runtime/core/values/rows/ledger-row.ts'
import { cardReadEvent, loop, plate, plateEvent } from '../../core/lane/lane-bench.ts'
import { lotOn, ok, silence, type Lot } from './lot-on.ts'

const accepted = { kind: 'processing' } as const

/** A car at the exit whose charge was applied for and taken; the boom is down. */
function applied(over: Partial<LotConfig> = {}): Lot {
  const lot = lotOn([], over)
  const enteredAtMs = lot.runtime.nowMs() - 70 * 60_000
  const body = { plate, colour: 'blue', enteredAtMs, noEntry: false, photo: null } as const
  const of = { atMs: enteredAtMs, laneId: 'entry', stayId: 'n1-S1' }
  lot.runtime.append([{ kind: 'stayOpened', ...of, body }])
  lot.give(loop('arrive', 'on'), plateEvent(plate), cardReadEvent())
  expect(lot.answer(accepted)).toMatch(/^post charge P/)
  expect([lot.opens, paid(lot)]).toEqual([[], 0])
  return lot
}
const of = (lot: Lot, kind: LedgerRow['kind']): readonly LedgerRow[] =>
  lot.ledger.list.filter((row) => row.kind === kind)
const paid = (lot: Lot): number =>
  of(lot, 'outcome').filter(({ body }) => JSON.stringify(body).includes('"state":"paid"')).length

/** Whatever is asked is answered so, for a while; what was asked. */
function answered(lot: Lot, minutes: number, verdict: Parameters<Lot['answer']>[0]): string[] {
  const said: string[] = []
  for (let n = 0; n < minutes; n++) {
    while (lot.asked.length > 0) said.push(lot.answer(verdict))
    lot.clock.advance(60_000)
  }
  return said
}
function judge(lot: Lot): void {
  const outside = { charges: null, refunds: null, cardDebits: null }
  const live = { chainOk: true, unsent: 0, unknown: 0, lanesReady: true, healed: true }
  expect(checkInvariants(lot.ledger.list, outside, live).violations).toEqual([])
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
  // The same question, answered by both of two ways.
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
