// The simulated payment gateway: requests in, answers out, time as an argument. A second implementation of
// docs/payment-port.md, without code of the product's adapter.
import { createHash } from 'node:crypto'
import { fenMax, isFen } from '#base/pure/values/fen.ts'
import { SignPage } from './sign-page.ts'
import { applyRow, endPlans, noTrades, refundingFen } from './trades.ts'
import type { TradeRow, GatewayTrades, RefundState, Trade } from './trades.ts'
import { answerHeaders, refusalOf, type PayKeys, type SignedRequest } from './envelope.ts'
import { isMembers } from '../shell/members.ts'

interface GatewayPolicy {
  /** False: only codes shown by drivers are charged; no codes are offered for scanning. */
  makesCodes: boolean
  /** Result of a charge: `paying` asks the customer for a password first. */
  charges: 'paid' | 'paying'
  /** Whether an offer can be queried before its code was scanned; some gateways make the trade at the scan. */
  foundBeforeScan: boolean
  /** Effect of cancelling a paid attempt. */
  cancelPaid: 'refuse' | 'reverse'
  /** State of a refund at its first query. */
  refunds: 'done' | 'accepted' | 'failed'
  minQueryMs: number
  /** False: the bill of a day is not ready. */
  billReady: boolean
  /** Whether it hosts a page for drivers at a sign. */
  hostsPage: boolean
}

const usualPolicy: GatewayPolicy = {
  makesCodes: true,
  charges: 'paid',
  foundBeforeScan: true,
  cancelPaid: 'refuse',
  refunds: 'done',
  minQueryMs: 0,
  billReady: true,
  hostsPage: true,
}

export interface GatewayAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

interface Said {
  readonly status: number
  readonly json: Readonly<Record<string, unknown>>
}

const said = (json: Said['json'], status = 200): Said => ({ status, json })
const refused = (status: number, code: string, message: string): Said => ({
  status,
  json: { error: { code, message } },
})

const numberShape = /^[A-Za-z0-9_-]{6,40}$/
const codeShape = /^\d{16,24}$/
const lastDayMs = 86_400_000

/** Interfaces named as in the documentation; also the places of faults. */
const routes = [
  ['GET /v1/capabilities', /^\/v1\/capabilities$/],
  ['POST /v1/charges', /^\/v1\/charges$/],
  ['POST /v1/offers', /^\/v1\/offers$/],
  ['GET /v1/attempts/{attemptNo}', /^\/v1\/attempts\/([^/]+)$/],
  ['POST /v1/attempts/{attemptNo}/cancel', /^\/v1\/attempts\/([^/]+)\/cancel$/],
  ['GET /v1/asks', /^\/v1\/asks$/],
  ['POST /v1/asks/{askNo}', /^\/v1\/asks\/([^/]+)$/],
  ['POST /v1/refunds', /^\/v1\/refunds$/],
  ['GET /v1/refunds/{refundNo}', /^\/v1\/refunds\/([^/]+)$/],
  ['GET /v1/bills/{day}', /^\/v1\/bills\/([^/]+)$/],
] as const
type Place = (typeof routes)[number][0]
export const gatewayPlaces: readonly string[] = ['*', 'notify', ...routes.map(([name]) => name)]

function routeOf({ method, path }: SignedRequest): { place: Place; id: string } | null {
  for (const [place, shape] of routes) {
    const m = place.startsWith(`${method} `) ? shape.exec(path) : null
    if (m) return { place, id: m[1] ?? '' }
  }
  return null
}

export const placeOf = (request: SignedRequest): string => routeOf(request)?.place ?? '*'

interface GatewayOptions {
  readonly keys: PayKeys
  readonly rows: readonly TradeRow[]
  keep(row: TradeRow): void
  /** Called when a trade was paid: the lot may be notified. */
  paid(attemptNo: string): void
}

