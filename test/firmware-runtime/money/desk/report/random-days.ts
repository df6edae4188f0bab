// Rows of random days of a lot: every means, orders with and without a price, refunds, shifts that are counted or not,
// cars at midnight, a clock that steps back. The same seed gives the same days.
import { dayMs } from '#base/pure/values/instant.ts'
import type { OrderEnd, OrderLine, RowDraft } from '#base/pure/rows/ledger-row.ts'
import type { PaymentMeans } from '#base/pure/values/payment-means.ts'
import { cameIn } from '../../../lane/pure/lot/row-kit.ts'

/** A linear congruential generator: random enough here, and the same on every machine. */
export function randomOf(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

const text = { zh: '首时段', en: 'First period' }
const line = (atMs: number, rule: OrderLine['rule'], amountFen: number): OrderLine => ({
  fromMs: atMs,
  toMs: atMs + 1,
  rule,
  amountFen,
  text,
})

const means: readonly PaymentMeans[] = [
  'etc',
  'etc',
  'etc',
  'cash',
  'cash',
  'qr',
  'transfer',
  'free',
]
const ends: readonly OrderEnd[] = ['etc', 'other', 'free', 'later', 'open']

export function randomDays(seed: number, fromMs: number, days: number): readonly RowDraft[] {
  const random = randomOf(seed)
  const drafts: RowDraft[] = []
  const one = <T>(list: readonly T[]): T => list[random(list.length)] as T
  let lastCountMs = fromMs
  for (let n = 0; n < 40 * days; n++) {
    // Days in order, times within a day at random; some exactly at midnight or just before it.
    const day = fromMs + Math.floor(n / 40) * dayMs
    const inDay = one([random(dayMs), random(dayMs), 0, dayMs - 1])
    const atMs = day + inDay
    const refs = { laneId: one(['exit', 'exit-2']), stayId: `s${seed}-${n}` }
    const orderId = random(20) === 0 ? `n1-T${n}` : `n1-O${n}`
    const first = 100 * random(30)
    const off = random(3) === 0 ? -Math.min(first, 100 * random(10)) : 0
    const amountFen = first + off
    const plate = `测A${String(n).padStart(5, '0')}`
    drafts.push(cameIn(refs.stayId, atMs, { plate, noEntry: random(10) === 0 }))
    const lines = [line(atMs, 'first', first), line(atMs, 'coupon', off)]
    const tariffId = one(['day-fee', 'night-fee'])
    const body = { tariffId, fromMs: atMs, toMs: atMs, lines, plate: null, plateRaw: null }
    drafts.push({ kind: 'orderMade', atMs, ...refs, orderId, amountFen, body })
    const paidHow = one(means)
    const by = paidHow === 'cash' ? '李四' : null
    if (amountFen > 0 || random(2) === 0) {
      // Sometimes an amount other than the order's, or no order at all.
      const paidFen = paidHow === 'free' ? 0 : Math.max(0, amountFen + 100 * one([0, 0, 0, -1, 2]))
      const paid = { paymentId: `p${seed}-${n}`, means: paidHow, by, reason: null }
      const { stayId, laneId } = refs
      const of = random(15) === 0 ? { laneId } : { laneId, stayId, orderId }
      drafts.push({ kind: 'payment', atMs, ...of, amountFen: paidFen, body: paid })
      if (paidHow === 'qr')
        drafts.push(...codeRows(n, atMs, { laneId, stayId, orderId }, paidFen, random))
    }
    const closedAtMs = Math.min(day + dayMs - 1, atMs + random(5_000))
    const end = one(ends)
    // Some did not leave; a person joined some exits with an entry, on the same day or at the end of all days.
    if (n % 11 !== 3)
      drafts.push({
        kind: 'stayClosed',
        atMs: closedAtMs,
        ...refs,
        orderId,
        body: { end, leftAtMs: closedAtMs },
      })
    if (n % 13 === 5) {
      const joinedAtMs = n % 2 === 0 ? closedAtMs : fromMs + days * dayMs
      drafts.push(joinRow(joinedAtMs, `s${seed}-${n - 2}`, refs.stayId))
    }
    const paid = drafts.findLast((row) => row.kind === 'payment')
    const isHand = paid?.stayId === refs.stayId && paidHow !== 'etc' && paidHow !== 'qr'
    const paymentId = isHand && amountFen > 0 ? `p${seed}-${n}` : null
    if (random(4) === 0)
      drafts.push(...refundRows(n, atMs, { ...refs, orderId }, { random, paymentId }))
    if (random(12) === 0) drafts.push(...endRows(n, atMs, random))
    if (random(5) === 0) drafts.push(...actRows(n, atMs, refs))
    // Some shifts end at midnight, some a day later; the rest is never counted.
    if (n % 40 === 39 && random(3) > 0) {
      const toMs = day + dayMs - 1
      const [beforeFen, leftFen] = [100 * random(9), 100 * random(9)]
      const countedFen = leftFen + 100 * random(90)
      const counted = { beforeFen, takenFen: 0, countedFen, leftFen, by: '李四' }
      const body = { row: 'counted', fromMs: lastCountMs, ...counted } as const
      drafts.push({ kind: 'book', atMs: toMs, body })
      lastCountMs = toMs
    }
  }
  return drafts
}

interface Refs {
  readonly laneId: string
  readonly stayId: string
  readonly orderId: string
}
type Random = (below: number) => number

/** As the desk closes a stay with an exit; here the stay itself stays open. */
const joinRow = (atMs: number, stayId: string, exitStayId: string): RowDraft => {
  const who = { by: '李四', role: 'attendant', reason: '', result: 'done' }
  const body = { act: `stays.close ${stayId} ${exitStayId}`, ...who, commandId: `j ${stayId}` }
  return { kind: 'audit', atMs, stayId, body }
}

function codeRows(
  n: number,
  atMs: number,
  refs: Refs,
  paidFen: number,
  random: Random,
): RowDraft[] {
  const attemptNo = `a${n}`
  const made = { row: 'made', attemptNo, way: 'offer', amountFen: paidFen } as const
  const paid = { row: 'state', attemptNo, state: 'paid', paidFen, reason: '' } as const
  const rows: RowDraft[] = [
    { kind: 'pay', atMs, ...refs, body: made },
    { kind: 'pay', atMs, ...refs, body: paid },
  ]
  if (random(3) > 0 || paidFen === 0) return rows
  const refundNo = `b${n}`
  const back = { refundNo, attemptNo, amountFen: paidFen, why: 'person' } as const
  const by = { requestedBy: '李四', approvedBy: '王老板' }
  const later = atMs + 60_000
  return [
    ...rows,
    { kind: 'pay', atMs, ...refs, body: { row: 'refund', ...back, ...by } },
    { kind: 'pay', atMs: later, ...refs, body: { row: 'refundDone', refundNo, attemptNo } },
  ]
}

/** An item of the day that a person closed with a refund. */
function endRows(n: number, atMs: number, random: Random): RowDraft[] {
  const itemId = `i${n}`
  const of = { itemId, day: '2026-11-20', means: 'qr', kind: 'notInLedger', ref: `u${n}` } as const
  const refundFen = 100 * (1 + random(9))
  const who = { by: '李四', approvedBy: null, reason: '' }
  const refundMeans = (['cash', 'transfer', 'issuer'] as const)[random(3)]
  const given = refundMeans === undefined ? {} : { refundMeans, refundFen }
  const end = { row: 'end', itemId, how: 'refunded', ...who, ...given } as const
  const item = { row: 'item', owner: '', ...of, expectedFen: 0, foundFen: refundFen } as const
  return [
    { kind: 'book', atMs, body: item },
    { kind: 'book', atMs: atMs + 1, body: end },
  ]
}

/** Refunds of ETC by the platform or by people, or of a payment that a person took, by people. */
function refundRows(
  n: number,
  atMs: number,
  refs: Refs,
  { random, paymentId }: { readonly random: Random; readonly paymentId: string | null },
): RowDraft[] {
  const refundId = `r${n}`
  const amountFen = 100 * random(9)
  const people = { reason: '', operator: '李四', approvedBy: null }
  const hand = (['cash', 'transfer', 'issuer'] as const)[random(3)] ?? 'cash'
  if (paymentId !== null)
    return [
      { kind: 'refund', atMs, ...refs, amountFen, body: { refundId, paymentId, ...people } },
      {
        kind: 'refundState',
        atMs,
        ...refs,
        body: { refundId, state: 'success', means: hand === 'issuer' ? 'cash' : hand },
      },
    ]
  const body = { refundId, outTradeNo: `x${n}`, ...people }
  const of = { ...refs, deductionId: `d${n}` }
  const asked: RowDraft = { kind: 'refund', atMs, ...of, amountFen, body }
  const state = (['approved', 'success', 'rejected'] as const)[random(4)]
  if (state === undefined) return [asked]
  const isHand = random(2) === 0
  const step = (afterMs: number, to: typeof state): RowDraft => ({
    kind: 'refundState',
    atMs: atMs + afterMs,
    ...refs,
    body: { refundId, state: to, ...(to === 'success' && isHand ? { means: hand } : {}) },
  })
  // Half of them end on a later day than they were requested, some in two steps.
  const laterMs = random(2) === 0 ? 1 : dayMs * (1 + random(2))
  return [asked, ...(random(2) === 0 ? [] : [step(1, 'approved')]), step(laterMs + 1, state)]
}

/** Audit rows as a lane writes them: commanded, then the result, sometimes after midnight. */
const actRows = (n: number, atMs: number, refs: Omit<Refs, 'orderId'>): RowDraft[] => {
  const who = { by: '李四', role: 'attendant', reason: '=1+1', commandId: `command-${n}` }
  const row = (at: number, result: string): RowDraft => ({
    kind: 'audit',
    atMs: at,
    ...refs,
    body: { act: 'lane.open', ...who, result },
  })
  return [row(atMs, 'commanded'), row(atMs + 1_000, n % 3 === 0 ? 'failed' : 'done')]
}
