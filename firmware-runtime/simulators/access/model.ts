// The simulated ETC access system: requests of a billing system in, answers out, time as an argument. A second
// implementation of the published interface of 5.1, without code of the product's.
import { isFen } from '#base/pure/values/fen.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { isMembers, type Members } from '../shell/members.ts'
import {
  applyRow,
  isLive,
  noBooks,
  running,
  type AccessBooks,
  type AccessRow,
  type SimOrder,
} from './orders.ts'
import {
  differing,
  numberShape,
  orderRefusal,
  refundRefusal,
  refused,
  routeOf,
  said,
  settlementRefusal,
  text,
  type AskedPath,
  type Said,
} from './said.ts'

/** A car in front of an antenna of this access system. */
export interface SimCar {
  readonly laneId: string
  /** Null: it has no OBU. */
  readonly obuId: string | null
  readonly plate: string
  readonly cardNo: string
  balanceFen: number
  readonly sinceMs: number
  /** Leaves after this time; null: it is taken away. */
  readonly stayMs: number | null
}

interface AccessPolicy {
  /** Time to read an OBU. */
  readMs: number
  /** Time of a charge at the ETC platform. */
  chargeMs: number
  /** After this time without an OBU an order says so. */
  noObuMs: number
  /** Result of a charge: `unknown` waits for `POST /charges`. */
  charges: string
  refunds: string
}

const usualPolicy: AccessPolicy = {
  readMs: 200,
  chargeMs: 300,
  noObuMs: 1_500,
  charges: 'paid',
  refunds: 'success',
}

const tradeNoOf = ({ no, tries }: SimOrder): string => `T-${no}-${tries}`

type EndAct = 'settled' | 'withdrawn'
const endsBy = { settleOrder: 'settled', withdrawOrder: 'withdrawn' } as const

/** Sum and means make a settlement; its time may be another one. */
const sameTime = ({ atIso }: Members): Members => (atIso === undefined ? {} : { atIso })

interface ModelOptions {
  readonly lotId: string
  readonly rows: readonly AccessRow[]
  keep(row: AccessRow): void
}

/** Time for the answer to a review. */
const reviewMs = 600_000
const eventsMax = 200

const whySaid = (why: string | null) =>
  why === null ? null : { reason: why, text: { zh: why, en: why } }

export class AccessModel {
  readonly books: AccessBooks = noBooks()
  readonly policy: AccessPolicy = { ...usualPolicy }
  readonly cars = new Map<string, SimCar>()
  readonly #options: ModelOptions

  constructor(options: ModelOptions) {
    this.#options = options
    for (const row of options.rows) applyRow(this.books, row)
    // A charge that ran at a crash has no result.
    for (const { no, state, sinceMs } of [...this.books.live.values()])
      if (state === 'charging') this.#record({ t: 'state', no, state: 'unknown', atMs: sinceMs })
  }

