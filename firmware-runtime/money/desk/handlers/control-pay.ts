// Payments of a stay by any means, and their refunds: read from the rows of the stay, so that an old one is found as
// well. A refund goes the way of its payment: by the gateway, the platform, or by hand (8.3.2 g).
import type {
  PayAttemptView,
  PayRefundView,
  RefundAskView,
  RefundProgress,
} from '../../calls/pay.ts'
import type { AnswerOf, ArgsOf } from '#runtime/api/table.ts'
import type { Role } from '#base/pure/values/roles.ts'
import type { Who } from '#base/calls/rows.ts'
import {
  aloneBackFen,
  openBar,
  personRefundRows,
  refundBar,
} from '../../pure/billing/person-refund.ts'
import { askState, refundAsks, waitingFen, type RefundAsk } from '../../pure/billing/refund-asks.ts'
import {
  leftFen,
  stayPayments,
  type StayPayment,
  type StayRefund,
} from '../../pure/billing/stay-payments.ts'
import { tallyOf } from '../../pure/billing/day-items.ts'
import { handBackFen } from '../../pure/billing/given-back.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { refundFault } from '../../pure/billing/refund-refusals.ts'
import { isOnItsWay, refundableFen, type PayRefund } from '../../pure/pay/order.ts'
import { payOrdersOf } from '../../pure/pay/stay-orders.ts'
import { aloneFenStandard } from '#base/pure/values/alone.ts'
import { fenMax, type Fen } from '#base/pure/values/fen.ts'
import { isoOf, type InstantMs } from '#base/pure/values/instant.ts'
import type { LedgerRow, RowDraft } from '#base/pure/rows/ledger-row.ts'
import { isSamePerson } from '#base/pure/values/same-person.ts'
import type { TallyMeans, TallyRow } from '#base/pure/rows/tally-row.ts'
import type { LedgerService } from '#ledger/ports/ledger-service.ts'
import type { LotRuntime } from '#lane/lot/lot-runtime.ts'
import type { PeopleGate } from '#lane/people/people-gate.ts'
import type { LotAct } from '#base/desk/handlers/act-table.ts'
import type { ControlActs } from '#base/desk/handlers/control-acts.ts'
import { drawerPulse, type OpenDrawer } from '#base/desk/handlers/day-drawer.ts'
import { defineCalls } from '#base/desk/handlers/scope.ts'

interface PayParts {
  readonly runtime: LotRuntime
  readonly service: Pick<LedgerService, 'timeline' | 'saleRows' | 'dayTally'>
  readonly config: Pick<LotConfig, 'aloneFenMax'>
  readonly drawer: OpenDrawer
  readonly acts: ControlActs
  /** Names people who may approve a person's requests; null: the lot has no accounts. */
  readonly gate?: PeopleGate | null
}

/** Number of queries without a proven answer. */
const silentAsks = 3

function refundView(
  rows: readonly LedgerRow[],
  { refundNo, amountFen, why, state }: PayRefund,
  isSilent: boolean,
): PayRefundView {
  let view: PayRefundView = {
    refundNo,
    amountFen,
    why,
    state: state === 'open' ? (isSilent ? 'unknown' : 'sent') : state,
    requestedBy: null,
    approvedBy: null,
    askedAtIso: '',
    reason: '',
    refusal: '',
  }
  let personReason = ''
  for (const { kind, atMs, body } of rows) {
    // The audit row of a person's act comes directly before its refund.
    if (kind === 'audit' && body.act.startsWith('pay.refund ')) personReason = body.reason
    if (kind !== 'pay' || !('refundNo' in body) || body.refundNo !== refundNo) continue
    if (body.row === 'refundRefused') view = { ...view, refusal: body.reason }
    if (body.row !== 'refund') continue
    const { requestedBy, approvedBy } = body
    const reason = why === 'person' ? personReason : ''
    view = { ...view, requestedBy, approvedBy, askedAtIso: isoOf(atMs), reason }
  }
  return view
}

