// The simulated ETC access system: requests of a billing system in, answers out, time as an argument. A second
// implementation of the published interface of 5.1, without code of the product's.
import { fenMax, isFen } from '../../core/values/fen.ts'
import { isoOf, parseIso } from '../../core/values/instant.ts'
import { isMembers, type Members } from '../shell/members.ts'
import {
  applyRow,
  noBooks,
  type AccessBooks,
  type AccessRow,
  type OrderState,
  type SimOrder,
} from './orders.ts'

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

export interface Said {
  readonly status: number
  readonly json: unknown
}

const numberShape = /^[A-Za-z0-9_-]{6,40}$/
const clockMs = 300_000

const messages: Readonly<Record<string, readonly [number, string, string]>> = {
  'ORDER-01': [400, '成员缺少或不合规定', 'a member is missing or wrong'],
  'ORDER-02': [401, '签名、证书、时间或随机串不成立', 'the envelope does not hold'],
  'ORDER-04': [404, '没有这个编号', 'no such number'],
  'ORDER-05': [404, '没有这个版本', 'no such version'],
  'ORDER-06': [409, '编号已用于别的内容', 'the number was used otherwise'],
  'ORDER-07': [409, '正在扣费', 'it is being charged'],
  'ORDER-08': [409, '已经结束', 'it has ended'],
  'ORDER-09': [422, '内容不符', 'the content does not fit'],
  'ORDER-10': [429, '车道里还有一张订单', 'another order is open in that lane'],
}

export function refused(code: string, field: string | null = null): Said {
  const [status = 400, zh = '', en = ''] = messages[code] ?? []
  return { status, json: { error: { code, field, value: null, message: { zh, en } } } }
}

const said = (json: unknown): Said => ({ status: 200, json })

/** Operations by the names of the protocol, which are also the places of faults. */
const routes = [
  ['facts', 'GET', /^\/v1\/access$/],
  ['openOrder', 'PUT', /^\/v1\/orders\/([^/]+)$/],
  ['order', 'GET', /^\/v1\/orders\/([^/]+)$/],
  ['settleOrder', 'PUT', /^\/v1\/orders\/([^/]+)\/settlement$/],
  ['withdrawOrder', 'PUT', /^\/v1\/orders\/([^/]+)\/withdrawal$/],
  ['refund', 'PUT', /^\/v1\/refunds\/([^/]+)$/],
  ['refundState', 'GET', /^\/v1\/refunds\/([^/]+)$/],
  ['events', 'GET', /^\/v1\/events$/],
] as const
type Place = (typeof routes)[number][0]
export const accessPlaces: readonly string[] = ['*', ...routes.map(([name]) => name)]

interface AskedPath {
  readonly method: string
  readonly path: string
}

export function routeOf({ method, path }: AskedPath): { place: Place; id: string } | null {
  const [bare = ''] = path.split('?', 1)
  for (const [place, of, shape] of routes) {
    const m = of === method ? shape.exec(bare) : null
    if (m) return { place, id: m[1] ?? '' }
  }
  return null
}

const text = (from: Members, name: string): string =>
  typeof from[name] === 'string' ? from[name] : ''

/** The same members with the same values. */
const isSame = (a: Members, b: Members): boolean => {
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])]
  return names.every((name) => a[name] === b[name])
}

/** The member of an order that is missing or wrong; null: none is. */
function wrongMember(from: Members): string | null {
  const isIso = (name: string): boolean => parseIso(text(from, name)) !== null
  if (!numberShape.test(text(from, 'stayNo'))) return 'stayNo'
  if (from['laneId'] !== null && text(from, 'laneId') === '') return 'laneId'
  if (text(from, 'plate') === '') return 'plate'
  if (text(from, 'colour') === '') return 'colour'
  if (!isIso('enteredAtIso')) return 'enteredAtIso'
  if (from['leftAtIso'] !== null && !isIso('leftAtIso')) return 'leftAtIso'
  if (!isIso('madeAtIso')) return 'madeAtIso'
  const { amountFen } = from
  return isFen(amountFen) && amountFen > 0 && amountFen <= fenMax ? null : 'amountFen'
}

interface ModelOptions {
  readonly lotId: string
  readonly rows: readonly AccessRow[]
  keep(row: AccessRow): void
}

const running: readonly OrderState[] = ['charging', 'unknown']

export class AccessModel {
  readonly books: AccessBooks = noBooks()
  readonly policy: AccessPolicy = { ...usualPolicy }
  readonly cars = new Map<string, SimCar>()
  readonly #options: ModelOptions

  constructor(options: ModelOptions) {
    this.#options = options
    for (const row of options.rows) applyRow(this.books, row)
    // A charge that ran at a crash has no result.
    for (const { no, state, sinceMs } of this.books.orders.values())
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
    for (const order of this.books.orders.values()) {
      if (order.state === 'open') this.#read(order, nowMs)
      if (order.state === 'charging') this.#end(order, nowMs)
    }
  }

