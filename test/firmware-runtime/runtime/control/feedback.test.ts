// A driver's complaint taken at the desk (P36), on a lot in memory: one item, one record of it and one of its end, each in
// the transaction of its act, and no money moves. Its deadline passes in virtual time.
import { beforeEach, expect, it } from 'vitest'
import type { ArgsOf } from '#runtime/api/table.ts'
import { ControlActs } from '#base/desk/handlers/control-acts.ts'
import { ControlDay } from '#money/desk/handlers/control-day.ts'
import { feedbackCalls } from '#money/desk/handlers/control-feedback.ts'
import { FeedbackDue } from '#lane/lot/queue/feedback-due.ts'
import type { JudgedReceipt } from '#money/receipts/receipt-judge.ts'
import { tallyOf } from '#money/pure/billing/day-items.ts'
import type { LaneFault } from '#base/pure/faults/faults.ts'
import { dayMs } from '#base/pure/values/instant.ts'
import { present } from '#base/pure/values/must.ts'
import { lotOn, ok, silence, type Lot } from '../../lane/lot/lot-on.ts'
import { MemoryLedgerService, startMs } from './control-kit.ts'
import { sideTasks } from '../../../kit/side-tasks.ts'
import { refusedLater } from '../../../kit/refusals.ts'
import { cameIn } from '../../lane/pure/lot/row-kit.ts'

const stayId = 'n1-S900'
let lot: Lot
let judged: JudgedReceipt
let acts = 0

function bench(of: Lot) {
  const { runtime, ledger, clock } = of
  const service = new MemoryLedgerService(ledger)
  const control = new ControlActs(runtime, clock)
  const receipts = { check: () => Promise.resolve(judged) }
  const desk = feedbackCalls({ runtime, service, receipts: { receipts }, acts: control })
  const days = new ControlDay({ runtime, service, config: { capacity: 10 } }, control)
  const who = () => ({ by: '李四', reason: '车主到岗亭', commandId: `feed-${++acts}-0000` })
  return {
    service,
    open: (args: Partial<ArgsOf<'feedback.open'>> = {}) =>
      desk['feedback.open'](
        { stayId, kind: 'amount', text: '多收了', ...who(), ...args },
        'attendant',
      ),
    end: (itemId: string, args: Partial<ArgsOf<'day.end'>> = {}) =>
      days.end({ itemId, how: 'explained', answer: '过夜按天收', ...who(), ...args }, 'attendant'),
  }
}
const isMoney = (kind: string): boolean =>
  ['payment', 'refund', 'intent', 'adjustment'].includes(kind)
const items = () => [...tallyOf(lot.ledger.list).items.values()]
const records = () =>
  lot.ledger.list
    .flatMap((row) => (row.kind === 'outbox' ? [row.body] : []))
    .filter(({ op }) => op.startsWith('feedback'))
const fault = async (act: Promise<unknown>): Promise<string> => {
  const refused = await refusedLater(act)
  if (refused === null) return 'taken'
  return `${refused.code} ${refused.detail.field} ${refused.detail.value}`
}

beforeEach(() => {
  lot = lotOn([])
  judged = { ok: false, reason: 'otherKey', read: null }
  lot.runtime.append([cameIn(stayId, startMs)])
})

it('is one item and one record of it, and its end is one record more; a repeat adds none', async () => {
  const { open, end } = bench(lot)
  const args = { contact: '13800000000', commandId: 'feed-same-0000' }
  await open(args)
  expect(await open(args)).toMatchObject({ repeated: true })
  const [item] = items()
  expect(item).toMatchObject({ stayId, owner: '李四', feedback: { seq: 0, what: 'driver' } })
  const no = present(item?.feedback, 'a feedback').no
  expect(no).toMatch(/^GX00012-n1-K\d+$/)
  expect(records().map(({ op, businessNo, destination }) => [op, businessNo, destination])).toEqual(
    [['feedback', no, 'platform']],
  )
  expect(JSON.parse(records()[0]?.body ?? '')).toMatchObject({
    stayNo: stayId,
    contact: '13800000000',
  })
  const done = { commandId: 'feed-done-0000' }
  await end(item?.itemId ?? '', done)
  expect(await end(item?.itemId ?? '', done)).toMatchObject({ repeated: true })
  expect(records().map(({ businessNo }) => businessNo)).toEqual([no, `${no}-end`])
  expect(lot.ledger.list.some(({ kind }) => isMoney(kind))).toBe(false)
})