function codeViews(
  runtime: LotRuntime,
  rows: readonly LedgerRow[],
  byHandFen: (attemptNo: string) => Fen,
): PayAttemptView[] {
  return [...payOrdersOf(rows)].flatMap(([orderId, { order }]) => {
    const live = runtime.payments?.orderOf(orderId)?.attempts ?? []
    return order.attempts.map((attempt) => {
      const { attemptNo, state, amountFen, paidFen, refunds } = attempt
      const own = live.find((one) => one.attemptNo === attemptNo)
      const asks = own?.refundAsks ?? 0
      const isSilent = (refundNo: string): boolean =>
        asks > silentAsks &&
        own?.refunds.some((one) => one.refundNo === refundNo && isOnItsWay(one) && !one.isHeard) ===
          true
      const backs = refunds.map((one) => refundView(rows, one, isSilent(one.refundNo)))
      const isPaid = state === 'paid' || state === 'odd'
      const leftFen = isPaid ? Math.max(0, refundableFen(attempt) - byHandFen(attemptNo)) : 0
      const means = 'qr'
      return { orderId, attemptNo, means, state, amountFen, paidFen, leftFen, refunds: backs }
    })
  })
}

/** Progress of a refund: its last step, and before that the queue's state of its record. */
function progressOf(
  { queue }: LotRuntime,
  { state, record, byPeople }: StayRefund,
): RefundProgress {
  if (state === 'success') return 'done'
  if (state === 'rejected') return byPeople ? 'refused' : 'byHand'
  if (record === null) return 'byHand'
  if (record.state === 'held') return 'held'
  if (state === 'pending') return 'review'
  if (state !== null) return state
  const sent = queue.records.seen(record.outboxId)
  if (sent === undefined || sent.attempts === 0) return 'waiting'
  return sent.state === 'unknown' && sent.inFlight === null ? 'unknown' : 'sent'
}

const paymentView = (runtime: LotRuntime, payment: StayPayment): PayAttemptView => {
  const { orderId, no, means, state, amountFen, paidFen, refunds } = payment
  const backs = refunds.map((one): PayRefundView => {
    const { refundId, byPeople, operator, approvedBy, askedAtMs, reason, record } = one
    const progress = progressOf(runtime, one)
    const isRefused = one.state === 'rejected' || progress === 'held'
    return {
      refundNo: refundId,
      amountFen: one.amountFen,
      why: byPeople ? 'person' : 'late',
      state: progress,
      requestedBy: byPeople ? operator : null,
      approvedBy,
      askedAtIso: isoOf(askedAtMs),
      reason: byPeople ? reason : '',
      refusal: isRefused ? (record?.note ?? '') : '',
    }
  })
  const left = leftFen(payment)
  return { orderId, attemptNo: no, means, state, amountFen, paidFen, leftFen: left, refunds: backs }
}

/** Amount of a stay that one person alone may still refund. */
export const aloneLeftFen = (
  rows: readonly LedgerRow[],
  { aloneFenMax = aloneFenStandard }: Pick<LotConfig, 'aloneFenMax'>,
): Fen => Math.max(0, aloneFenMax - aloneBackFen(rows))

/** Item for a later check by another person. */
export function aloneRow(
  { stayId, attemptNo, by, commandId }: AloneAct,
  means: TallyMeans,
  foundFen: Fen,
  atMs: InstantMs,
): RowDraft {
  const day = isoOf(atMs).slice(0, 10)
  const stay = stayId === undefined ? {} : { stayId }
  const of = { day, means, ...stay, kind: 'alone', ref: attemptNo } as const
  const item = { ...of, expectedFen: 0, foundFen, owner: '', by, itemId: `alone ${commandId}` }
  return { kind: 'book', atMs, body: { row: 'item', ...item } }
}

interface AloneAct extends Pick<Who, 'by' | 'commandId'> {
  /** Absent: the price of a pass. */
  readonly stayId?: string | undefined
  /** Number of the payment or of the refund. */
  readonly attemptNo: string
}

const oneOfTwo = t(
  '停车记录或月租车编号,二者之一',
  'give either a stay or the number of a period pass',
)

/** The price of a pass belongs to no stay. */
const refsOf = ({ stayId, orderId }: StayPayment) => (stayId === '' ? {} : { stayId, orderId })

