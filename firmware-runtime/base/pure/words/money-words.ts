// Describes in plain words what became of a payment: change, refunds and who ordered them, coupons used and freed.
// Each refund has a line for its request and one for its outcome; a refund without an outcome says so.
import { noteWhy } from './notes.ts'
import { fenText } from '../values/fen.ts'
import { type BilingualText, bothOf, t } from './fault-text.ts'
import { isoOf, type InstantMs } from '../values/instant.ts'
import type { LedgerRow, RefundState } from '../rows/ledger-row.ts'
import { takesOf } from '../values/payment-means.ts'
import type { RefundMeans } from '../values/refund-means.ts'

type RowOf<K extends LedgerRow['kind']> = Extract<LedgerRow, { kind: K }>

/** Date and time of day; `whyOf` removes the date where it is that of the last order. */
export const clockText = (atMs: InstantMs): string => isoOf(atMs).slice(0, 19).replace('T', ' ')

export function cashText({ givenFen, changeFen = 0 }: RowOf<'payment'>['body']): BilingualText {
  if (givenFen === undefined) return t('', '')
  const [given, change] = [fenText(givenFen), fenText(changeFen)]
  return t(`,收到 ${given},找零 ${change}`, `, given ${given}, change ${change}`)
}

function approvedText(approvedBy: string | null): BilingualText {
  if (approvedBy === null) return t('', '')
  const { zh, en } = bothOf(noteWhy(approvedBy))
  return t(`,${zh} 批准`, `, approved by ${en}`)
}

/** Refunds of payments by code. */
export function backLines(row: RowOf<'pay'>, rows: readonly LedgerRow[]): BilingualText[] {
  const at = clockText(row.atMs)
  const { body } = row
  if (body.row === 'refund') {
    const { amountFen, requestedBy, approvedBy, refundNo } = body
    const fen = fenText(amountFen)
    const hasEnd = rows.some(
      (one) =>
        one.kind === 'pay' &&
        (one.body.row === 'refundDone' || one.body.row === 'refundRefused') &&
        one.body.refundNo === refundNo,
    )
    const open = hasEnd ? t('', '') : t(',还没有结果', ', not known to be done yet')
    if (body.why === 'late')
      return [
        t(
          `${at} 多付的 ${fen} 自动退还${open.zh}`,
          `${at} ${fen} paid too much goes back by itself${open.en}`,
        ),
      ]
    const approved = approvedText(approvedBy)
    const by = requestedBy ?? ''
    return [
      t(
        `${at} 扫码收费退款 ${fen},${by} 申请${approved.zh}${open.zh}`,
        `${at} Refund of ${fen} by code, asked for by ${by}${approved.en}${open.en}`,
      ),
    ]
  }
  if (body.row !== 'refundDone' && body.row !== 'refundRefused') return []
  const wanted = rows.find(
    (one) => one.kind === 'pay' && one.body.row === 'refund' && one.body.refundNo === body.refundNo,
  )
  const fen =
    wanted?.kind === 'pay' && wanted.body.row === 'refund' ? fenText(wanted.body.amountFen) : ''
  return body.row === 'refundDone'
    ? [t(`${at} 已退还 ${fen}`, `${at} ${fen} has gone back`)]
    : [t(`${at} 没有退还 ${fen}:${body.reason}`, `${at} ${fen} did not go back: ${body.reason}`)]
}

/** The request of a refund of an ETC charge or of a payment taken by hand. */
export function refundLine({ atMs, amountFen = 0, body }: RowOf<'refund'>): BilingualText {
  const [at, fen] = [clockText(atMs), fenText(amountFen)]
  const { operator, approvedBy, byPeople, paymentId } = body
  const reason = bothOf(noteWhy(body.reason))
  if (byPeople !== true)
    return t(`${at} 申请退 ${fen}:${reason.zh}`, `${at} refund of ${fen} asked for: ${reason.en}`)
  const approved = approvedText(approvedBy)
  const of = paymentId === undefined ? t('ETC 扣费', 'by ETC') : t('收款', 'by hand')
  return t(
    `${at} ${of.zh}退款 ${fen},${operator} 申请${approved.zh}:${reason.zh}`,
    `${at} Refund of ${fen} ${of.en}, asked for by ${operator}${approved.en}: ${reason.en}`,
  )
}

const steps: Readonly<Record<RefundState, BilingualText>> = {
  pending: t('平台正在审核退款', 'The platform reviews the refund'),
  approved: t('平台审核通过,等待退回', 'The platform approved the refund'),
  abnormal: t('平台处理退款异常', 'The refund met an exception at the platform'),
  success: t('已退还', 'Given back:'),
  rejected: t('平台没有退还', 'The platform did not give back'),
}

const byHand: Readonly<Record<RefundMeans, BilingualText>> = {
  cash: t('(现金)', ' in cash'),
  transfer: t('(转账)', ' by a transfer'),
  issuer: t('(经发卡方)', ' by the issuer of the card'),
}

