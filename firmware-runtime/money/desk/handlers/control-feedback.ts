// A driver's complaint about a charge (P36), entered at the desk: one item of the accounts with its stay, and the
// result of checking its receipt. The record for the platform is written in the same transaction
// (lane/lot/queue/record-rows.ts). No money moves here.
import type { ReceiptReason } from '../../calls/receipt.ts'
import type { ArgsOf } from '#runtime/api/table.ts'
import { tallyOf, type DayItem } from '../../pure/billing/day-items.ts'
import { refundFor, type NoRefund } from '../../pure/billing/feedback-refunds.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import type { Complaint } from '#base/pure/values/feedback.ts'
import { dayMs, isoOf } from '#base/pure/values/instant.ts'
import { takesOf } from '#base/pure/values/payment-means.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import type { TallyMeans, TallyRow } from '#base/pure/rows/tally-row.ts'
import type { Dialect } from '#ledger/ports/dialect.ts'
import type { LedgerService } from '#ledger/ports/ledger-service.ts'
import type { LotRuntime } from '#lane/lot/lot-runtime.ts'
import type { Receipts } from '#lane/money/receipts.ts'
import { needed } from '#base/desk/handlers/no-folder.ts'
import { defineCalls, type Lot } from '#base/desk/handlers/scope.ts'

interface FeedbackParts {
  readonly runtime: Pick<LotRuntime, 'nowMs' | 'append' | 'mint' | 'dialect'>
  readonly service: Pick<LedgerService, 'dayTally' | 'timeline'>
  readonly receipts?: { readonly receipts: Pick<Receipts, 'check'> }
}
type Args = ArgsOf<'feedback.open'>

/** Days for an answer. Assumed: no source names a period. */
const answerDays = 5

const refused = (field: string, value: string, note: BilingualText): LaneFault =>
  new LaneFault('FEED-04', { field, value: value.slice(0, 80), note })

/** The first character that the platform refuses; null: it accepts all of them. */
function strangeIn({ refuseText }: Pick<Dialect, 'refuseText'>, text: string): string | null {
  try {
    refuseText(text)
    return null
  } catch (error) {
    if (!(error instanceof LaneFault)) throw error
    return error.detail.value ?? ''
  }
}
const notTaken = t('平台不收这个字符', 'the platform does not accept this character')

const receiptNotes: Readonly<Record<Exclude<ReceiptReason, 'lost'>, BilingualText>> = {
  unreadable: t('读不出收据', 'the receipt cannot be read'),
  noKey: t('没有可比对的密钥', 'there is no key to check it with'),
  otherKey: t('不是本场的收据', 'it is not a receipt of this lot'),
  forged: t('签名不符', 'its signature does not match'),
  dayForged: t('当天的签名不符', 'the signature of its day does not match'),
  notInDay: t('当天没有这张收据', 'there is no such receipt on that day'),
}

/** What a stay paid, for its item. */
function paidOf(rows: readonly LedgerRow[]) {
  const payments = rows.flatMap((row) =>
    row.kind === 'payment' && takesOf(row.body.means) === 'amount' ? [row] : [],
  )
  const paid = rows.findLast((row) => row.kind === 'outcome' && row.body.state === 'paid')
  const intent = rows.findLast(
    (row) => row.kind === 'intent' && row.deductionId === paid?.deductionId,
  )
  const outTradeNo = intent?.kind === 'intent' ? intent.body.outTradeNo : null
  const last = payments.at(-1)?.body.means
  const means: TallyMeans = last === 'cash' || last === 'transfer' || last === 'qr' ? last : 'etc'
  const feeFen = payments.reduce((sum, { amountFen = 0 }) => sum + amountFen, 0)
  return { outTradeNo, means, feeFen: payments.length === 0 ? null : feeFen }
}

async function ofReceipt(parts: FeedbackParts, text: string) {
  const { receipts } = needed(parts.receipts, 'RECEIPT-01')()
  const { reason, read } = await receipts.check(text.trim())
  if (reason !== null && reason !== 'lost') throw refused('/receipt', text, receiptNotes[reason])
  if (read === null) throw refused('/receipt', text, receiptNotes.unreadable)
  return { stayId: read.receipt.stayId, judged: { receipt: reason ?? 'holds' } as const }
}

/** Id of the stay, found by receipt or given; the text must have only characters that the platform accepts. */
async function stayOf(parts: FeedbackParts, { receipt, stayId, text, contact }: Args) {
  if ((receipt === undefined) === (stayId === undefined))
    throw refused(
      '/receipt',
      receipt ?? '',
      t('收据和停车编号只填一个', 'give a receipt or a stay, not both'),
    )
  for (const [field, value = ''] of [
    ['/text', text],
    ['/contact', contact],
  ] as const) {
    const strange = strangeIn(parts.runtime.dialect, value)
    if (strange !== null) throw refused(field, strange, notTaken)
  }
  return receipt === undefined ? { stayId: stayId ?? '', judged: {} } : ofReceipt(parts, receipt)
}

/** The rows of a stay; refused when it does not exist or has open feedback. */
async function rowsOf(
  { service, runtime }: FeedbackParts,
  { receipt }: Args,
  stayId: string,
): Promise<readonly LedgerRow[]> {
  const no = (note: BilingualText): LaneFault =>
    receipt === undefined ? refused('/stayId', stayId, note) : refused('/receipt', receipt, note)
  const rows = await service.timeline(stayId)
  if (!rows.some((row) => row.kind === 'stayOpened'))
    throw no(t(`没有停车 ${stayId}`, `no such stay: ${stayId}`))
  const { books } = await service.dayTally(runtime.nowMs())
  const open = openOf(tallyOf(books).items, stayId)
  if (open === undefined) return rows
  const { no: known } = open.feedback ?? { no: '' }
  throw no(t(`已有未处理的反馈 ${known}`, `there is already open feedback: ${known}`))
}