type Back = ArgsOf<'pay.refund'>

const wordsOf = ({ stayId, attemptNo, refundFen }: ArgsOf<'refunds.ask'>): string =>
  [...(stayId === undefined ? [] : [stayId]), attemptNo, refundFen].join(' ')

/** `audits`: audit rows, the refund's own last; they are one transaction with its rows. */
type Giving = (args: Back, audits: readonly RowDraft[], aloneFenMax: Fen) => void

/** Facts about a payment, read before its refund. */
interface Looked {
  readonly rows: readonly LedgerRow[]
  readonly byHandFen: Fen
}

const listedMax = 200

const askFault = (askId: string, zh: string, en: string): LaneFault =>
  new LaneFault('PAY-03', { field: '/askId', value: askId, note: t(zh, en) })

const bookRow = (atMs: InstantMs, body: TallyRow): RowDraft => ({ kind: 'book', atMs, body })

/** The plate of the order, or of the entry. */
function plateOf(rows: readonly LedgerRow[]): string | null {
  const plates = rows.flatMap(({ kind, body }) =>
    kind === 'stayOpened' || kind === 'plateRead' || kind === 'orderMade' ? [body.plate] : [],
  )
  return plates.findLast((plate) => plate !== null) ?? null
}

/** Adds the order id; a row of the books has none. */
const ofOrder = (row: RowDraft, orderId: string | undefined): RowDraft =>
  orderId === undefined || row.kind === 'book' ? row : { ...row, orderId }

export class ControlPay {
  private readonly parts: PayParts
  private readonly acts: ControlActs

  constructor(parts: PayParts) {
    this.parts = parts
    this.acts = parts.acts
  }

  async attempts({ stayId, passNo }: ArgsOf<'pay.attempts'>): Promise<AnswerOf<'pay.attempts'>> {
    const { runtime, service } = this.parts
    if ((stayId === undefined) === (passNo === undefined))
      throw new LaneFault('ARG-01', { field: '/stayId', note: oneOfTwo })
    const rows = await (passNo === undefined
      ? service.timeline(stayId ?? '')
      : service.saleRows({ passNo }))
    const payments = stayPayments(rows).map((one) => paymentView(runtime, one))
    return { rows: [...payments, ...codeViews(runtime, rows, await this.byHand(rows))] }
  }

  /** Refunds of payments by code that were made by ending items, by number. */
  private async byHand(rows: readonly LedgerRow[]): Promise<(attemptNo: string) => Fen> {
    if (rows.every(({ kind }) => kind !== 'pay')) return () => 0
    const { books } = await this.parts.service.dayTally(this.parts.runtime.nowMs())
    const { items } = tallyOf(books)
    return (attemptNo) => handBackFen(items.values(), attemptNo)
  }

  private async looked({ stayId, attemptNo }: Pick<Back, 'stayId' | 'attemptNo'>): Promise<Looked> {
    const { service } = this.parts
    const rows = await (stayId === undefined
      ? service.saleRows({ paymentId: attemptNo })
      : service.timeline(stayId))
    return { rows, byHandFen: (await this.byHand(rows))(attemptNo) }
  }

  /** One after the other: the remaining amount is read after the refund before it. */
  refund(args: Back, role: Role) {
    const act = this.acts.of('pay.refund', args, role)
    return this.acts.inTurn(async () => {
      const looked = await this.looked(args)
      return act.once(() => this.give(args, act, looked, []))
    })
  }

  /** `before`: rows that are written in the same transaction. */
  private give(args: Back, act: LotAct, looked: Looked, before: readonly RowDraft[]): void {
    const { stayId, attemptNo } = args
    const { rows, byHandFen } = looked
    const audit = act.row(wordsOf(args), { stayId })
    const bar = openBar(rows, attemptNo)
    if (bar !== null) throw refundFault(attemptNo, bar)
    const payment = stayPayments(rows).find(({ no }) => no === attemptNo)
    const give = payment === undefined ? this.byCode(rows, byHandFen) : this.byRows(payment)
    give(args, [...before, audit], aloneLeftFen(rows, this.parts.config))
  }

