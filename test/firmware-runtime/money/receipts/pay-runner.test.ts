// Machine, client and simulated gateway together, with real bytes and signatures, in virtual time. Through any fault and
// any restart, the gateway keeps at most one payment for an order, and no attempt stays undecided without an item.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { PayRunner } from '#money/receipts/pay-runner.ts'
import { applyPayRow, emptyOrder, isSettled } from '#money/pure/pay/order.ts'
import type { PayOrder } from '#money/pure/pay/order.ts'
import { standardPayTimes } from '#money/pure/pay/times.ts'
import type { PayRow } from '#base/pure/rows/pay-row.ts'
import type { MonoClock } from '#base/ports/clocks.ts'
import { Line, merchantNo, startMs } from '../../simulators/payment/line.ts'

const dueFen = 1_200
const twoDaysMs = 172_800_000

class Lane implements MonoClock {
  readonly line = new Line()
  readonly rows: PayRow[] = []
  readonly opened: string[] = []
  readonly refused: string[] = []
  cashFen = 0
  /** The ledger takes no row. */
  isFull = false
  runner = this.#begin()
  #timers = new Set<{ readonly atMs: number; readonly fn: () => void }>()

  nowUs(): number {
    return (this.line.nowMs - startMs) * 1_000
  }

  after(delayMs: number, fn: () => void) {
    const timer = { atMs: this.line.nowMs + delayMs, fn }
    this.#timers.add(timer)
    return () => void this.#timers.delete(timer)
  }

  folded(): PayOrder {
    return this.rows.reduce(applyPayRow, emptyOrder('ORDER-1', dueFen))
  }

  #begin(): PayRunner {
    return new PayRunner(this.folded(), {
      payment: this.line.payment,
      mono: this,
      times: standardPayTimes,
      merchantNo,
      numbersFrom: () => 0,
      queryMsMin: () => 0,
      keep: (rows) => {
        if (!this.isFull) this.rows.push(...rows)
        return !this.isFull
      },
      notice: (notice) => {
        if (notice.do === 'open') this.opened.push(notice.attemptNo)
        if (notice.do === 'refuse') this.refused.push(notice.reason)
      },
      changed: () => undefined,
    })
  }

  restart(): void {
    this.runner.stop()
    this.#timers.clear()
    this.runner = this.#begin()
    this.runner.feed({ type: 'resumed' })
  }

  cash(): void {
    const before = this.refused.length
    this.runner.feed({ type: 'paidOtherwise', means: 'cash' })
    if (this.refused.length === before) this.cashFen = dueFen
  }

  /** Runs everything that is pending without advancing time. */
  async settle(): Promise<void> {
    await new Promise<void>((done) => setImmediate(done))
  }

  async tick(): Promise<boolean> {
    const [next] = [...this.#timers].toSorted((a, b) => a.atMs - b.atMs)
    if (next === undefined) return false
    this.#timers.delete(next)
    this.line.nowMs = Math.max(this.line.nowMs, next.atMs)
    next.fn()
    await this.settle()
    return true
  }

  async rest(): Promise<void> {
    this.line.faults.clear()
    this.restart()
    await this.settle()
    const untilMs = this.line.nowMs + twoDaysMs
    while (this.line.nowMs < untilMs && (await this.tick()));
  }
}

const places = [
  'POST /v1/charges',
  'POST /v1/offers',
  'GET /v1/attempts/{attemptNo}',
  'POST /v1/attempts/{attemptNo}/cancel',
  'POST /v1/refunds',
  'GET /v1/refunds/{refundNo}',
]
const faults = [
  { when: 'before', do: 'drop' },
  { when: 'before', do: 'forge' },
  { when: 'before', do: 'pay' },
  { when: 'before', do: 'duplicate' },
  { when: 'before', do: 'status', status: 502 },
  { when: 'after', do: 'drop' },
  { when: 'after', do: 'cut' },
  { when: 'after', do: 'reboot' },
  { when: 'after', do: 'delay', ms: 5_001 },
  { when: 'after', do: 'stale' },
  { when: 'after', do: 'forge' },
  { when: 'after', do: 'flip', bits: 5 },
  { when: 'after', do: 'status', status: 429 },
  { when: 'after', do: 'userPaying' },
  { when: 'after', do: 'payAfter' },
  { when: 'after', do: 'otherNumber' },
]