export class GatewayModel {
  readonly state: GatewayTrades = noTrades()
  readonly policy: GatewayPolicy = { ...usualPolicy }
  readonly page = new SignPage()
  readonly #options: GatewayOptions
  readonly #nonces = new Set<string>()
  /** Attempt numbers added to bills, and left out of them. */
  billAdds: string[] = []
  billLacks: string[] = []

  constructor(options: GatewayOptions) {
    this.#options = options
    for (const row of options.rows) applyRow(this.state, row)
  }

  get keys(): PayKeys {
    return this.#options.keys
  }

  record(row: TradeRow): void {
    applyRow(this.state, row)
    this.#options.keep(row)
  }

  setKey(keyId: string, secretHex: string): void {
    Object.assign(this.keys, { keyId, secretHex })
  }

  /** Makes planned payments that are due. */
  advance(nowMs: number): void {
    for (const trade of [...this.state.planned])
      for (const { fen, atMs } of trade.plans.filter((plan) => plan.atMs <= nowMs))
        this.pay(trade, fen, atMs)
  }

  /** The customer pays; `anyway`: also in a state in which the gateway would refuse. */
  pay(trade: Trade, fen: number, nowMs: number, anyway = false): boolean {
    const isOver = trade.expiresAtMs !== null && nowMs > trade.expiresAtMs
    const mayPay = trade.state === 'open' || trade.state === 'paying' || trade.state === 'paid'
    endPlans(this.state, trade, nowMs)
    if (!anyway && (isOver || !mayPay)) return false
    this.record({ t: 'paid', no: trade.no, fen, atMs: nowMs })
    this.#options.paid(trade.no)
    return true
  }

  seal(status: number, json: unknown, nonce: string, nowMs: number): GatewayAnswer {
    const body = Uint8Array.from(Buffer.from(JSON.stringify(json)))
    return { status, headers: answerHeaders(this.keys, status, nonce, body, nowMs), body }
  }

  handle(request: SignedRequest, nowMs: number): GatewayAnswer {
    this.advance(nowMs)
    const nonce = request.headers['pay-nonce'] ?? ''
    const refusal = refusalOf(this.keys, request, nowMs, (one) => {
      const isNew = !this.#nonces.has(one)
      this.#nonces.add(one)
      return isNew
    })
    const { status, json } =
      refusal === null
        ? this.#serve(request, nowMs)
        : refused(401, refusal, 'the envelope does not hold')
    return this.seal(status, json, nonce, nowMs)
  }

