// Passages whose devices answer late. While the car stands there the lane continues by itself, decides within two seconds
// after the last disturbance ends, and charges each car at most once, whichever answers come late.
import { describe, expect, it } from 'vitest'
import { settleBar } from '#lane/pure/lot/claim.ts'
import { seededRandom } from '#simulators/shell/random.ts'
import { act, loop, plate, plateEvent } from '../pure/lane-bench.ts'
import { inside, lateLot, newCard, type Card, type LateLot } from './late-scene.ts'
import { violationsOf } from '../pure/lot/violations.ts'

const full = process.env['ETC_LANE_SCALE'] === 'full'
const passages = full ? 100_000 : 1_500
const perLot = 50
/** Limits in ms: for the lane, and for a charge already sent (P26) or a lost B5, which waits two seconds. */
const decidesWithinMs = 2_000
const underWayMs = 5_000

type Draw = () => number

/** Schedules the disturbances of one car; returns when the last one ends, in ms after the car arrived. */
function plan(lot: LateLot, card: Card, draw: Draw, isFirst: boolean): number {
  const { time, antenna, platform, runtime, dispatch } = lot
  let overMs = 100
  const at = (ms: number, fn: () => void): void => {
    overMs = Math.max(overMs, ms)
    time.clock.after(ms, fn)
  }
  const upTo = (ms: number): number => Math.floor(draw() * ms)
  const chance = (p: number): boolean => draw() < p
  if (isFirst) at(upTo(15_000), () => antenna.up())
  const cuts = chance(0.5) ? 1 + upTo(3) : 0
  for (let i = 0; i < cuts; i++) {
    const ms = upTo(chance(0.5) ? 400 : 12_000)
    at(ms, () => antenna.down())
    at(ms + 50 + upTo(chance(0.5) ? 1_000 : 9_000), () => antenna.up())
  }
  if (chance(0.4)) {
    const kind = chance(0.5) ? 'requests' : 'answers'
    const ms = upTo(chance(0.6) ? 300 : 8_000)
    at(ms, () => (platform.silence = kind))
    at(ms + 500 + upTo(20_000), () => (platform.silence = 'none'))
  }
  at(chance(0.4) ? upTo(15_000) : 10, () => antenna.put(card))
  antenna.losesB5 = chance(0.2)
  if (lot.at === 'handheld') {
    if (chance(0.3)) {
      const ms = upTo(6_000)
      at(ms, () => (lot.fence.now = 'outside'))
      at(ms + 50 + upTo(8_000), () => (lot.fence.now = null))
    }
  } else if (chance(0.2)) {
    at(20, () => dispatch(plateEvent(null)))
    at(30 + upTo(8_000), () => dispatch(plateEvent(plate)))
  } else at(20 + upTo(400), () => dispatch(plateEvent(plate)))
  if (runtime.lot.signInUntilMs === null)
    at(upTo(6_000), () => {
      const body = { psamNo: '1', validUntilMs: runtime.nowMs() + 1e12, status: 1 }
      runtime.append([{ kind: 'signIn', atMs: runtime.nowMs(), laneId: 'exit', body }])
    })
  return overMs
}

/** A person acts on the waiting car; returns true when the act was accepted. */
function personActs(lot: LateLot, draw: Draw, n: number): boolean {
  const { runtime, lane, dispatch } = lot
  const { name, car } = lane.state
  if (car === null) return false
  if (lot.at === 'lane' && draw() < 0.3) {
    dispatch({ type: 'openByHand', act: act(`h${n}`) })
    return true
  }
  if (!['manual', 'asking', 'waiting'].includes(name)) return false
  const means = draw() < 0.7 ? 'cash' : 'later'
  if (means === 'cash' && settleBar(runtime.lot, 'exit', car) !== null) return false
  dispatch({ type: 'settle', means, amountFen: null, act: act(`s${n}`) })
  return true
}

interface Seen {
  late: string[]
  ends: Map<string, number>
}

/** The state in which a passage is decided: the boom opens, or the handheld releases the car. */
const endState = { lane: 'opening', handheld: 'idle' } as const

function paidBy({ ledger }: LateLot, stayId: string): string {
  const row = ledger.list.findLast((one) => one.kind === 'payment' && one.stayId === stayId)
  if (row?.kind !== 'payment') return 'later'
  return row.body.means === 'etc' ? 'etc' : 'other'
}

