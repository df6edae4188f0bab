// Data for the platform's staff by channel: a day's bill beside its charges and hourly batches (8.2 a), and refunds
// waiting for review, which is given with name and reason (8.3.2 b, e).
import { isoOf } from '#base/pure/values/instant.ts'
import type { AdminRoutes } from '../shell/admin.ts'
import { channelIn, type AdminPlan } from './admin.ts'
import { textIn } from './admin-members.ts'
import { membersIn, refuse } from '../shell/members.ts'
import { billed } from './records/bills.ts'
import type { PlatformModel } from './model.ts'
import { actOf, actsOf, isLive, type Act } from './records/settlement-records.ts'

interface Difference {
  readonly outTradeNo: string
  readonly kind: 'onlyBill' | 'onlyChannel' | 'twice' | 'fee' | 'refund'
  readonly billFen: number
  readonly channelFen: number
}

const dayShape = /^\d{4}-\d{2}-\d{2}$/

/** The platform's answers to the channel's charges of the day, by number. */
function toldOf(model: PlatformModel, appId: string, date: string) {
  const told = new Map<string, { fee: number; refundFee: number }>()
  for (const act of actsOf(model.state, 'exit-charges', appId)) {
    const { charge, no } = act.row
    if (charge === undefined || !isLive(act) || act.status === 'PROCESSING') continue
    if (isoOf(charge.transMs).slice(0, 10) !== date) continue
    told.set(no, { fee: charge.realFee, refundFee: act.refundedFen })
  }
  return told
}

type BillRow = ReturnType<typeof billed>[number]

function differencesOf(
  bill: readonly BillRow[],
  told: ReturnType<typeof toldOf>,
): readonly Difference[] {
  const seen = new Set<string>()
  const found = bill.flatMap(({ outTradeNo, fee, refundFee, netFee }): Difference[] => {
    const own = told.get(outTradeNo)
    const kind = seen.has(outTradeNo)
      ? 'twice'
      : own === undefined
        ? 'onlyBill'
        : own.fee !== fee
          ? 'fee'
          : own.refundFee === refundFee
            ? null
            : 'refund'
    seen.add(outTradeNo)
    const channelFen = own === undefined ? 0 : own.fee - own.refundFee
    return kind === null ? [] : [{ outTradeNo, kind, billFen: netFee, channelFen }]
  })
  const missing = [...told].filter(([no]) => !seen.has(no))
  return [
    ...found,
    ...missing.map(([outTradeNo, { fee, refundFee }]): Difference => {
      return { outTradeNo, kind: 'onlyChannel', billFen: 0, channelFen: fee - refundFee }
    }),
  ]
}

/** The channel's hourly batches of the day (P20), and how many of their numbers are not on record. */
function hoursOf(model: PlatformModel, appId: string, date: string) {
  const day = date.replaceAll('-', '')
  const hours = actsOf(model.state, 'batches', appId).flatMap(({ row }) => {
    const { batchNo = '', said, count = 0, missing = 0 } = row.shown ?? {}
    const isOfDay = String(batchNo).slice(-10, -2) === day
    return isOfDay ? [{ said: Number(said ?? count), missing: Number(missing) }] : []
  })
  const sum = (of: 'said' | 'missing'): number => hours.reduce((n, one) => n + one[of], 0)
  return { batches: hours.length, said: sum('said'), missing: sum('missing') }
}

function reconciliation(model: PlatformModel, appId: string, date: string) {
  const bill = billed({ state: model.state, policy: model.policyOf(appId) }, appId, date)
  const told = toldOf(model, appId, date)
  const differences = differencesOf(bill, told)
  return {
    appId,
    date,
    billCount: bill.length,
    billFen: bill.reduce((sum, { netFee }) => sum + netFee, 0),
    channelCount: told.size,
    channelFen: [...told.values()].reduce((sum, one) => sum + one.fee - one.refundFee, 0),
    hours: hoursOf(model, appId, date),
    agrees: differences.length === 0,
    differences,
  }
}

const verdicts = { approve: 'SUCCESS', reject: 'REJECTED' } as const

const refundRow = ({ row, status, review }: Act) => ({
  appId: row.appId,
  outRefundNo: row.no,
  outTradeNo: row.refund?.outTradeNo,
  refundFee: row.refund?.refundFee,
  status,
  ...(review === undefined
    ? {}
    : { by: review.by, reason: review.reason, atIso: isoOf(review.atMs) }),
})

/**
 * GET /reconciliation?appId=&date=; GET /refund-reviews?appId=, newest first, waiting and judged ones; POST
 * /refund-reviews {appId, outRefundNo, verdict: approve
 * reject, by, reason}.
 */
export const reviewRoutes = ({ model, appId, settled, nowMs }: AdminPlan): AdminRoutes => ({
  'GET /reconciliation': ({ query }) => {
    const date = query.get('date') ?? ''
    if (!dayShape.test(date)) throw refuse('date', date, 'YYYY-MM-DD')
    return reconciliation(model(), query.get('appId') || appId, date)
  },
  'GET /refund-reviews': ({ query }) => {
    const whom = query.get('appId') ?? ''
    const all = [...(model().state.acts.get('refunds')?.values() ?? [])].filter(
      ({ row, status, review }) =>
        (whom === '' || row.appId === whom) &&
        (status === 'PENDING_REVIEW' || review !== undefined),
    )
    return { refunds: all.toReversed().map(refundRow) }
  },
  'POST /refund-reviews': async ({ body }) => {
    const members = membersIn(body)
    const [whom, no] = [channelIn(members, appId), textIn(members, 'outRefundNo')]
    const { verdict } = members
    if (verdict !== 'approve' && verdict !== 'reject')
      throw refuse('verdict', verdict, 'approve or reject')
    const review = { by: textIn(members, 'by'), reason: textIn(members, 'reason'), atMs: nowMs() }
    const act = actOf(model().state, 'refunds', whom, no)
    if (act === undefined) throw refuse('outRefundNo', no, 'not in the books')
    if (act.status !== 'PENDING_REVIEW')
      throw refuse('outRefundNo', no, `it is ${act.status} and waits for no review`)
    const status = verdicts[verdict]
    model().record({ t: 'status', kind: 'refunds', appId: whom, no, status, review })
    await settled()
    return refundRow(act)
  },
})
