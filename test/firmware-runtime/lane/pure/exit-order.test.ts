// The exit lane of a lot whose ETC is an access system of another maker (ADR 411): events in, what was done in order, the
// final state of the lane and the timers that run.
import { describe, expect, it } from 'vitest'
import type { LaneEvent } from '#lane/pure/lane.ts'
import type { ChargeResult } from '#base/pure/words/refusals.ts'
import { violationsOf } from './lot/violations.ts'
import { arriving, where } from './effects-kit.ts'
import { cash, opened } from './exit-online-rows.ts'
import { act, LaneBench, loop, timerEvent, type BenchOptions } from './lane-bench.ts'

const told = (result: ChargeResult, reason = '', no = 1): LaneEvent => ({
  type: 'charge',
  deductionId: `gx1-O2.D${no}`,
  result,
  reason,
  receipt: null,
})
const [patience, retry] = [timerEvent('obu'), timerEvent('retry')]
const sent = ['claim', '+orderMade', '+intent', '+outbox charge', 'charge']
const refused = (reason: string, type: string): string[] => [
  `+outcome refused platform ${reason}`,
  `+exception ${type} ${reason === 'withdrawn' ? 'obuNotRead' : reason}`,
]
const notRead = refused('withdrawn', 'obuNotRead')
const silent = ['+outcome unknown platform noAnswerTwice', '+exception noAnswerTwice noAnswerTwice']
const paid = ['+outcome paid platform paid', '+payment etc 500', '+pass etc', ...opened]

interface Row {
  readonly name: string
  readonly events: readonly LaneEvent[]
  /** After the order was sent. */
  readonly done: readonly string[]
  readonly end: string
  readonly timers: readonly string[]
  readonly options?: BenchOptions
}

const rows: readonly Row[] = [
  {
    name: 'is sent with its intent, without an OBU',
    events: [],
    done: [],
    end: 'charging',
    timers: ['obu'],
  },
  {
    name: 'is paid at once',
    events: [told('paid')],
    done: paid,
    end: 'opening etc',
    timers: ['obu'],
  },
  {
    name: 'is asked for while it is open, and then paid',
    events: [told('open'), retry, told('open'), retry, told('paid')],
    done: ['charge again', 'charge again', ...paid],
    end: 'opening etc',
    timers: ['obu', 'retry'],
  },
  {
    name: 'is taken back after the patience of the lane; the car may pay otherwise once that is answered',
    events: [told('open'), patience, told('refused', 'withdrawn')],
    done: ['take back', ...notRead],
    end: 'manual obuNotRead',
    timers: ['obu', 'retry'],
  },
  {
    name: 'is taken back again until there is an answer, however often it is called open',
    events: [told('open'), patience, told('open'), retry, told('open', 'obuNotRead'), retry],
    done: ['take back', 'take back', 'take back'],
    end: 'charging',
    timers: ['retry'],
  },
  {
    name: 'is paid although it was being taken back',
    events: [told('open'), patience, told('open'), told('paid')],
    done: ['take back', ...paid],
    end: 'opening etc',
    timers: ['retry'],
  },
  {
    name: 'is taken back with the reason of the access system',
    events: [told('open', 'insufficient'), told('refused', 'withdrawn')],
    done: [
      'take back',
      '+outcome refused platform withdrawn',
      '+exception insufficient insufficient',
    ],
    end: 'manual insufficient',
    timers: ['obu', 'retry'],
  },
  {
    name: 'is refused in words of the access system that this program does not know',
    events: [told('open', 'sunspots'), told('refused', 'withdrawn')],
    done: ['take back', '+outcome refused platform withdrawn', '+exception refused refused'],
    end: 'manual refused',
    timers: ['obu', 'retry'],
  },
  {
    name: 'a reason that only a person can resolve here is a refusal of another system, and the car goes on trying',
    events: [told('open', 'repeatSuspected'), told('refused', 'withdrawn'), patience],
    done: [
      'take back',
      '+outcome refused platform withdrawn',
      '+exception refused refused',
      '+intent',
      '+outbox charge',
      'charge',
    ],
    end: 'charging',
    timers: ['obu'],
  },
  {
    name: 'two silences lead to other payment (8.3.1 b), and the order is asked for while the car waits',
    events: [told('noAnswerTwice'), retry, retry],
    done: [...silent, 'charge again', 'charge again'],
    end: 'manual noAnswerTwice',
    timers: ['retry'],
  },
  {
    name: 'an answer after two silences: still open, so ETC goes on, and pays',
    events: [told('noAnswerTwice'), retry, told('open'), retry, told('paid')],
    done: [...silent, 'charge again', 'charge again', ...paid],
    end: 'opening etc',
    timers: ['obu', 'retry'],
  },
  {
    name: 'cash after two silences: the order is taken back with it',
    events: [told('noAnswerTwice'), { ...cash, act: act('c7') }],
    done: [...silent, '+audit', '+payment cash 500', '+pass other', ...opened, 'take back'],
    end: 'opening other',
    timers: [],
  },
  {
    name: 'let go after two silences: nothing is charged behind its back',
    events: [told('noAnswerTwice'), { ...cash, means: 'later', act: act('c7') }],
    done: [...silent, '+audit', '+pass later', ...opened, 'take back'],
    end: 'opening later',
    timers: [],
  },
  {
    name: 'no cash is taken while the order is open',
    events: [told('open'), { ...cash, act: act('c7') }],
    done: [],
    end: 'charging',
    timers: ['obu', 'retry'],
  },
  {
    name: 'a car that goes back in takes its order with it',
    events: [told('open'), loop('arrive', 'off')],
    done: ['rsu search off', 'take back'],
    end: 'idle',
    timers: [],
  },
  {
    name: 'the car is never final: the next order has a number of its own',
    events: [told('open'), patience, told('refused', 'withdrawn'), patience, told('paid', '', 2)],
    done: ['take back', ...notRead, '+intent', '+outbox charge', 'charge', ...paid],
    end: 'opening etc',
    timers: ['obu'],
  },
  {
    name: 'an answer about the former order moves nothing',
    events: [told('open'), patience, told('refused', 'withdrawn'), patience, told('paid')],
    done: ['take back', ...notRead, '+intent', '+outbox charge', 'charge'],
    end: 'charging',
    timers: ['obu'],
  },
  {
    name: 'a large amount waits for a person first',
    options: { largeAmountFen: 400 },
    events: [{ type: 'release', act: act('r1') }],
    done: ['rsu search off', '+audit', '+intent', '+outbox charge', 'charge'],
    end: 'charging',
    timers: ['obu'],
  },
]