  #serve(request: SignedRequest, nowMs: number): Said {
    const route = routeOf(request)
    if (route === null) return refused(404, 'NO_SUCH_PATH', 'no such interface')
    const body = request.method === 'POST' ? bodyOf(request.body) : {}
    if (body === null) return refused(400, 'BAD_REQUEST', 'the body is a JSON object')
    switch (route.place) {
      case 'GET /v1/capabilities':
        return said({
          merchantNo: this.keys.merchantNo,
          ways: this.policy.makesCodes ? ['charge', 'offer'] : ['charge'],
          cancelPaid: this.policy.cancelPaid,
          minQueryMs: this.policy.minQueryMs,
          page: this.policy.hostsPage ? 'sign' : 'none',
        })
      case 'POST /v1/charges':
        return this.#charge(body, nowMs)
      case 'POST /v1/offers':
        return this.#offer(body, nowMs)
      case 'GET /v1/attempts/{attemptNo}':
        return this.#query(route.id)
      case 'POST /v1/attempts/{attemptNo}/cancel':
        return this.#cancel(route.id)
      case 'GET /v1/asks':
        return said({ asks: this.page.open() })
      case 'POST /v1/asks/{askNo}':
        return this.page.answer(route.id, body) ? said({}) : refused(404, 'NOT_FOUND', 'no ask')
      case 'POST /v1/refunds':
        return this.#refund(body)
      case 'GET /v1/refunds/{refundNo}':
        return this.#queryRefund(route.id)
      case 'GET /v1/bills/{day}':
        return this.#bill(route.id)
    }
  }

  attemptJson(trade: Trade): Record<string, unknown> {
    const { no, way, amountFen, paidFen, refundedFen, state } = trade
    const isShown = way === 'offer' && state === 'open'
    return {
      attemptNo: no,
      merchantNo: this.keys.merchantNo,
      amountFen,
      paidFen,
      refundedFen,
      state,
      qrText: isShown ? `https://pay.invalid/q/${no}` : null,
    }
  }

  /** Start of charges and offers: the same number with the same content is the same trade. */
  #begun(body: Body, way: Trade['way']): { readonly answer: Said } | { readonly no: string } {
    const { attemptNo: no, amountFen } = body
    if (typeof no !== 'string' || !numberShape.test(no))
      return { answer: refused(400, 'BAD_REQUEST', 'attemptNo: 6 to 40 of A-Z a-z 0-9 _ -') }
    if (!isFen(amountFen) || amountFen === 0 || amountFen > fenMax)
      return { answer: refused(400, 'BAD_REQUEST', 'amountFen: whole fen above 0') }
    const known = this.state.trades.get(no)
    if (known === undefined) return { no }
    if (known.amountFen !== amountFen || known.way !== way)
      return { answer: refused(409, 'CONFLICT', 'this number was used otherwise') }
    return { answer: said(this.attemptJson(known)) }
  }

  #make(no: string, body: Body, way: Trade['way'], nowMs: number): Trade | undefined {
    const { amountFen, expiresMs, code } = body
    const state = way === 'charge' ? ('paying' as const) : ('open' as const)
    const expiresAtMs = typeof expiresMs === 'number' ? nowMs + expiresMs : null
    const kept = typeof code === 'string' ? `${code.slice(0, 2)}/${code.length}` : null
    const fen = typeof amountFen === 'number' ? amountFen : 0
    this.record({
      t: 'trade',
      no,
      way,
      amountFen: fen,
      state,
      atMs: nowMs,
      expiresAtMs,
      code: kept,
    })
    return this.state.trades.get(no)
  }

  #charge(body: Body, nowMs: number): Said {
    const begun = this.#begun(body, 'charge')
    if ('answer' in begun) return begun.answer
    const { code } = body
    if (typeof code !== 'string' || !codeShape.test(code))
      return refused(422, 'CODE_INVALID', 'not a payment code')
    const hash = createHash('sha256').update(code).digest('hex')
    if (this.state.usedCodes.has(hash)) return refused(422, 'CODE_INVALID', 'used before')
    this.record({ t: 'usedCode', hash })
    const trade = this.#make(begun.no, body, 'charge', nowMs)
    if (trade === undefined) return refused(500, 'BUG', 'no trade')
    if (this.policy.charges === 'paid') this.pay(trade, trade.amountFen, nowMs)
    return said(this.attemptJson(trade))
  }

  #offer(body: Body, nowMs: number): Said {
    const { expiresMs } = body
    const isTime = Number.isSafeInteger(expiresMs) && Number(expiresMs) >= 60_000
    if (!isTime || Number(expiresMs) > lastDayMs)
      return refused(400, 'BAD_REQUEST', 'expiresMs: 60000 to 86400000')
    const begun = this.#begun(body, 'offer')
    if ('answer' in begun) return begun.answer
    const trade = this.#make(begun.no, body, 'offer', nowMs)
    return trade === undefined ? refused(500, 'BUG', 'no trade') : said(this.attemptJson(trade))
  }

  /** Null for an unknown trade, and for an offer that was not scanned when the scan makes it. */
  #found(no: string): Trade | null {
    const trade = this.state.trades.get(no) ?? null
    const isUnseen = trade?.way === 'offer' && trade.state === 'open' && trade.paidFen === 0
    return isUnseen && !this.policy.foundBeforeScan ? null : trade
  }

  #query(no: string): Said {
    const trade = this.#found(no)
    return trade === null
      ? refused(404, 'NOT_FOUND', 'no attempt of this number')
      : said(this.attemptJson(trade))
  }

  #cancel(no: string): Said {
    const trade = this.#found(no)
    if (trade === null) return refused(404, 'NOT_FOUND', 'no attempt of this number')
    if (trade.state === 'open' || trade.state === 'paying')
      this.record({ t: 'state', no, state: 'closed' })
    else if (trade.state === 'paid' && this.policy.cancelPaid === 'reverse') {
      const refundNo = `${no}-cancel`
      const fen = trade.paidFen - refundingFen(this.state, trade)
      this.record({ t: 'refund', refundNo, no, fen })
      this.record({ t: 'refundState', refundNo, state: 'done' })
      this.record({ t: 'state', no, state: 'reversed' })
    }
    return said(this.attemptJson(trade))
  }

  #refundJson(refundNo: string): Said {
    const refund = this.state.refunds.get(refundNo)
    if (refund === undefined) return refused(404, 'NOT_FOUND', 'no refund of this number')
    const { trade, fen, state } = refund
    return said({ refundNo, attemptNo: trade.no, amountFen: fen, state })
  }

  #refund(body: Body): Said {
    const { refundNo, attemptNo, amountFen } = body
    if (typeof refundNo !== 'string' || !numberShape.test(refundNo) || !isFen(amountFen))
      return refused(400, 'BAD_REQUEST', 'refundNo, attemptNo and amountFen')
    const trade = this.state.trades.get(String(attemptNo))
    const known = this.state.refunds.get(refundNo)
    if (known !== undefined) {
      if (known.trade !== trade || known.fen !== amountFen)
        return refused(409, 'CONFLICT', 'this number was used otherwise')
      // A failed refund is tried again under its own number.
      if (known.state === 'failed') this.record({ t: 'refundState', refundNo, state: 'accepted' })
      return this.#refundJson(refundNo)
    }
    if (trade === undefined) return refused(404, 'NOT_FOUND', 'no attempt of this number')
    if (amountFen === 0 || refundingFen(this.state, trade) + amountFen > trade.paidFen)
      return refused(422, 'TOO_MUCH', 'more than is left of what was paid')
    this.record({ t: 'refund', refundNo, no: trade.no, fen: amountFen })
    return this.#refundJson(refundNo)
  }

  #queryRefund(refundNo: string): Said {
    const refund = this.state.refunds.get(refundNo)
    const next: RefundState = this.policy.refunds
    if (refund?.state === 'accepted' && next !== 'accepted')
      this.record({ t: 'refundState', refundNo, state: next })
    return this.#refundJson(refundNo)
  }

  #bill(day: string): Said {
    if (!/^\d{4}-\d\d-\d\d$/.test(day)) return refused(400, 'BAD_REQUEST', 'day: YYYY-MM-DD')
    if (!this.policy.billReady) return refused(404, 'NOT_READY', 'the bill is made later')
    const known = (this.state.paidOn.get(day) ?? [])
      .filter(({ no }) => !this.billLacks.includes(no))
      .map(({ no, paidFen, refundedFen }) => ({ attemptNo: no, paidFen, refundedFen }))
    const more = this.billAdds.map((attemptNo) => ({ attemptNo, paidFen: 100, refundedFen: 0 }))
    const rows = [...known, ...more]
    const totalFen = rows.reduce((sum, { paidFen }) => sum + paidFen, 0)
    return said({ day, count: rows.length, totalFen, rows })
  }
}

type Body = Readonly<Record<string, unknown>>

function bodyOf(bytes: Uint8Array): Body | null {
  if (bytes.length === 0) return {}
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'))
    return isMembers(value) ? value : null
  } catch {
    return null
  }
}