export function stepLine(
  { atMs, body }: RowOf<'refundState'>,
  rows: readonly LedgerRow[],
): BilingualText {
  const { refundId, state, means } = body
  const refund = rows.find((one) => one.kind === 'refund' && one.body.refundId === refundId)
  const [at, fen] = [clockText(atMs), fenText(refund?.amountFen ?? 0)]
  const how = means === undefined ? t('', '') : byHand[means]
  const word = steps[state]
  return t(`${at} ${word.zh} ${fen}${how.zh}`, `${at} ${word.en} ${fen}${how.en}`)
}

export function couponLines({ atMs, body }: RowOf<'coupon'>): BilingualText[] {
  const at = clockText(atMs)
  if (body.row === 'used')
    return [t(`${at} 使用优惠券 ${body.code}`, `${at} Coupon ${body.code} used`)]
  if (body.row === 'givenBack')
    return [t(`${at} 退回优惠券 ${body.code}`, `${at} Coupon ${body.code} given back`)]
  return []
}

const sumOf = (list: readonly { readonly amountFen?: number }[]): number =>
  list.reduce((sum, { amountFen = 0 }) => sum + amountFen, 0)

const takenOf = (rows: readonly LedgerRow[], orderId?: string): number =>
  sumOf(
    rows.filter(
      (row) =>
        row.kind === 'payment' &&
        takesOf(row.body.means) === 'amount' &&
        (orderId === undefined || row.orderId === orderId),
    ),
  )

/** Fen of its own price left unpaid at departure. Older arrears are listed with their own stays. */
function owedFenOf(rows: readonly LedgerRow[]): number {
  const order = rows.findLast((row) => row.kind === 'orderMade')
  if (order === undefined) return 0
  return (order.amountFen ?? 0) - takenOf(rows, order.orderId) - sumOf(order.body.arrears ?? [])
}

/** For a car that left with part of its price unpaid. */
export function owedLines(
  { atMs, laneId, body }: RowOf<'stayClosed'>,
  rows: readonly LedgerRow[],
): BilingualText[] {
  const owedFen = owedFenOf(rows)
  const isOwed = body.end === 'open' || body.end === 'later'
  if (!isOwed || laneId === undefined || owedFen <= 0) return []
  const [at, fen] = [clockText(atMs), fenText(owedFen)]
  return [
    t(
      `${at} 离场时欠 ${fen},下次出场时补收`,
      `${at} Left owing ${fen}, which is asked for at its next exit`,
    ),
  ]
}

/** Amounts that a later exit collected stay collected. Rows from older versions do not say how much was still owed. */
export function waivedLines(
  { atMs, amountFen }: RowOf<'arrears'>,
  rows: readonly LedgerRow[],
): BilingualText[] {
  const at = clockText(atMs)
  if (amountFen === undefined)
    return [t(`${at} 欠费已免除,不再补收`, `${at} What was owed is waived and asked for no more`)]
  const [fen, collectedFen] = [fenText(amountFen), owedFenOf(rows) - amountFen]
  const collected = fenText(collectedFen)
  return [
    ...(collectedFen > 0
      ? [t(`之后的出场已补收 ${collected}`, `A later exit collected ${collected} of it`)]
      : []),
    t(
      `${at} 欠的 ${fen} 已免除,不再补收`,
      `${at} The ${fen} still owed are waived and asked for no more`,
    ),
  ]
}

/** Numbers of the refunds that were carried out. */
export const refundsDone = (rows: readonly LedgerRow[]): ReadonlySet<string> =>
  new Set(
    rows.flatMap((row) =>
      row.kind === 'refundState' && row.body.state === 'success'
        ? [row.body.refundId]
        : row.kind === 'pay' && row.body.row === 'refundDone'
          ? [row.body.refundNo]
          : [],
    ),
  )

/** Where several payments and refunds were made: the balance that was kept. */
export function keptLines(rows: readonly LedgerRow[]): BilingualText[] {
  const done = refundsDone(rows)
  const backFen = rows.reduce((sum, row) => {
    if (row.kind === 'refund' && done.has(row.body.refundId)) return sum + (row.amountFen ?? 0)
    if (row.kind !== 'pay' || row.body.row !== 'refund' || row.body.why === 'late') return sum
    return done.has(row.body.refundNo) ? sum + row.body.amountFen : sum
  }, 0)
  const takenFen = takenOf(rows)
  if (backFen === 0 || takenFen < backFen) return []
  const [taken, back, kept] = [takenFen, backFen, takenFen - backFen].map(fenText)
  return [
    t(
      `合计收 ${taken},退 ${back},实收 ${kept}`,
      `In all ${taken} taken, ${back} given back: ${kept} kept`,
    ),
  ]
}
