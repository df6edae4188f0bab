// Batches of coupons as a table of text: batch, merchant, kind, value, how many, first and last day. A batch that is there
// gets what it lacks, so the same file brings nothing twice; of a file with a bad line nothing is issued.
import type { Coupon, CouponKind } from '#base/pure/rows/coupon-row.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import { fenIn, yuanOf } from '#base/pure/tables/cells.ts'
import {
  couponCodes,
  couponsMax,
  couponsTable,
  type CouponState,
} from '#base/pure/tables/coupons.ts'
import {
  readTable,
  tableCsv,
  type BesideTable,
  type BadCell,
  type CellFault,
  type RowOf,
  type TableLine,
} from '#base/pure/tables/table.ts'
import { couponRefusal } from './coupon-rules.ts'
import type { CouponList } from './coupons.ts'
import { limitRefusal, merchantNamed } from './merchants.ts'

type Line = TableLine<typeof couponsTable.columns>

type CouponBatch = Omit<Coupon, 'code' | 'points'> & {
  /** That are issued now. */
  readonly count: number
}

interface CouponsDiff extends BesideTable {
  readonly added: readonly CouponBatch[]
  /** Batches that are there in full. */
  readonly same: number
  readonly bad: readonly BadCell[]
}

/** Yuan of an amount, else a whole number; NaN where it is neither. */
function valueOf(kind: CouponKind, text: string): number {
  if (kind === 'whole' && text === '') return 0
  if (kind !== 'amount') return /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN
  return fenIn(text) ?? Number.NaN
}

/** The batch described by a line, before existing coupons are subtracted. */
function batchOf(
  row: RowOf<typeof couponsTable.columns>,
  { cell, refuse }: Line,
): CouponBatch | CellFault {
  const { kind } = row
  const merchant = merchantNamed(row.merchant)
  if ([...merchant].length < 1 || [...merchant].length > 40)
    return refuse('merchant', merchant, '商户为 1 到 40 个字', '1 to 40 characters')
  const wanted = { ...row, merchant, value: valueOf(kind, row.value) }
  const wrong = couponRefusal(wanted)
  if (wrong === null) return wanted
  const { field, text } = wrong
  const unit = kind === 'amount' && field === 'value' ? { zh: '分', en: ' fen' } : null
  return refuse(field, cell(field), text.zh + (unit?.zh ?? ''), text.en + (unit?.en ?? ''))
}

const isBad = (found: CouponBatch | CellFault): found is CellFault => 'line' in found

const isAlike = (a: Omit<CouponBatch, 'count'>, b: Omit<CouponBatch, 'count'>): boolean =>
  a.merchant === b.merchant &&
  a.kind === b.kind &&
  a.value === b.value &&
  a.from === b.from &&
  a.until === b.until

/** Coupons as they are with what the lines before would issue, so that limits hold over the whole file. */
class Issued {
  private readonly list: CouponList
  private readonly nowMs: InstantMs
  private count = 0

  constructor(list: CouponList, nowMs: InstantMs) {
    this.list = { ...list, byCode: new Map(list.byCode) }
    this.nowMs = nowMs
  }

  of(batch: string): readonly Coupon[] {
    return [...this.list.byCode.values()].flatMap(({ coupon, isVoid }) =>
      coupon.batch === batch && !isVoid ? [coupon] : [],
    )
  }

  refusal({ count, ...coupon }: CouponBatch): ReturnType<typeof limitRefusal> {
    return limitRefusal(this.list, coupon, count, this.nowMs)
  }

  get isTooMuch(): boolean {
    return this.count > couponsMax
  }

  add({ count, ...coupon }: CouponBatch): void {
    this.count += count
    const held = { issuedAtMs: this.nowMs, stayId: null, spentAtMs: null, isVoid: false }
    for (let n = 0; n < count; n++) {
      const code = `${coupon.batch} ${n}`
      this.list.byCode.set(code, { ...held, coupon: { ...coupon, code } })
    }
  }
}

/** Missing part of the batch of a line; null: complete. */
function lacking(
  wanted: CouponBatch,
  issued: Issued,
  { refuse }: Line,
): CouponBatch | CellFault | null {
  const had = issued.of(wanted.batch)
  const [first] = had
  if (first !== undefined && !isAlike(first, wanted))
    return refuse(
      'batch',
      wanted.batch,
      '这个批次已按别的条件发过,请换一个批次名',
      'this batch was issued on other terms, choose another name',
    )
  if (had.length > wanted.count)
    return refuse(
      'count',
      String(wanted.count),
      `已发 ${had.length} 张,要收回请作废`,
      `${had.length} were issued, make those void that are not wanted`,
    )
  if (had.length === wanted.count) return null
  const rest = { ...wanted, count: wanted.count - had.length }
  const over = issued.refusal(rest)
  if (over === null) return rest
  return refuse('merchant', wanted.merchant, `超出这家商户的限额:${over.text.zh}`, over.text.en)
}

export function readCouponsCsv(text: string, list: CouponList, nowMs: InstantMs): CouponsDiff {
  const issued = new Issued(list, nowMs)
  let over: CellFault | undefined
  const { rows, bad, ...beside } = readTable<
    typeof couponsTable.columns,
    { readonly added: CouponBatch | null }
  >(couponsTable, text, (row, at) => {
    if (over !== undefined) return [over]
    const wanted = batchOf(row, at)
    const rest = isBad(wanted) ? wanted : lacking(wanted, issued, at)
    if (rest === null) return { added: null }
    if (isBad(rest)) return [rest]
    issued.add(rest)
    if (issued.isTooMuch)
      over = at.refuse(
        'count',
        '',
        `一次最多 ${couponsMax} 张`,
        `at most ${couponsMax} in one file`,
      )
    return { added: rest }
  })
  if (over !== undefined)
    return { added: [], same: 0, bad: [{ ...over, code: couponsTable.code }], ...beside }
  if (bad.length > 0) return { added: [], same: 0, bad, ...beside }
  const added = rows.flatMap((row) => row.added ?? [])
  return { added, same: rows.length - added.length, bad, ...beside }
}

/** Every coupon with its code, for those who hand them out. */
export const couponsCsv = (
  rows: readonly { readonly coupon: Coupon; readonly state: CouponState }[],
): string =>
  tableCsv(
    couponCodes,
    rows.map(({ coupon, state }) => ({
      ...coupon,
      value: coupon.kind === 'amount' ? yuanOf(coupon.value) : String(coupon.value),
      state,
    })),
  )