const benchOf = (options: BenchOptions = {}): LaneBench =>
  new LaneBench({ chargeMode: 'online', byOrder: true, hasRsu: false, ...options }).entered()

describe('an order at an access system', () => {
  it.each(rows)('$name', ({ events, done, end, timers, options }) => {
    const bench = benchOf(options).give(...arriving)
    const first = bench.done()
    if (options === undefined) expect(first).toEqual(sent)
    bench.give(...events)
    expect(bench.done()).toEqual(done)
    expect(where(bench)).toBe(end)
    expect([...bench.timers].filter((name) => name !== 'gone').sort()).toEqual(timers)
    expect(violationsOf(bench.rows)).toEqual([])
    expect(bench.opens.filter((written) => !written)).toEqual([])
  })

  it('names the car, the amount and no card', () => {
    const bench = benchOf().give(...arriving)
    const [freeze] = bench.freezes
    expect(freeze?.op === 'charge' && freeze.facts).toMatchObject({
      outTradeNo: expect.stringMatching(/^PLOT1GX1/),
      amountFen: 500,
      laneId: 'exit',
      obu: null,
    })
  })

  it('is not sent while the access system is silent; the car is served once it answers', () => {
    const bench = benchOf()
    bench.platformUp = false
    bench.give(...arriving)
    expect([where(bench), ...bench.done()]).toEqual(['manual platformDown', 'claim', '+orderMade'])
    bench.give(retry)
    expect(bench.done()).toEqual(['probe platform'])
    bench.platformUp = true
    bench.give(retry)
    expect([where(bench), ...bench.done()]).toEqual([
      'charging',
      '+intent',
      '+outbox charge',
      'charge',
    ])
  })

  it('of a car that comes back is settled before anything else, and goes on', () => {
    const bench = benchOf().give(...arriving, told('open'), loop('arrive', 'off'))
    bench.nowMs += 60_000
    bench.done()
    bench.give(...arriving)
    expect([where(bench), ...bench.done()]).toEqual(['waiting', 'claim', 'charge'])
    bench.give(told('open'))
    expect([where(bench), ...bench.timers].sort()).toEqual(['charging', 'obu', 'retry'])
    bench.give(told('paid'))
    expect(where(bench)).toBe('opening etc')
  })

  it('is not sent more often than its numbers can say', () => {
    const bench = benchOf().give(...arriving)
    for (let no = 1; no < 40; no++)
      bench.give(told('open', '', no), patience, told('refused', 'withdrawn', no), patience)
    expect(bench.rows.filter(({ kind }) => kind === 'intent')).toHaveLength(35)
    expect(where(bench)).toBe('manual obuNotRead')
  })
})
