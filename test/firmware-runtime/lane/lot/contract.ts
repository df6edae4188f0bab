// What a case of the contract of the port `Orders` is: acts of a billing system and of cars, with the answer or the refusal of
// each, and all events at the end. A world is one implementation of the port with its cars and its time.
import { expect } from 'vitest'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { present } from '#base/pure/values/must.ts'
import type { OrderToCharge, Settlement } from '#money/ports/orders.ts'
import type { OrdersClient } from '../../../kit/partner-client.ts'

export const second = 1_000
export const minute = 60 * second
export const day = 24 * 60 * minute

export type Layout = 'lane' | 'street'
export type Charge = 'card' | 'online'

export interface ContractWorld {
  readonly us: OrdersClient
  /** Another billing system at the same access system, with a lane of its own; null: there is one alone. */
  readonly other: OrdersClient | null
  nowMs(): number
  run(ms: number): void
  /** Car `n` comes to the antenna and stays. */
  comes(n: number): void
  plate(n: number): string
  /** The next charge has no result for the next minutes; it was made. */
  loseResult(): void
  /** The lost result is known. */
  findResult(orderNo: string): void
  /** The access system ends without notice and starts again. */
  restart(): void
  /** Rules of its own books that are broken. */
  violations(): readonly unknown[]
}

const numberOf = (n: number): string => `order-${n}`

/** A run of one case. */
export class Play {
  readonly world: ContractWorld
  readonly by: OrdersClient
  private readonly layout: Layout
  private readonly laneId: string
  private readonly sent = new Map<number, OrderToCharge>()

  constructor(world: ContractWorld, layout: Layout, isOther = false) {
    this.world = world
    this.layout = layout
    this.by = isOther ? present(world.other, 'another billing system') : world.us
    this.laneId = isOther ? 'exit2' : 'exit'
  }

  /** The order of car `n`, made when it is first sent; sent again it is the same. */
  order(n: number): OrderToCharge {
    const made = this.sent.get(n) ?? this.newOrder(n)
    this.sent.set(n, made)
    return made
  }

  private newOrder(n: number): OrderToCharge {
    const nowMs = this.world.nowMs()
    const isStreet = this.layout === 'street'
    return {
      orderNo: numberOf(n),
      stayNo: `stay-${n}`,
      laneId: isStreet ? null : this.laneId,
      plate: this.world.plate(n),
      colour: isStreet ? 'blue' : 'unknown',
      enteredAtIso: isoOf(nowMs - 60 * minute),
      leftAtIso: isStreet ? isoOf(nowMs - 5 * minute) : null,
      madeAtIso: isoOf(nowMs),
      amountFen: 700,
    }
  }
}

type Act = (play: Play) => Promise<unknown> | void
/** Members of the answer, or code and field of the refusal. */
export type Step = readonly [act: Act, expected?: object | string]

export interface Case {
  readonly rule: string
  readonly layout: Layout
  /** Absent: both. */
  readonly charge?: Charge
  /** It needs another billing system, or lanes that the lot file names. */
  readonly needs?: 'other' | 'lanes'
  readonly steps: readonly Step[]
  /** Events with number of order or refund; the steps of a refund are one; those with `?` may also not be told. */
  readonly told: readonly string[] | ((charge: Charge) => readonly string[])
}

export const opened = { state: 'open', amountFen: 700, paidFen: 0, refundedFen: 0, charge: null }
export const paid = { state: 'paid', paidFen: 700, charge: { amountFen: 700 } }
export const pays = ['opened order-1', 'charging order-1', 'paid order-1'] as const

type Over<T> = Partial<T> | ((nowMs: number) => Partial<T>)
const overOf = <T>(over: Over<T>, { world }: Play): Partial<T> =>
  typeof over === 'function' ? over(world.nowMs()) : over

export const open =
  (n: number, over: Over<OrderToCharge> = {}): Act =>
  (play) =>
    play.by.open({ ...play.order(n), ...overOf(over, play) })
export const read =
  (n: number): Act =>
  ({ by }) =>
    by.order(numberOf(n))
export const settle =
  (n: number, over: Over<Settlement> = {}): Act =>
  (play) => {
    const atIso = isoOf(play.world.nowMs())
    const cash: Settlement = { means: 'cash', amountFen: 700, atIso, ...overOf(over, play) }
    return play.by.settle(numberOf(n), cash)
  }
export const withdraw =
  (n: number, reason = 'price'): Act =>
  ({ by }) =>
    by.withdraw(numberOf(n), reason)
