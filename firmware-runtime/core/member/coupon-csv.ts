// Batches of coupons as a table of text: batch, merchant, kind, value, how many, first and last day. A batch that is there
// gets what it lacks, so the same file brings nothing twice; of a file with a bad line nothing is issued.
import type { Coupon, CouponKind } from '../values/rows/coupon-row.ts'
import type { InstantMs } from '../values/instant.ts'
import { couponRefusal } from './coupon-rules.ts'
import type { CouponList } from './coupons.ts'
import { badCell, csvTable, dayOf, type BadCell } from './member-csv.ts'
import { readCell, rowsOf } from '../values/table-rows.ts'
import { limitRefusal, merchantNamed } from './merchants.ts'

const headings = {
  batch: '批次',
  merchant: '商户',
  kind: '优惠',
  value: '数值',
  count: '张数',
  from: '起始日',
  until: '截止日',
} as const
type Column = keyof typeof headings
const columns = Object.keys(headings) as readonly Column[]

const kindWords: Readonly<Record<CouponKind, string>> = {
  amount: '减金额',
  time: '减时长',
  percent: '按比例减',
  whole: '全免',
}
const kinds = Object.keys(kindWords) as readonly CouponKind[]

const rowsMax = 500
/** Of a file: what one transaction writes. */
const couponsMax = 2_000

type CouponBatch = Omit<Coupon, 'code' | 'points'> & {
  /** That are issued now. */
  readonly count: number
}

export interface CouponsDiff {
  readonly added: readonly CouponBatch[]
  /** Batches that are there in full. */
  readonly same: number
  readonly bad: readonly BadCell[]
}

const noBadLine = (bad: BadCell): CouponsDiff => ({ added: [], same: 0, bad: [bad] })

/** Yuan of an amount, else a whole number; NaN where it is neither. */
function valueOf(kind: CouponKind, text: string): number {
  if (kind === 'whole' && text === '') return 0
  if (kind !== 'amount') return /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN
  const [, yuan, cents = ''] = /^(\d{1,6})(?:\.(\d{1,2}))?$/.exec(text) ?? []
  return yuan === undefined ? Number.NaN : Number(yuan) * 100 + Number(cents.padEnd(2, '0'))
}

type Refuse = (column: Column, value: string, zh: string, en: string) => BadCell

/** The batch that a line asks for, before what is there of it. */
function batchOf(cell: (column: Column) => string, refuse: Refuse): CouponBatch | BadCell {
  const [batch, word, count] = [cell('batch'), cell('kind'), cell('count')]
  const merchant = merchantNamed(cell('merchant'))
  const kind = kinds.find((one) => one === word || kindWords[one] === word)
  if (!/^\S{1,40}$/u.test(batch))
    return refuse('batch', batch, '批次为 1 到 40 个字,不含空格', '1 to 40 characters, no blanks')
  if ([...merchant].length < 1 || [...merchant].length > 40)
    return refuse('merchant', merchant, '商户为 1 到 40 个字', '1 to 40 characters')
  if (kind === undefined)
    return refuse(
      'kind',
      word,
      `优惠为 ${Object.values(kindWords).join('、')}`,
      `one of ${kinds.join(', ')}`,
    )
  if (!/^\d{1,4}$/.test(count) || Number(count) < 1)
    return refuse('count', count, `张数为 1 到 ${couponsMax}`, `1 to ${couponsMax}`)
  const given = { kind, value: valueOf(kind, cell('value')) }
  const days = { from: dayOf(cell('from')), until: dayOf(cell('until')) }
  const wrong = couponRefusal({ ...given, ...days })
  if (wrong !== null) {
    const { field, text } = wrong
    const unit = kind === 'amount' && field === 'value' ? { zh: '分', en: ' fen' } : null
    return refuse(field, cell(field), text.zh + (unit?.zh ?? ''), text.en + (unit?.en ?? ''))
  }
  return { batch, merchant, ...given, ...days, count: Number(count) }
}

const isBad = (found: CouponBatch | BadCell): found is BadCell => 'line' in found

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

/** What a line lacks of its batch; null: it is there in full. */
function lacking(
  wanted: CouponBatch,
  issued: Issued,
  refuse: Refuse,
): CouponBatch | BadCell | null {
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
  const [head, ...rows] = rowsOf(text)
  const names = (head?.cells ?? []).map(readCell)
  const placeOf = (column: Column): number =>
    names.findIndex((name) => name === column || name === headings[column])
  const missing = columns.find((column) => placeOf(column) < 0)
  if (missing !== undefined)
    return noBadLine(
      badCell(1, headings[missing], names.join(','), '缺少这一列', 'this column is missing'),
    )
  if (rows.length > rowsMax)
    return noBadLine(
      badCell(1, '', String(rows.length), `最多 ${rowsMax} 行`, `at most ${rowsMax} lines`),
    )
  const issued = new Issued(list, nowMs)
  const added: CouponBatch[] = []
  const bad: BadCell[] = []
  const seen = new Set<string>()
  let same = 0
  for (const { line, cells } of rows) {
    const refuse: Refuse = (column, value, zh, en) => badCell(line, headings[column], value, zh, en)
    const wanted = batchOf((column) => readCell(cells[placeOf(column)] ?? ''), refuse)
    if (isBad(wanted)) {
      bad.push(wanted)
      continue
    }
    if (seen.has(wanted.batch)) {
      bad.push(refuse('batch', wanted.batch, '批次写了两次', 'a batch stands twice'))
      continue
    }
    seen.add(wanted.batch)
    const rest = lacking(wanted, issued, refuse)
    if (rest === null) same++
    else if (isBad(rest)) bad.push(rest)
    else {
      issued.add(rest)
      added.push(rest)
      if (issued.isTooMuch)
        return noBadLine(
          refuse('count', '', `一次最多 ${couponsMax} 张`, `at most ${couponsMax} in one file`),
        )
    }
  }
  return bad.length > 0 ? { added: [], same: 0, bad } : { added, same, bad }
}

export type CouponState = 'free' | 'notYet' | 'expired' | 'held' | 'spent' | 'void'

const stateWords: Readonly<Record<CouponState, string>> = {
  free: '可用',
  notYet: '未开始',
  expired: '已到期',
  held: '场内车辆已用',
  spent: '已抵扣离场',
  void: '已作废',
}

/** Every coupon with its code, for those who hand them out. */
export function couponsCsv(
  rows: readonly { readonly coupon: Coupon; readonly state: CouponState }[],
): string {
  const { batch, merchant, kind, value, from, until } = headings
  const head = ['编码', batch, merchant, kind, value, from, until, '状态']
  const lines = rows.map(({ coupon, state }) => [
    coupon.code,
    coupon.batch,
    coupon.merchant,
    kindWords[coupon.kind],
    coupon.kind === 'amount'
      ? `${Math.floor(coupon.value / 100)}.${String(coupon.value % 100).padStart(2, '0')}`
      : String(coupon.value),
    coupon.from,
    coupon.until,
    stateWords[state],
  ])
  return csvTable([head, ...lines])
}