it('keeps its bytes over an answer that was lost, and is there behind a restart', async () => {
  const { open } = bench(lot)
  await open()
  lot.runtime.carryOut([])
  const word = `post feedback ${items()[0]?.feedback?.no}`
  expect(lot.answer(silence)).toBe(word)
  const again = lotOn(lot.ledger.list)
  again.clock.advance(120_000)
  expect(again.answer(ok)).toContain(' feedback ')
  again.clock.advance(120_000)
  expect(again.ledger.list.filter(({ kind }) => kind === 'outbox')).toHaveLength(1)
  expect([...again.runtime.queue.records.byDestination]).toEqual([])
  // A number that was used is not minted again.
  expect(again.runtime.mint('K')).not.toBe(items()[0]?.feedback?.no)
})

it('of a receipt of another lot, of no stay and of one that is open already is refused by its field', async () => {
  const { open } = bench(lot)
  const no = { stayId: undefined }
  expect(await fault(open({ ...no, receipt: 'ETC1OTHER' }))).toBe('FEED-04 /receipt ETC1OTHER')
  judged = { ok: false, reason: 'unreadable', read: null }
  expect(await fault(open({ ...no, receipt: 'x'.repeat(200) }))).toBe(
    `FEED-04 /receipt ${'x'.repeat(80)}`,
  )
  expect(await fault(open({ stayId: 'n1-S1' }))).toBe('FEED-04 /stayId n1-S1')
  expect(await fault(open(no))).toBe('FEED-04 /receipt ')
  expect(await fault(open({ text: '错😀' }))).toBe('FEED-04 /text U+1F600')
  expect(await fault(open({ contact: '😀' }))).toBe('FEED-04 /contact U+1F600')
  expect(items()).toEqual([])
  await open()
  expect(await fault(open())).toBe(`FEED-04 /stayId ${stayId}`)
})

it('ends by an answer, as given back only by a refund of its stay, and otherwise not at all', async () => {
  const { open, end } = bench(lot)
  await open()
  const itemId = items()[0]?.itemId ?? ''
  expect(await fault(end(itemId, { answer: undefined }))).toBe('DAY-01 /answer ')
  expect(await fault(end(itemId, { answer: '好😀' }))).toBe('DAY-01 /answer U+1F600')
  expect(await fault(end(itemId, { how: 'found' }))).toBe('DAY-01 /how found')
  expect(await fault(end(itemId, { how: 'refunded' }))).toBe('DAY-01 /how refunded')
  const back = { how: 'refunded', refundMeans: 'cash' } as const
  expect(await fault(end(itemId, back))).toBe('DAY-01 /refundMeans cash')
  const refund = (refundId: string, state: 'success' | 'rejected') => {
    const atMs = lot.runtime.nowMs()
    const of = { reason: '多收', operator: '甲', approvedBy: '乙', byPeople: true } as const
    lot.runtime.append([
      { kind: 'refund', atMs, stayId, amountFen: 1, body: { refundId, paymentId: 'M1', ...of } },
      { kind: 'refundState', atMs, stayId, body: { refundId, state } },
    ])
  }
  refund('R1', 'rejected')
  expect(await fault(end(itemId, { how: 'refunded' }))).toBe('DAY-01 /how refunded')
  refund('R2', 'success')
  refund('R3', 'rejected')
  await end(itemId, { how: 'refunded' })
  expect(JSON.parse(records().at(-1)?.body ?? '')).toMatchObject({
    state: 'REFUNDED',
    outRefundNo: 'R2',
  })
  expect(items()[0]?.end).toMatchObject({
    how: 'refunded',
    outRefundNo: 'R2',
    answer: '过夜按天收',
  })
})

/** Steps of the books of a stay: the complaint, refunds of each kind with what became of them, and ends. */
type Step = 'says' | 'ends' | `${'asks' | 'pays' | 'refuses'} ${string}` | `answers ${string}`