/** Agreed with what was charged, unless `over` says otherwise. */
export const review =
  (n: number, over: object = {}): Act =>
  async (play) => {
    const { charge } = await play.by.order(numberOf(n))
    const { outTradeNo = 'none', amountFen = 700 } = charge ?? {}
    const plate = play.world.plate(n)
    return play.by.review(numberOf(n), { result: 'agreed', outTradeNo, amountFen, plate, ...over })
  }
const people = { reason: 'price', operator: 'Li', approvedBy: 'Wang' }
export const refund =
  (no: number, n: number, amountFen: number, over: object = {}): Act =>
  ({ by }) =>
    by.refund({ refundNo: `back-0${no}`, orderNo: numberOf(n), amountFen, ...people, ...over })
export const refundOf =
  (no: number): Act =>
  ({ by }) =>
    by.refundOf(`back-0${no}`)
export const facts: Act = ({ by }) => by.facts()
export const runs =
  (ms: number): Act =>
  ({ world }) =>
    world.run(ms)
/** The car drives to the antenna and has time to be charged. */
export const comes =
  (n: number, ms = 6 * second): Act =>
  ({ world }) => {
    world.comes(n)
    world.run(ms)
  }
export const loseResult: Act = ({ world }) => world.loseResult()
export const findResult =
  (n: number): Act =>
  ({ world }) =>
    world.findResult(numberOf(n))
export const restart: Act = ({ world }) => world.restart()

export const other = (act: Act): Act => {
  const plays = new WeakMap<Play, Play>()
  return (play) => {
    const theirs = plays.get(play) ?? new Play(play.world, 'lane', true)
    plays.set(play, theirs)
    return act(theirs)
  }
}

/** Events of a page; the largest page of the interface. */
const pageMax = 200

/** All events, page after page; each page goes on where the one before ended. */
export async function allEvents({ by }: Play, from = 0) {
  const all: Awaited<ReturnType<OrdersClient['events']>>['events'][number][] = []
  for (let after = from; ;) {
    const { events, next } = await by.events(after, pageMax)
    if (events.length === 0) return all
    const numbers = events.map(({ no }) => no)
    expect(numbers).toEqual([...new Set(numbers)].toSorted((a, b) => a - b))
    expect(numbers[0]).toBeGreaterThan(after)
    expect(next).toBeGreaterThanOrEqual(numbers.at(-1) ?? 0)
    expect(numbers.length).toBeLessThanOrEqual(pageMax)
    all.push(...events)
    after = next
  }
}

type Told = Awaited<ReturnType<typeof allEvents>>

/** `*`: a refund that the access system makes itself. */
const ownNo = (refundNo: string): string => (refundNo.startsWith('back-') ? refundNo : '*')

/** A refund is told when it is asked for and with each of its states: the first one counts. */
const linesOf = (events: Told): readonly string[] => {
  const lines = events.map(({ event, order, refund: one }) =>
    one === null ? `${event} ${order.orderNo}` : `${event} ${ownNo(one.refundNo)}`,
  )
  return lines.filter((line, i) => !line.startsWith('refund ') || lines.indexOf(line) === i)
}

/** The lines in their order, with or without those that may be left out. */
function judgeTold(lines: readonly string[], told: readonly string[]): void {
  const wanted = told.flatMap((line) => {
    const bare = line.replace('?', '')
    return bare === line || lines.includes(bare) ? [bare] : []
  })
  expect(lines).toEqual(wanted)
}

async function done(act: Act, play: Play): Promise<unknown> {
  try {
    return await act(play)
  } catch (error) {
    if (!(error instanceof LaneFault)) throw error
    return `${error.code} ${error.detail.field ?? ''}`
  }
}

/** Plays a case and judges it; returns every answer and event, so that two worlds can be compared. */
export async function played(one: Case, world: ContractWorld, charge: Charge): Promise<unknown> {
  const play = new Play(world, one.layout)
  const answers: unknown[] = []
  for (const [i, [act, expected]] of one.steps.entries()) {
    const answer = await done(act, play)
    answers.push(answer)
    const said = `step ${i + 1}: ${JSON.stringify(answer)}`
    if (typeof expected === 'object') expect(answer, said).toMatchObject(expected)
    else expect(typeof answer === 'string' ? answer : undefined, said).toBe(expected)
  }
  const events = await allEvents(play)
  const { told } = one
  judgeTold(linesOf(events), typeof told === 'function' ? told(charge) : told)
  // What is read from any place on is the rest.
  for (const { no } of events.filter((_, i) => i % 50 === 0))
    expect(await allEvents(play, no)).toEqual(events.filter((event) => event.no > no))
  expect(world.violations()).toEqual([])
  return { answers, events }
}