  private async asks(): Promise<ReadonlyMap<string, RefundAsk>> {
    const { service, runtime } = this.parts
    return refundAsks((await service.dayTally(runtime.nowMs())).books)
  }

  /** Waiting requests, oldest first; then the answered ones, newest first. */
  async asked(): Promise<AnswerOf<'refunds.asked'>> {
    const all = [...(await this.asks()).values()]
    const waiting = all.filter(({ answered }) => answered === null)
    const over = all
      .filter(({ answered }) => answered !== null)
      .sort((a, b) => (b.answered?.atMs ?? 0) - (a.answered?.atMs ?? 0))
    return { rows: [...waiting, ...over.slice(0, listedMax)].map((ask) => this.askView(ask)) }
  }

  private askView(ask: RefundAsk): RefundAskView {
    const { askedAtMs, answered, stayId = null, role: _role, ...rest } = ask
    const isWaiting = answered === null
    const second = isWaiting ? (this.parts.gate?.namesOfSeconds('till', ask.by) ?? null) : null
    return {
      ...rest,
      stayId,
      askedAtIso: isoOf(askedAtMs),
      state: askState(ask),
      answered:
        answered === null
          ? null
          : { by: answered.by, reason: answered.reason, atIso: isoOf(answered.atMs) },
      second,
    }
  }

  /** Refused like the refund itself, and when waiting requests already use up the remaining amount. */
  ask(args: ArgsOf<'refunds.ask'>, role: Role) {
    const act = this.acts.of('refunds.ask', args, role)
    return this.acts.inTurn(async () => {
      const looked = await this.looked(args)
      const asks = await this.asks()
      return act.once(() => {
        const { commandId: askId, stayId, attemptNo, refundFen: amountFen, by, reason } = args
        const means = this.askable(args, looked, waitingFen(asks.values(), attemptNo))
        const stay = stayId === undefined ? {} : { stayId }
        const of = { ...stay, plate: plateOf(looked.rows), attemptNo, means, amountFen }
        const { runtime } = this.parts
        runtime.append([
          act.row(wordsOf(args), stay),
          bookRow(runtime.nowMs(), { row: 'refundAsked', askId, ...of, by, role, reason }),
        ])
      })
    })
  }

  /** The means of the payment; throws when it cannot be refunded now. */
  private askable({ attemptNo, refundFen, by, reason }: Back, looked: Looked, takenFen: Fen) {
    const { rows, byHandFen } = looked
    const bar = openBar(rows, attemptNo)
    if (bar !== null) throw refundFault(attemptNo, bar)
    const payment = stayPayments(rows).find(({ no }) => no === attemptNo)
    if (payment !== undefined) {
      const amountFen = refundFen + takenFen
      const whole = { amountFen, by, approvedBy: null, aloneFenMax: 2 * fenMax, reason }
      const own = refundBar(payment, whole)
      if (own !== null) throw refundFault(attemptNo, own)
      return payment.means
    }
    const code = codeViews(this.parts.runtime, rows, () => byHandFen).find(
      (one) => one.attemptNo === attemptNo,
    )
    if (code === undefined) throw refundFault(attemptNo, 'noSuchAttempt')
    if (this.parts.runtime.payments === null) throw refundFault(attemptNo, 'noGateway')
    if (code.state !== 'paid' && code.state !== 'odd') throw refundFault(attemptNo, 'notPaid')
    if (refundFen + takenFen > code.leftFen) throw refundFault(attemptNo, 'moreThanPaid')
    return code.means
  }

