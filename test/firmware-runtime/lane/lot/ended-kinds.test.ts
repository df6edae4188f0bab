// A platform that does not accept a kind of request (400004): that one record is reported to a person, and others of its
// kind are neither made nor sent before the next start, which tries once more. Every other kind continues.
import { expect, it } from 'vitest'
import { queueVerdict } from '#ledger/http/queue-verdict.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import type { Verdict } from '#ledger/ports/verdict.ts'
import { cardReadEvent, loop, plate, plateEvent } from '../pure/lane-bench.ts'
import { channel } from './lot-kit.ts'
import { lotOn, nobody, ok, silence, type Given, type Lot } from './lot-on.ts'

const both = { platform: channel, operator: { ...channel, appId: 'OPER1' } }
const said: Verdict = {
  kind: 'rejected',
  respCode: '400004',
  reason: 'requestType',
  class: 'permission',
  cure: 'operator',
  field: null,
}
const refused = queueVerdict('plateRecord', said, true)

type Outbox = Extract<LedgerRow, { kind: 'outbox' }>
const made = (lot: Lot): readonly string[] =>
  lot.ledger.list
    .filter((row): row is Outbox => row.kind === 'outbox')
    .map(({ body }) => [body.destination, body.op, body.batch?.kind].join(' ').trim())
const countOf = (lot: Lot, what: string): number => made(lot).filter((one) => one === what).length

/** Both platforms answer every request; `isRefused` selects the words that get 400004. */
function answers(lot: Lot, isRefused: (word: string) => boolean = () => false): string[] {
  const words: string[] = []
  while (lot.asked.length > 0 || lot.toOperator.length > 0) {
    for (const one of lot.asked.splice(0)) {
      words.push(one.word)
      one.answer(isRefused(one.word) ? refused : ok)
    }
    for (const one of lot.toOperator.splice(0)) one.answer(ok)
  }
  return words
}
const isPlate = (word: string): boolean => word.includes(' plateRecord ')

const events = (lot: Lot, lane: string, ...given: Given): void => {
  for (const event of given) lot.runtime.dispatch(lane, event)
}
const away = (lot: Lot): Given => [
  loop('under', 'on'),
  loop('arrive', 'off'),
  loop('under', 'off'),
  { type: 'passed', passId: lot.opens.at(-1) ?? '' },
]
/** A car enters, and an hour passes. */
function comes(lot: Lot): void {
  events(lot, 'entry', { type: 'barrierUp' }, ...nobody, loop('arrive', 'on'), plateEvent(plate))
  events(lot, 'entry', ...away(lot))
  lot.clock.advance(3_600_000)
}
const standsAtExit = (lot: Lot): void =>
  lot.give(loop('arrive', 'on'), plateEvent(plate), cardReadEvent())

/** A car enters and leaves by ETC. */
function passes(lot: Lot, isRefused?: (word: string) => boolean): string[] {
  comes(lot)
  const words = answers(lot, isRefused)
  standsAtExit(lot)
  words.push(...answers(lot, isRefused))
  lot.give(...away(lot))
  words.push(...answers(lot, isRefused))
  return words
}
const hour = (lot: Lot, isRefused?: (word: string) => boolean): string[] => {
  const words: string[] = []
  for (let n = 0; n < 70; n++) {
    lot.clock.advance(60_000)
    words.push(...answers(lot, isRefused))
  }
  return words
}

it('is asked once, and nothing of the kind is made or sent any more; the rest goes on', () => {
  expect(refused).toMatchObject({ kind: 'held', endsKind: true })
  const lot = lotOn([], both)
  expect(passes(lot, isPlate).filter(isPlate)).toHaveLength(1)
  const { queue } = lot.runtime
  expect([...queue.aside.values()].map(({ op, lastNote }) => `${op} ${lastNote}`)).toEqual([
    'plateRecord 400004 requestType',
  ])
  for (let n = 0; n < 3; n++) {
    expect(hour(lot, isPlate).filter((word) => word.includes('exit-plate'))).toEqual([])
    expect(passes(lot, isPlate).filter(isPlate)).toEqual([])
  }
  expect(countOf(lot, 'platform plateRecord')).toBe(1)
  // Four cars, each with one entry and one exit.
  expect(countOf(lot, 'operator plateRecord')).toBe(8)
  expect(countOf(lot, 'platform batch exit')).toBeGreaterThanOrEqual(3)
  expect([queue.aside.size, queue.records.size]).toEqual([1, 0])

  // The next start tries once more, and makes batches from its own first hour on.
  const again = lotOn(lot.ledger.list, both, nobody, lot.runtime.nowMs())
  expect(passes(again, isPlate).filter(isPlate)).toHaveLength(1)
  expect(passes(again, isPlate).filter(isPlate)).toEqual([])
  expect(again.runtime.queue.aside.size).toBe(2)
})

it('what waited for the platform meanwhile waits on, untried, and is sent once it is taken', () => {
  const lot = lotOn([], { platform: channel })
  const unheard = (): void => {
    while (lot.asked.length > 0) lot.answer(silence)
  }
  for (let n = 0; n < 5; n++) {
    comes(lot)
    unheard()
    standsAtExit(lot)
    // The charge is sent first and accepted.
    while (lot.asked.length > 0) lot.answer(lot.asked[0]?.word.includes(' charge ') ? ok : silence)
    lot.give(...away(lot))
    unheard()
  }
  expect(countOf(lot, 'platform plateRecord')).toBe(5)
  const asked = hour(lot, isPlate)
  expect(asked.filter(isPlate)).toHaveLength(1)
  expect(hour(lot, isPlate).filter(isPlate)).toEqual([])
  expect(lot.runtime.queue.records.byKind.get('plateRecord')).toBe(4)
  const again = lotOn(lot.ledger.list, { platform: channel }, nobody, lot.runtime.nowMs())
  expect(hour(again).filter(isPlate)).toHaveLength(4)
  expect(again.runtime.queue.records.size).toBe(0)
})

it('batches alone may not be taken: the records of the cars go on', () => {
  const isHour = (word: string): boolean => word.includes('batch exit-plate')
  const lot = lotOn([], { platform: channel })
  expect(passes(lot).filter(isPlate)).toHaveLength(1)
  expect(hour(lot, isHour).filter(isHour)).toHaveLength(1)
  expect(passes(lot, isHour).filter(isPlate)).toHaveLength(1)
  expect(hour(lot, isHour).filter(isHour)).toEqual([])
  expect(countOf(lot, 'platform batch exit')).toBeGreaterThanOrEqual(2)
})