type Act = (lane: Lane, n: number) => unknown
const acts: Readonly<Record<string, Act>> = {
  offer: (lane) => lane.runner.feed({ type: 'offer' }),
  charge: (lane, n) => lane.runner.feed({ type: 'charge', code: `1300000000000000${n % 100}` }),
  fault: (lane, n) => {
    const fault = faults[n % faults.length]
    lane.line.faults.add({ at: places[n % places.length], ...fault })
  },
  pay: (lane, n) => {
    const trade = [...lane.line.model.state.trades.values()][n % 3]
    if (trade !== undefined && trade.paidFen === 0)
      lane.line.model.pay(trade, dueFen, lane.line.nowMs)
  },
  paysWhatWasClosed: (lane) =>
    lane.line.faults.add({ at: places[3], when: 'after', do: 'payAfter' }),
  asksForPassword: (lane) => {
    lane.line.model.policy.charges = 'paying'
  },
  scanMakesIt: (lane) => {
    lane.line.model.policy.foundBeforeScan = false
  },
  restart: (lane) => lane.restart(),
  cash: (lane) => lane.cash(),
  stopped: (lane) => lane.runner.feed({ type: 'stopped' }),
  tick: (lane) => lane.tick(),
  twoTicks: async (lane) => {
    await lane.tick()
    await lane.tick()
  },
}

const history = fc.array(
  fc.record({ act: fc.constantFrom(...Object.keys(acts)), n: fc.nat({ max: 959 }) }),
  { minLength: 3, maxLength: 25 },
)

function judge(lane: Lane): void {
  const { order } = lane.runner
  const trades = lane.line.model.state.trades
  const keptFen = order.attempts.map(({ attemptNo, item }) => {
    const trade = trades.get(attemptNo)
    return trade === undefined || item !== null ? 0 : trade.paidFen - trade.refundedFen
  })
  // With a gateway that answers, every attempt reaches an end state.
  expect(isSettled(order)).toBe(true)
  expect(keptFen.reduce((sum, fen) => sum + fen, lane.cashFen)).toBeLessThanOrEqual(dueFen)
  for (const { attemptNo, state, item, paidFen } of order.attempts) {
    if (item === null) expect(paidFen).toBe(trades.get(attemptNo)?.paidFen ?? 0)
    // An odd amount that was refunded in full needs no person.
    const isBack = trades.get(attemptNo)?.refundedFen === trades.get(attemptNo)?.paidFen
    const ends = ['paid', 'failed', 'closed', 'reversed', ...(isBack ? ['odd'] : [])]
    if (item === null) expect(ends).toContain(state)
    const refunds = [...lane.line.model.state.refunds.values()]
    // One refund for each payment by the customer: a later payment is refunded under its own number.
    const own = refunds.filter(({ trade }) => trade.no === attemptNo)
    const times = Math.max(1, (trades.get(attemptNo)?.paidFen ?? 0) / dueFen)
    expect(own.length).toBeLessThanOrEqual(times)
  }
  for (const opened of lane.opened) {
    expect(order.paidWith).toBe(opened)
    expect(trades.get(opened)?.paidFen).toBeGreaterThanOrEqual(dueFen)
  }
  // Folding the rows gives the same order as the running machine.
  const known = ({ attempts, paidWith }: PayOrder) => [
    paidWith,
    attempts.map(({ attemptNo, state, paidFen, refunds, item }) => [
      attemptNo,
      state,
      paidFen,
      refunds.map(({ isHeard: _, refusal: _why, ...kept }) => kept),
      item,
    ]),
  ]
  expect(known(lane.folded())).toEqual(known(order))
}

it('keeps at most one payment, whatever the gateway does and whoever restarts', async () => {
  await fc.assert(
    fc.asyncProperty(history, async (steps) => {
      const lane = new Lane()
      for (const { act, n } of steps) {
        await acts[act]?.(lane, n)
        await lane.settle()
      }
      await lane.rest()
      judge(lane)
    }),
    { numRuns: 400 },
  )
})

it('does nothing behind a row that could not be kept, and finds the payment when it can', async () => {
  const lane = new Lane()
  lane.isFull = true
  expect(lane.runner.feed({ type: 'offer' })).toBe(false)
  await lane.settle()
  expect([lane.line.model.state.trades.size, lane.runner.order.attempts]).toEqual([0, []])
  lane.isFull = false
  expect(lane.runner.feed({ type: 'offer' })).toBe(true)
  await lane.settle()
  const [trade] = lane.line.model.state.trades.values()
  if (trade !== undefined) lane.line.model.pay(trade, dueFen, lane.line.nowMs)
  lane.isFull = true
  for (let i = 0; i < 5; i++) await lane.tick()
  expect([lane.opened, lane.runner.order.paidWith]).toEqual([[], null])
  lane.isFull = false
  for (let i = 0; i < 5; i++) await lane.tick()
  expect([new Set(lane.opened), isSettled(lane.runner.order)]).toEqual([
    new Set(['ORDER-1P1']),
    true,
  ])
})