  #record(row: AccessRow): void {
    applyRow(this.books, row)
    this.#options.keep(row)
  }

  /** Reads OBUs and ends charges that are due. */
  advance(nowMs: number): void {
    for (const [laneId, { sinceMs, stayMs }] of this.cars)
      if (stayMs !== null && nowMs >= sinceMs + stayMs) this.cars.delete(laneId)
    for (const order of [...this.books.live.values()]) {
      if (order.state === 'open') this.#read(order, nowMs)
      if (order.state === 'charging') this.#end(order, nowMs)
    }
  }

  #why(order: SimOrder, why: string | null, atMs: number): void {
    if (order.why !== why) this.#record({ t: 'why', no: order.no, why, atMs })
  }

  /** In a lane the car that stands there; without one, the car of that plate at any antenna, anew after a dispute. */
  #carOf({ content, review, reviewAtMs }: SimOrder): SimCar | undefined {
    if (content['laneId'] !== null) return this.cars.get(text(content, 'laneId'))
    const fromMs = review === 'disputed' ? reviewAtMs : 0
    return [...this.cars.values()].find(
      ({ plate, sinceMs }) => plate === content['plate'] && sinceMs >= fromMs,
    )
  }

  #read(order: SimOrder, nowMs: number): void {
    const { readMs, noObuMs } = this.policy
    const car = this.#carOf(order)
    const isStreet = order.content['laneId'] === null
    if (car === undefined && isStreet) return
    const fromMs = Math.max(order.atMs, car?.sinceMs ?? 0)
    if (car === undefined || car.obuId === null) {
      if (nowMs >= order.atMs + noObuMs) this.#why(order, 'obuNotRead', nowMs)
    } else if (nowMs < fromMs + readMs) return
    else if (car.plate !== order.content['plate']) this.#why(order, 'plateMismatch', nowMs)
    else if (car.balanceFen < this.#amountOf(order)) this.#why(order, 'insufficient', nowMs)
    else {
      this.#why(order, null, nowMs)
      const { no } = order
      this.#record({ t: 'state', no, state: 'charging', atMs: fromMs + readMs })
      if (isStreet) this.#record({ t: 'review', no, result: 'asked', atMs: nowMs })
    }
  }

  /** An order without a lane is charged once its review is over. */
  #end(order: SimOrder, nowMs: number): void {
    if (order.review === 'asked') {
      if (nowMs < order.reviewAtMs + reviewMs) return
      this.#record({ t: 'review', no: order.no, result: 'silent', atMs: nowMs })
    }
    if (nowMs < order.sinceMs + this.policy.chargeMs) return
    if (this.policy.charges === 'unknown')
      this.#record({ t: 'state', no: order.no, state: 'unknown', atMs: nowMs })
    else this.charge(order, nowMs)
  }

  #amountOf({ content }: SimOrder): number {
    return isFen(content['amountFen']) ? content['amountFen'] : 0
  }

  /** The ETC platform takes the amount; after a settlement it goes back (8.3.1 b). */
  charge(order: SimOrder, nowMs: number): void {
    const fen = this.#amountOf(order)
    const { no } = order
    const car = this.#carOf(order)
    if (car !== undefined) car.balanceFen -= fen
    this.#record({ t: 'charged', no, fen, atMs: nowMs })
    if (order.state !== 'settled') {
      this.#record({ t: 'state', no, state: 'paid', atMs: nowMs })
      return
    }
    const content = { orderNo: no, amountFen: fen }
    const refundNo = `own-${no}`
    this.#record({ t: 'refund', refundNo, no, fen, by: 'access', content, atMs: nowMs })
  }

  /** A charge without a result turns out not to have been made. */
  release(order: SimOrder, nowMs: number): void {
    if (order.state === 'unknown')
      this.#record({ t: 'state', no: order.no, state: 'open', atMs: nowMs })
  }

  viewOf(order: SimOrder): Record<string, unknown> {
    const { no, state, paidFen, refundedFen, why, chargedAtMs, ended, review } = order
    const amountFen = this.#amountOf(order)
    const settledFen = ended?.content['amountFen']
    const isOpen = isLive(order)
    return {
      orderNo: no,
      state,
      amountFen,
      paidFen: paidFen + (isFen(settledFen) ? settledFen : 0),
      refundedFen,
      why: isOpen ? whySaid(why) : null,
      charge:
        paidFen === 0 && !running.includes(state)
          ? null
          : {
              outTradeNo: tradeNoOf(order),
              amountFen,
              atIso: isoOf(chargedAtMs),
              cardEnd: null,
              tac: null,
            },
      review,
    }
  }

  #refundView(refundNo: string): Record<string, unknown> | null {
    const refund = this.books.refunds.get(refundNo)
    if (refund === undefined) return null
    const { order, fen } = refund
    return { refundNo, orderNo: order.no, amountFen: fen, state: this.policy.refunds }
  }

  serve(asked: AskedPath, body: unknown, nowMs: number): Said {
    this.advance(nowMs)
    const route = routeOf(asked)
    if (route === null) return refused('ORDER-05')
    const { place, id } = route
    if (id !== '' && !numberShape.test(id)) return refused('ORDER-01', 'orderNo')
    const content = isMembers(body) ? body : null
    if (asked.method === 'PUT' && content === null) return refused('ORDER-01')
    switch (place) {
      case 'facts':
        return this.#facts(nowMs)
      case 'events':
        return this.#events(asked.path)
      case 'openOrder':
        return this.#open(id, content ?? {}, nowMs)
      case 'refund':
        return this.#refund(id, content ?? {}, nowMs)
      case 'refundState': {
        const view = this.#refundView(id)
        return view === null ? refused('ORDER-04', 'refundNo') : said(view)
      }
      default: {
        const order = this.books.orders.get(id)
        if (order === undefined) return refused('ORDER-04', 'orderNo')
        if (place === 'order') return said(this.viewOf(order))
        if (place === 'reviewOrder') return this.#review(order, content ?? {}, nowMs)
        return this.#endOrder(order, endsBy[place], content ?? {}, nowMs)
      }
    }
  }

  #facts(nowMs: number): Said {
    const lanes = [...this.cars.keys()].map((laneId) => ({ laneId, isUp: true, orderNo: null }))
    const { lotId } = this.#options
    return said({
      versions: [1],
      lotId,
      chargeMode: 'online',
      lanes,
      platformUp: true,
      nowIso: isoOf(nowMs),
    })
  }

  #events(path: string): Said {
    const after = Number(new URL(path, 'http://x.invalid').searchParams.get('after') ?? 0)
    const page = this.books.events.slice(after, after + eventsMax)
    const events = page.flatMap(({ event, no, atMs, refundNo, why = null }, i) => {
      const order = this.books.orders.get(no)
      if (order === undefined) return []
      const refund = refundNo === undefined ? null : this.#refundView(refundNo)
      const at = { no: after + i + 1, atIso: isoOf(atMs) }
      return [{ ...at, event, order: this.viewOf(order), refund, why: whySaid(why) }]
    })
    return said({ events, next: after + page.length })
  }

  #open(no: string, content: Members, nowMs: number): Said {
    const known = this.books.orders.get(no)
    if (known !== undefined) {
      const other = differing(known.content, content)
      return other === null ? said(this.viewOf(known)) : refused('ORDER-06', other)
    }
    const wrong = orderRefusal(content, nowMs)
    if (wrong !== null) return wrong
    const laneId = text(content, 'laneId')
    for (const other of this.books.live.values()) {
      if (laneId !== '' && other.content['laneId'] === laneId) return refused('ORDER-10', 'laneId')
      if (other.content['stayNo'] === content['stayNo']) return refused('ORDER-09', 'stayNo')
    }
    this.#record({ t: 'order', no, content, atMs: nowMs })
    const made = this.books.orders.get(no)
    return made === undefined ? refused('ORDER-04', 'orderNo') : said(this.viewOf(made))
  }

  #endOrder(order: SimOrder, act: EndAct, content: Members, nowMs: number): Said {
    const { no, state, ended } = order
    if (ended !== null) {
      if (ended.act !== act) return refused('ORDER-08', 'orderNo')
      const other = differing(ended.content, { ...content, ...sameTime(ended.content) })
      return other === null ? said(this.viewOf(order)) : refused('ORDER-06', other)
    }
    if (state === 'paid') return refused('ORDER-08', 'orderNo')
    // Money was taken otherwise: a charge without a result no longer stands against that.
    if (state === 'charging' || (state === 'unknown' && act === 'withdrawn'))
      return refused('ORDER-07', 'orderNo')
    if (act === 'withdrawn' && text(content, 'reason') === '') return refused('ORDER-01', 'reason')
    const wrong =
      act === 'settled' ? settlementRefusal(content, this.#amountOf(order), nowMs) : null
    if (wrong !== null) return wrong
    this.#record({ t: 'ended', no, act, content })
    this.#record({ t: 'state', no, state: act, atMs: nowMs })
    return said(this.viewOf(order))
  }

  /** A disputed charge is not made: the order is open again. */
  #review(order: SimOrder, content: Members, nowMs: number): Said {
    const { no, review } = order
    if (review === null || content['outTradeNo'] !== tradeNoOf(order))
      return refused('ORDER-09', 'outTradeNo')
    const isEqual =
      content['amountFen'] === this.#amountOf(order) && content['plate'] === order.content['plate']
    const result = isEqual && content['result'] === 'agreed' ? 'agreed' : 'disputed'
    if (review === result) return said(this.viewOf(order))
    if (review !== 'asked') return refused('ORDER-08', 'orderNo')
    this.#record({ t: 'review', no, result, atMs: nowMs })
    if (result === 'disputed') this.#record({ t: 'state', no, state: 'open', atMs: nowMs })
    return said(this.viewOf(order))
  }

  #refund(refundNo: string, content: Members, nowMs: number): Said {
    const known = this.books.refunds.get(refundNo)
    if (known !== undefined) {
      const other = differing(known.content, content)
      return other === null ? said(this.#refundView(refundNo)) : refused('ORDER-06', other)
    }
    const order = this.books.orders.get(text(content, 'orderNo'))
    if (order === undefined) return refused('ORDER-04', 'orderNo')
    const wrong = refundRefusal(content)
    if (wrong !== null) return wrong
    const { amountFen } = content
    if (order.state !== 'paid') return refused('ORDER-09', 'orderNo')
    if (!isFen(amountFen) || order.refundedFen + amountFen > order.paidFen)
      return refused('ORDER-09', 'amountFen')
    const { no } = order
    this.#record({ t: 'refund', refundNo, no, fen: amountFen, by: 'billing', content, atMs: nowMs })
    return said(this.#refundView(refundNo))
  }
}