async function itemOf(
  parts: FeedbackParts,
  args: Args,
): Promise<Extract<TallyRow, { row: 'item' }>> {
  const { kind, text, contact, by } = args
  const { runtime } = parts
  const { stayId, judged } = await stayOf(parts, args)
  const { outTradeNo, means, feeFen } = paidOf(await rowsOf(parts, args, stayId))
  const atMs = runtime.nowMs()
  const answerBy = isoOf(atMs + answerDays * dayMs).slice(0, 10)
  const said = contact === undefined ? {} : { contact }
  const complaint: Complaint = { kind, ...said, answerBy, ...judged }
  const no = runtime.mint('K')
  const of = { outTradeNo, feeFen, text, resend: null, complaint }
  return {
    row: 'item',
    itemId: `feedback ${no}`,
    day: isoOf(atMs).slice(0, 10),
    means,
    kind: 'feedback',
    ref: outTradeNo ?? no,
    stayId,
    expectedFen: 0,
    foundFen: 0,
    owner: by,
    feedback: { seq: 0, no, what: 'driver', atMs, ...of },
  }
}

export const feedbackCalls = defineCalls((parts: FeedbackParts & Lot<'acts'>) => ({
  'feedback.open': (args, role) => {
    const { acts } = parts
    const act = acts.of('feedback.open', args, role)
    return acts.inTurn(async () => {
      const body = acts.knows(args.commandId) ? null : await itemOf(parts, args)
      return act.once(() => {
        if (body === null) return
        const { itemId, stayId } = body
        const { runtime } = parts
        runtime.append([act.row(itemId, { stayId }), { kind: 'book', atMs: runtime.nowMs(), body }])
      })
    })
  },
}))

const openOf = (items: ReadonlyMap<string, DayItem>, stayId: string): DayItem | undefined =>
  [...items.values()].find(
    (item) => item.stayId === stayId && item.end === null && item.feedback?.complaint !== undefined,
  )

type Ended = Pick<ArgsOf<'day.end'>, 'refundMeans' | 'answer'> & {
  readonly how: Extract<TallyRow, { row: 'end' }>['how']
}

/**
 * The answer to the driver in the end of an item; empty for an item that is not a driver's complaint. Such an item ends
 * with an answer, and as refunded only by a refund of its stay that was asked after it, given back, and ended no other
 * (ADR 351). DAY-01 names what is missing.
 */
export async function toldToDriver(
  item: DayItem,
  { how, answer, refundMeans }: Ended,
  { service, runtime }: Pick<FeedbackParts, 'service' | 'runtime'>,
): Promise<{ feedbackNo?: string; answer?: string; outRefundNo?: string }> {
  const wrong = (field: string, value: string, note: BilingualText): LaneFault =>
    new LaneFault('DAY-01', { field, value, note })
  const { feedback } = item
  if (feedback?.complaint === undefined) {
    if (answer === undefined) return {}
    throw wrong('/answer', answer, t('只有车主反馈才答复', "only a driver's feedback is answered"))
  }
  if (how !== 'explained' && how !== 'refunded')
    throw wrong('/how', how, t('explained 或 refunded', 'explained or refunded'))
  if (answer === undefined)
    throw wrong('/answer', '', t('要写给车主的答复', 'write the answer for the driver'))
  const strange = strangeIn(runtime.dialect, answer)
  if (strange !== null) throw wrong('/answer', strange, notTaken)
  if (refundMeans !== undefined)
    throw wrong(
      '/refundMeans',
      refundMeans,
      t('钱由退费退回', 'the money is given back by a refund'),
    )
  const { no: feedbackNo } = feedback
  if (how === 'explained') return { feedbackNo, answer }
  const found = await refundOf(item, { service, runtime })
  if ('why' in found) throw wrong('/how', how, noRefundWords[found.why](found.of))
  return { feedbackNo, answer, outRefundNo: found.no }
}

const noRefundWords: Readonly<Record<NoRefund, (no: string) => BilingualText>> = {
  none: () => t('这次停车没有退费:先办退费', 'this stay has no refund: make the refund first'),
  before: (no) =>
    t(
      `退费 ${no} 在反馈之前就办了:这次反馈要另办退费,或只作答复`,
      `refund ${no} was made before this feedback: make another refund, or answer without one`,
    ),
  open: (no) =>
    t(
      `退费 ${no} 还没有到账:等它有结果`,
      `refund ${no} has not been given back yet: wait for its result`,
    ),
  used: (no) =>
    t(
      `退费 ${no} 已经用来结束另一条反馈`,
      `refund ${no} has already ended another driver's feedback`,
    ),
}

async function refundOf(
  { stayId, foundSeq, foundAtMs, feedback }: DayItem,
  { service, runtime }: Pick<FeedbackParts, 'service' | 'runtime'>,
) {
  if (stayId === undefined) return { why: 'none', of: '' } as const
  const [rows, { books }] = await Promise.all([
    service.timeline(stayId),
    service.dayTally(runtime.nowMs()),
  ])
  const ended = [...tallyOf(books).items.values()].flatMap(({ end }) => end?.outRefundNo ?? [])
  const saidMs = feedback?.seq === 0 ? null : (feedback?.atMs ?? null)
  // The clock of a platform is believed within the days that an answer may take.
  const atMs =
    saidMs === null ? null : Math.min(foundAtMs, Math.max(saidMs, foundAtMs - answerDays * dayMs))
  return refundFor(rows, { seq: foundSeq, atMs }, new Set(ended))
}