function passage(lot: LateLot, n: number, draw: Draw, seen: Seen): Card {
  const { time, runtime, lane, antenna, opens, dispatch } = lot
  const card = newCard(n)
  const stayId = inside(lot)
  const cameUs = time.nowUs
  const collect = { plateRaw: plate, colour: 'blue', act: act(`n${n}`) } as const
  if (lot.at === 'lane') dispatch(loop('arrive', 'on'))
  else dispatch({ type: 'collect', plate, ...collect })
  const overMs = plan(lot, card, draw, n % perLot === 0)
  const { losesB5 } = antenna
  let acted = false
  if (draw() < 0.2)
    time.clock.after(Math.floor(draw() * 20_000), () => (acted ||= personActs(lot, draw, n)))
  const isOpen = (): boolean => lane.state.name === endState[lot.at] || acted
  time.runTo(cameUs + overMs * 1000, isOpen)
  const ownRun = ['charging', 'debiting', 'suspect'].includes(lane.state.name)
  const limitMs = ownRun || losesB5 ? underWayMs : decidesWithinMs
  if (!time.runTo(cameUs + (overMs + limitMs) * 1000, isOpen)) {
    const { name, car } = lane.state
    seen.late.push(`passage ${n} after ${overMs} ms: ${name} ${car?.manual ?? ''}`)
    while (!isOpen() && time.nowUs < cameUs + 120e6) {
      time.runTo(time.nowUs + 1e6, isOpen)
      acted ||= personActs(lot, () => 0.5, n)
    }
  }
  const cause = lot.at === 'lane' ? (lane.state.car?.pass?.cause ?? 'none') : paidBy(lot, stayId)
  seen.ends.set(cause, (seen.ends.get(cause) ?? 0) + 1)
  // Lets the remaining disturbances of this car happen: their late answers reach a car that is already decided.
  time.runTo(Math.max(time.nowUs, cameUs + overMs * 1000) + 100_000)
  if (lot.at === 'lane') {
    dispatch(loop('under', 'on'))
    dispatch(loop('arrive', 'off'))
    antenna.put(null)
    dispatch(loop('under', 'off'))
    dispatch({ type: 'passed', passId: opens.at(-1) ?? '' })
  } else {
    antenna.put(null)
    dispatch({ type: 'taken' })
    const gone = { end: 'etc', leftAtMs: runtime.nowMs() } as const
    runtime.append([
      { kind: 'stayClosed', atMs: runtime.nowMs(), laneId: 'entry', stayId, body: gone },
    ])
  }
  time.runTo(time.nowUs + 21e6)
  return card
}

function judge(lot: LateLot, cards: readonly Card[]): string[] {
  const { runtime, ledger, platform, time } = lot
  platform.silence = 'none'
  for (let i = 0; i < 200 && runtime.queue.records.size > 0; i++) {
    runtime.retryNow()
    time.runTo(time.nowUs + 60e6)
  }
  const charges = [...platform.charges].map(([outTradeNo, { amountFen }]) => {
    const row = ledger.list.find((r) => r.kind === 'outbox' && r.body.businessNo === outTradeNo)
    const bodySm3 = row?.kind === 'outbox' ? row.body.bodySm3 : ''
    return { outTradeNo, realFee: amountFen, status: 'SUCCESS', bodySm3 }
  })
  const cardDebits = cards.flatMap(({ cardNo, debits }) =>
    debits.map((debit) => ({ cardNo, psamSerial: 42, ...debit })),
  )
  const wrong = violationsOf(ledger.list, { charges, cardDebits }).map((v) => `${v.id} ${v.detail}`)
  const perStay = new Map<string, number>()
  for (const row of ledger.list)
    if (row.kind === 'outbox' && row.body.op === 'charge')
      if (platform.charges.has(row.body.businessNo))
        perStay.set(row.stayId ?? '', (perStay.get(row.stayId ?? '') ?? 0) + 1)
  for (const { cardNo, debits } of cards) if (debits.length > 0) perStay.set(cardNo, debits.length)
  for (const [id, times] of perStay) if (times > 1) wrong.push(`${id} was charged ${times} times`)
  if (runtime.queue.records.size > 0) wrong.push(`${runtime.queue.records.size} uploads left`)
  return wrong
}

describe('late answers', () => {
  it.each([
    ['online', 'lane', ['etc', 'other', 'later', 'emergency']],
    ['card', 'lane', ['etc', 'other', 'later', 'emergency']],
    ['online', 'handheld', ['etc', 'other']],
    ['card', 'handheld', ['etc', 'other']],
  ] as const)(
    'R02 %s, %s: decides by itself in time, and charges a car at most once',
    (chargeMode, at, causes) => {
      const seen: Seen = { late: [], ends: new Map() }
      const wrong: string[] = []
      for (let from = 0; from < passages / 4; from += perLot) {
        const lot = lateLot(chargeMode, at)
        const draw = seededRandom(from + (chargeMode === 'card' ? 7 : 0))
        const cards: Card[] = []
        for (let n = from; n < from + perLot; n++) cards.push(passage(lot, n, draw, seen))
        wrong.push(...judge(lot, cards))
        lot.runtime.stop()
      }
      process.stdout.write(`${chargeMode}, ${at}: ${JSON.stringify([...seen.ends])}\n`)
      expect(wrong).toEqual([])
      expect(seen.late).toEqual([])
      // A run without a charge, or without an act by a person, would prove nothing.
      for (const cause of causes) expect(seen.ends.get(cause) ?? 0, cause).toBeGreaterThan(0)
    },
  )
})
