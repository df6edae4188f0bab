// What one request reads of a simulated gateway's trades and of an access system's orders does not grow with their books:
// what comes off their maps is counted after one day and after forty.
import { describe, expect, it } from 'vitest'
import { dayMs, isoOf } from '#base/pure/values/instant.ts'
import { AccessModel } from '#simulators/access/model.ts'
import { SignPage } from '#simulators/payment/sign-page.ts'
import { Line, startMs } from './payment/line.ts'

const eachDay = 6

/** Counts what is read of whole maps. */
function counting(maps: readonly Map<unknown, unknown>[]): { read: number } {
  const counts = { read: 0 }
  for (const map of maps) {
    const all = map.values.bind(map)
    map.values = function* values(): MapIterator<unknown> {
      for (const one of all()) {
        counts.read++
        yield one
      }
    }
  }
  return counts
}

/** A gateway after so many days: five trades of a day are paid at once, the last one by its plan. */
function gateway(days: number) {
  const line = new Line()
  const { model } = line
  const nos = Array.from({ length: days * eachDay }, (_, at) => `trade-${at}`)
  for (const [at, no] of nos.entries()) {
    const atMs = startMs + Math.floor(at / eachDay) * dayMs
    const made = { way: 'charge', amountFen: 500, state: 'paying', code: null } as const
    model.record({ t: 'trade', no, atMs, expiresAtMs: null, ...made })
    const paid = { no, fen: 500, atMs }
    model.record(at % eachDay === eachDay - 1 ? { t: 'plan', ...paid } : { t: 'paid', ...paid })
    model.record({ t: 'refund', refundNo: `refund-${at}`, no, fen: 100 })
    model.advance(atMs)
  }
  line.nowMs = startMs + (days - 1) * dayMs
  const maps = [model.state.trades, model.state.refunds]
  return { line, maps, last: nos.at(-1) ?? '', day: isoOf(line.nowMs).slice(0, 10) }
}

type Gateway = ReturnType<typeof gateway>

/** Each with what it must find, so that a reader that finds nothing is no proof. */
const asked: readonly (readonly [string, (of: Gateway) => Promise<unknown>, unknown])[] = [
  ['the bill of a day', ({ line, day }) => line.bill(day), eachDay],
  [
    'a refund of more than is left',
    ({ line, last }) =>
      line.refund({ ask: 'refund', refundNo: 'refund-more', attemptNo: last, amountFen: 401 }),
    'refused',
  ],
  [
    'payments that are due',
    ({ line, last }) => {
      line.model.record({ t: 'plan', no: last, fen: 1, atMs: line.nowMs })
      line.model.advance(line.nowMs)
      return Promise.resolve(line.trade(last)?.paidFen)
    },
    501,
  ],
]

describe('rows of a gateway read for', () => {
  it.each(asked)('%s: as many after forty days as after one', async (_name, ask, found) => {
    const reads: number[] = []
    for (const days of [1, 40]) {
      const of = gateway(days)
      const counts = counting(of.maps)
      const answer: unknown = await ask(of)
      const { rows, kind } = Object(answer) as { rows?: readonly unknown[]; kind?: string }
      expect(rows?.length ?? kind ?? answer).toBe(found)
      reads.push(counts.read)
    }
    expect(reads[1]).toBe(reads[0])
  })
})

it('questions of drivers: those that were answered are not read again', () => {
  const page = new SignPage()
  const answer = { result: 'sum', sumFen: 100, attemptNos: [] }
  for (let at = 0; at < 400; at++)
    expect(page.answer(page.type(`测A${at}`, 'v', 'sum').askNo, answer)).toBe(true)
  const open = page.type('测A0', 'v', 'pay')
  const counts = counting([page.asks])
  expect([page.open().map(({ askNo }) => askNo), counts.read]).toEqual([[open.askNo], 0])
})

it('orders of an access system: those that ended are not looked at again', () => {
  const content = { laneId: 'exit', plate: '测A1', stayNo: 'S1', amountFen: 100 }
  const ended = Array.from({ length: 400 }, (_, at) => ({ no: `order-${at}`, atMs: startMs }))
  const model = new AccessModel({
    lotId: 'SIM1',
    rows: [
      ...ended.flatMap(({ no, atMs }) => [
        { t: 'order', no, content, atMs } as const,
        { t: 'state', no, state: 'withdrawn', atMs } as const,
      ]),
      { t: 'order', no: 'order-open', content, atMs: startMs },
    ],
    keep: () => undefined,
  })
  const counts = counting([model.books.orders])
  model.advance(startMs + dayMs)
  expect([model.books.orders.get('order-open')?.why, counts.read]).toEqual(['obuNotRead', 0])
  expect(model.books.live.size).toBe(1)
})