const people = { reason: '多收', operator: '甲', approvedBy: '乙', byPeople: true } as const
function book(step: string, no: string): void {
  const atMs = lot.runtime.nowMs()
  const of = { atMs, stayId, orderId: 'O1', amountFen: 1 } as const
  // By the gateway: G; by the platform or by hand: R.
  const isGateway = no.startsWith('G')
  const pay = { refundNo: no, attemptNo: `${no}P1` } as const
  const made = { row: 'made', attemptNo: pay.attemptNo, way: 'charge', amountFen: 1 } as const
  const who = { amountFen: 1, why: 'person', requestedBy: '甲', approvedBy: '乙' } as const
  if (step === 'asks')
    lot.runtime.append(
      isGateway
        ? [
            { kind: 'pay', ...of, body: made },
            { kind: 'pay', ...of, body: { row: 'refund', ...pay, ...who } },
          ]
        : [{ kind: 'refund', ...of, body: { refundId: no, paymentId: 'M1', ...people } }],
    )
  else if (isGateway)
    lot.runtime.append([
      step === 'pays'
        ? { kind: 'pay', ...of, body: { row: 'refundDone', ...pay } }
        : { kind: 'pay', ...of, body: { row: 'refundRefused', ...pay, reason: 'no' } },
    ])
  else
    lot.runtime.append([
      {
        kind: 'refundState',
        atMs,
        stayId,
        body: { refundId: no, state: step === 'pays' ? 'success' : 'rejected' },
      },
    ])
}

const paid = (no: string): readonly Step[] => [`asks ${no}`, `pays ${no}`]
/** A complaint that the refund R1 ended, and the next one. */
const endedOne: readonly Step[] = ['says', ...paid('R1'), 'ends', 'says']

it.each<readonly [why: string, end: string, ...Step[]]>([
  ['no refund', 'none', 'says'],
  ['one of before it', 'before', ...paid('R1'), 'says'],
  ['one of before it, paid after it', 'before', 'asks R1', 'says', 'pays R1'],
  ['one of before it by the gateway', 'before', ...paid('G1'), 'says'],
  ['one on its way', 'open', 'says', 'asks R1'],
  ['one on its way at the gateway', 'open', 'says', 'asks G1'],
  ['one that was refused', 'none', 'says', 'asks R1', 'refuses R1'],
  ['one that the gateway refused', 'none', 'says', 'asks G1', 'refuses G1'],
  [
    'one of before it, and one refused after it',
    'before',
    ...paid('R1'),
    'says',
    'asks R2',
    'refuses R2',
  ],
  ['one that ended the one before', 'before', ...endedOne],
  ['one that ended another, and one on its way', 'open', ...endedOne, 'asks G2'],
  ['one that is done', 'R1', 'says', ...paid('R1')],
  ['one that the gateway has done', 'G1', 'says', ...paid('G1')],
  ['one of before it, and one done after it', 'R2', ...paid('R1'), 'says', ...paid('R2')],
  ['a second one for the second', 'R2', ...endedOne, ...paid('R2')],
])('ends as given back by a refund after it, done, used once: %s', async (_why, end, ...steps) => {
  const { open, end: ends } = bench(lot)
  const openOne = () => items().findLast((one) => one.end === null)?.itemId ?? ''
  for (const step of steps) {
    if (step === 'says') await open()
    else if (step === 'ends') await ends(openOne(), { how: 'refunded' })
    else book(...(step.split(' ') as [string, string]))
  }
  const itemId = openOne()
  if (/^[RG]/.test(end)) {
    await ends(itemId, { how: 'refunded' })
    expect(JSON.parse(records().at(-1)?.body ?? '')).toMatchObject({
      state: 'REFUNDED',
      outRefundNo: end,
    })
    return
  }
  const words = { none: '没有退费', before: '在反馈之前', open: '还没有到账' }
  const told = records().length
  const refusal = await ends(itemId, { how: 'refunded' }).then(
    () => null,
    (error: unknown) => error as LaneFault,
  )
  expect([refusal?.code, refusal?.detail.field]).toEqual(['DAY-01', '/how'])
  expect(JSON.stringify(refusal?.detail.note)).toContain(words[end as keyof typeof words])
  expect(records()).toHaveLength(told)
})