  /**
   * The first answer is the only one: it is read and written in one turn, and a yes is one transaction with its refund.
   * What prevents the refund by then prevents the yes, and the request keeps waiting.
   */
  answer(args: ArgsOf<'refunds.answer'>, role: Role) {
    const { askId, answer, by, reason } = args
    const act = this.acts.of('refunds.answer', args, role)
    return this.acts.inTurn(async () => {
      const ask = (await this.asks()).get(askId)
      const looked = ask === undefined || answer === 'no' ? null : await this.looked(ask)
      return act.once(() => {
        if (ask === undefined) throw askFault(askId, '没有这个申请', 'there is no such request')
        if (ask.answered !== null)
          throw askFault(
            askId,
            `${ask.answered.by} 已经答复`,
            `${ask.answered.by} has already answered it`,
          )
        const { runtime } = this.parts
        const rows: RowDraft[] = [
          act.row(`${askId} ${answer}`, { stayId: ask.stayId }),
          bookRow(runtime.nowMs(), { row: 'refundAnswered', askId, answer, by, reason }),
        ]
        if (looked === null) runtime.append(rows)
        else this.agree(ask, by, looked, rows)
      })
    })
  }

  private agree(ask: RefundAsk, by: string, looked: Looked, rows: readonly RowDraft[]): void {
    if (isSamePerson(ask.by, by)) throw refundFault(ask.attemptNo, 'samePerson')
    const { askId, stayId, attemptNo, amountFen, reason, role } = ask
    const who = { by: ask.by, approvedBy: by, reason, commandId: `pay-${askId}` }
    const stay = stayId === undefined ? {} : { stayId }
    const back = { ...stay, attemptNo, refundFen: amountFen, ...who }
    this.give(back, this.acts.of('pay.refund', back, role), looked, rows)
  }

  private byCode(rows: readonly LedgerRow[], byHandFen: Fen): Giving {
    const { runtime } = this.parts
    return (args, audits, aloneFenMax) => {
      const { attemptNo, refundFen: amountFen, by: requestedBy, approvedBy = null } = args
      const found = [...payOrdersOf(rows)].find(([, { order }]) =>
        order.attempts.some((one) => one.attemptNo === attemptNo),
      )
      const attempt = found?.[1].order.attempts.find((one) => one.attemptNo === attemptNo)
      if (found === undefined || attempt === undefined)
        throw refundFault(attemptNo, 'noSuchAttempt')
      if (byHandFen > 0 && amountFen > refundableFen(attempt) - byHandFen)
        throw refundFault(attemptNo, 'moreThanPaid')
      const { payments } = runtime
      if (payments === null) throw refundFault(attemptNo, 'noGateway')
      const [orderId, known] = found
      const wanted = { attemptNo, amountFen, requestedBy, approvedBy, aloneFenMax }
      payments.refund(orderId, known, wanted, [
        ...audits.map((audit) => ofOrder(audit, orderId)),
        ...(approvedBy === null ? [aloneRow(args, 'qr', -amountFen, runtime.nowMs())] : []),
      ])
    }
  }

  private byRows(payment: StayPayment): Giving {
    const { runtime, drawer } = this.parts
    const { means } = payment
    const { orderId, stayId } = refsOf(payment)
    return (args, audits, aloneFenMax) => {
      const { attemptNo, refundFen: amountFen, by, approvedBy = null, reason } = args
      const request = { amountFen, by, approvedBy, aloneFenMax, reason }
      const bar = refundBar(payment, request)
      if (bar !== null) throw refundFault(attemptNo, bar)
      const made = runtime.took(personRefundRows(payment, request, runtime.lateEnv()))
      const nowMs = runtime.nowMs()
      const tally = means === 'etc' || means === 'cash' ? means : 'transfer'
      const pulse = means === 'cash' ? drawerPulse(drawer, { stayId, by, atMs: nowMs }) : null
      runtime.carryOut([
        ...audits.map((audit) => ofOrder(audit, orderId)),
        ...runtime.frozen(made.rows),
        ...(approvedBy === null ? [aloneRow(args, tally, -amountFen, nowMs)] : []),
        ...(pulse === null ? [] : [pulse.row]),
      ])
      pulse?.open()
    }
  }
}

export const payCalls = defineCalls((parts: PayParts) => {
  const pay = new ControlPay(parts)
  return {
    'pay.attempts': (args) => pay.attempts(args),
    'pay.refund': (args, role) => pay.refund(args, role),
    'refunds.ask': (args, role) => pay.ask(args, role),
    'refunds.asked': () => pay.asked(),
    'refunds.answer': (args, role) => pay.answer(args, role),
  }
})
