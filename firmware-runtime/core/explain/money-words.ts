// What became of money that was paid, in plain words: change, what went back and by whose word, coupons used and freed.
// Each refund is told when it was asked for and when its end is known; one without an end says so.
import { fenText } from '../values/fen.ts'
import { t, type BilingualText } from '../values/fault-text.ts'
import { isoOf, type InstantMs } from '../values/instant.ts'
import type { LedgerRow } from '../values/ledger-row.ts'

type RowOf<K extends LedgerRow['kind']> = Extract<LedgerRow, { kind: K }>

const clockText = (atMs: InstantMs): string => isoOf(atMs).slice(11, 19)

export function cashText({ givenFen, changeFen = 0 }: RowOf<'payment'>['body']): BilingualText {
  if (givenFen === undefined) return t('', '')
  const [given, change] = [fenText(givenFen), fenText(changeFen)]
  return t(`,收到 ${given},找零 ${change}`, `, given ${given}, change ${change}`)
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
    const approved =
      approvedBy === null ? t('', '') : t(`,${approvedBy} 批准`, `, approved by ${approvedBy}`)
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

export function couponLines({ atMs, body }: RowOf<'coupon'>): BilingualText[] {
  const at = clockText(atMs)
  if (body.row === 'used')
    return [t(`${at} 使用优惠券 ${body.code}`, `${at} Coupon ${body.code} used`)]
  if (body.row === 'givenBack')
    return [t(`${at} 退回优惠券 ${body.code}`, `${at} Coupon ${body.code} given back`)]
  return []
}