it.each(['R1', 'G1'])(
  'opens again when the refund that ended it is refused (%s), and the platform is told; ended anew it is told once more',
  async (no) => {
    const { open, end } = bench(lot)
    await open()
    const { itemId, feedback } = present(items()[0], 'an item')
    book('asks', no)
    book('pays', no)
    await end(itemId, { how: 'refunded' })
    book('refuses', no)
    expect(items()).toMatchObject([{ itemId, end: null, refusedRefund: no }])
    const told = () =>
      records().flatMap(({ op, businessNo, body }) => {
        const { state, outRefundNo = null } = JSON.parse(body) as Record<string, string>
        return op === 'feedbackState' ? [[businessNo, state, outRefundNo]] : []
      })
    const number = feedback?.no ?? ''
    const first = [`${number}-end`, 'REFUNDED', no]
    expect(told()).toEqual([first, [`${number}-end2`, 'OPEN', null]])
    // Another refusal of the same refund tells nothing more, also behind a restart.
    lot = lotOn(lot.ledger.list)
    book('refuses', no)
    expect(told()).toHaveLength(2)
    await bench(lot).end(itemId)
    expect(told().at(-1)).toEqual([`${number}-end3`, 'ANSWERED', null])
    expect(items()).toMatchObject([{ itemId, end: { how: 'explained' } }])
  },
)

it('of a platform counts from when it was said there, within the days for an answer', async () => {
  const { end } = bench(lot)
  lot.clock.advance(30 * dayMs)
  book('asks', 'R1')
  book('pays', 'R1')
  const refundMs = lot.runtime.nowMs()
  lot.clock.advance(60_000)
  const item = (no: string, atMs: number): void => {
    const of = { outTradeNo: null, feeFen: null, text: '多收了', resend: null } as const
    const feedback = {
      seq: 3,
      no,
      what: 'driver',
      atMs,
      ...of,
      complaint: { kind: 'amount' },
    } as const
    const body = {
      row: 'item',
      itemId: `feedback ${no}`,
      day: '2026-11-20',
      means: 'etc',
      kind: 'feedback',
    } as const
    lot.runtime.append([
      {
        kind: 'book',
        atMs: lot.runtime.nowMs(),
        body: { ...body, ref: no, stayId, expectedFen: 0, foundFen: 0, owner: '', feedback },
      },
    ])
  }
  item('F1', refundMs + 1)
  expect(await fault(end('feedback F1', { how: 'refunded' }))).toBe('DAY-01 /how refunded')
  item('F2', refundMs - 1)
  await end('feedback F2', { how: 'refunded' })
  expect(JSON.parse(records().at(-1)?.body ?? '')).toMatchObject({
    feedbackNo: 'F2',
    outRefundNo: 'R1',
  })
  item('F0', refundMs - 1)
  const twice = await end('feedback F0', { how: 'refunded' }).catch((error: unknown) => error)
  expect((twice as LaneFault).detail.note).toMatchObject({ zh: '退费 R1 已经用来结束另一条反馈' })
  // A time of 1970 makes no old refund one of after it.
  lot.clock.advance(6 * dayMs)
  book('asks', 'R2')
  book('pays', 'R2')
  lot.clock.advance(6 * dayMs)
  item('F3', 0)
  expect(await fault(end('feedback F3', { how: 'refunded' }))).toBe('DAY-01 /how refunded')
})

it('is an item alone where the lot has no platform', async () => {
  lot = lotOn(lot.ledger.list, { platform: null })
  const { open, end } = bench(lot)
  await open()
  await end(items()[0]?.itemId ?? '')
  expect(items()[0]?.end).toMatchObject({ how: 'explained' })
  expect(records()).toEqual([])
})

it('is told to who looks after the lot once its last day has passed, until it is answered', async () => {
  const { open, end, service } = bench(lot)
  await open()
  const { runtime, clock } = lot
  const due = new FeedbackDue({ runtime, tasks: sideTasks(clock), service })
  const pass = async (ms: number): Promise<void> => {
    clock.advance(ms)
    for (let turn = 0; turn < 20; turn++) await Promise.resolve()
  }
  await pass(6_000)
  expect(due.notices()).toEqual([])
  clock.advance(6 * dayMs - 60_000)
  await pass(0)
  await pass(60_000)
  const no = items()[0]?.feedback?.no
  expect(due.notices()).toMatchObject([{ code: 'FEED-03', detail: { value: no } }])
  await end(items()[0]?.itemId ?? '')
  await pass(60_000)
  expect(due.notices()).toEqual([])
  due.stop()
})