  #why(order: SimOrder, why: string | null, atMs: number): void {
    if (order.why !== why) this.#record({ t: 'why', no: order.no, why, atMs })
  }

  #read(order: SimOrder, nowMs: number): void {
    const { readMs, noObuMs } = this.policy
    const car = this.cars.get(text(order.content, 'laneId'))
    const fromMs = Math.max(order.atMs, car?.sinceMs ?? 0)
    if (car === undefined || car.obuId === null) {
      if (nowMs >= order.atMs + noObuMs) this.#why(order, 'obuNotRead', nowMs)
    } else if (nowMs < fromMs + readMs) return
    else if (car.plate !== order.content['plate']) this.#why(order, 'plateMismatch', nowMs)
    else if (car.balanceFen < this.#amountOf(order)) this.#why(order, 'insufficient', nowMs)
    else {
      this.#why(order, null, nowMs)
      this.#record({ t: 'state', no: order.no, state: 'charging', atMs: fromMs + readMs })
    }
  }

  #end(order: SimOrder, nowMs: number): void {
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
    const car = this.cars.get(text(order.content, 'laneId'))
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
    const { no, state, paidFen, refundedFen, why, chargedAtMs } = order
    const amountFen = this.#amountOf(order)
    return {
      orderNo: no,
      state,
      amountFen,
      paidFen,
      refundedFen,
      why: why === null ? null : { reason: why, text: { zh: why, en: why } },
      charge:
        paidFen === 0 && !running.includes(state)
          ? null
          : {
              outTradeNo: `T-${no}`,
              amountFen,
              atIso: isoOf(chargedAtMs),
              cardEnd: null,
              tac: null,
            },
      review: null,
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
        return view === null ? refused('ORDER-04') : said(view)
      }
      default: {
        const order = this.books.orders.get(id)
        if (order === undefined) return refused('ORDER-04')
        if (place === 'order') return said(this.viewOf(order))
        const act = place === 'settleOrder' ? 'settled' : 'withdrawn'
        return this.#endOrder(order, act, content ?? {}, nowMs)
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
    const events = this.books.events.flatMap(({ event, no, atMs }, i) => {
      const order = this.books.orders.get(no)
      if (i < after || order === undefined) return []
      const view = this.viewOf(order)
      return [{ no: i + 1, atIso: isoOf(atMs), event, order: view, refund: null }]
    })
    return said({ events, next: this.books.events.length })
  }

  #open(no: string, content: Members, nowMs: number): Said {
    const known = this.books.orders.get(no)
    if (known !== undefined)
      return isSame(known.content, content) ? said(this.viewOf(known)) : refused('ORDER-06')
    const wrong = wrongMember(content)
    if (wrong !== null) return refused('ORDER-01', wrong)
    const madeAtMs = parseIso(text(content, 'madeAtIso')) ?? 0
    if (Math.abs(nowMs - madeAtMs) > clockMs) return refused('ORDER-09', 'madeAtIso')
    const laneId = text(content, 'laneId')
    for (const other of this.books.orders.values()) {
      const isBusy = other.state === 'open' || running.includes(other.state)
      if (isBusy && laneId !== '' && other.content['laneId'] === laneId) return refused('ORDER-10')
    }
    this.#record({ t: 'order', no, content, atMs: nowMs })
    const made = this.books.orders.get(no)
    return made === undefined ? refused('ORDER-04') : said(this.viewOf(made))
  }

  #endOrder(order: SimOrder, act: 'settled' | 'withdrawn', content: Members, nowMs: number): Said {
    const { no, state, ended } = order
    if (ended !== null) {
      if (ended.act !== act) return refused('ORDER-08')
      return isSame(ended.content, content) ? said(this.viewOf(order)) : refused('ORDER-06')
    }
    if (state === 'paid') return refused('ORDER-08')
    // Money was taken otherwise: a charge without a result no longer stands against that.
    if (state === 'charging' || (state === 'unknown' && act === 'withdrawn'))
      return refused('ORDER-07')
    if (act === 'withdrawn' && text(content, 'reason') === '') return refused('ORDER-01', 'reason')
    if (act === 'settled' && !isFen(content['amountFen'])) return refused('ORDER-01', 'amountFen')
    this.#record({ t: 'ended', no, act, content })
    this.#record({ t: 'state', no, state: act, atMs: nowMs })
    return said(this.viewOf(order))
  }

  #refund(refundNo: string, content: Members, nowMs: number): Said {
    const known = this.books.refunds.get(refundNo)
    if (known !== undefined)
      return isSame(known.content, content) ? said(this.#refundView(refundNo)) : refused('ORDER-06')
    const order = this.books.orders.get(text(content, 'orderNo'))
    if (order === undefined) return refused('ORDER-04')
    const { amountFen } = content
    if (!isFen(amountFen) || amountFen === 0) return refused('ORDER-01', 'amountFen')
    const [operator, approvedBy] = [text(content, 'operator'), text(content, 'approvedBy')]
    if (operator === '' || approvedBy === '' || operator === approvedBy)
      return refused('ORDER-01', 'approvedBy')
    if (order.refundedFen + amountFen > order.paidFen) return refused('ORDER-09', 'amountFen')
    const { no } = order
    this.#record({ t: 'refund', refundNo, no, fen: amountFen, by: 'billing', content, atMs: nowMs })
    return said(this.#refundView(refundNo))
  }
}
