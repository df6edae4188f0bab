// A driver's complaint about a charge (P36), with lot and platform as processes: entered at the desk by the receipt's
// code, or sent by the platform; it becomes an item with an answer and an end, sent to the platform once, despite kills
// of either side.
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { DayItemView, DayView } from '#money/calls/day.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { present } from '#base/pure/values/must.ts'
import { ledgerRows } from './kit/ledger-rows.ts'
import { runToEnd } from './kit/live-program.ts'
import { plate } from './kit/one-car.ts'
import { eventually } from '../kit/eventually.ts'
import { tcpLot } from './kit/run-lot.ts'

const lot = tcpLot()
const { dir, harness } = lot
const car = { plate, colour: 'blue' }
let stayId = ''
let receipt = ''
let outTradeNo = ''

const platform = () => present(harness.platform, 'the lot has a platform')
const who = { by: '李四', reason: '车主到岗亭' }
const items = async (): Promise<readonly DayItemView[]> =>
  (await lot.run.call<DayView>('day.get')).items.filter(({ kind }) => kind === 'feedback')
const open = (args: object, commandId: string) =>
  lot.run.call('feedback.open', { kind: 'amount', text: '多收了', ...who, commandId, ...args })
const end = (itemId: string, how: string, args: object, commandId: string) =>
  lot.run.call('day.end', { itemId, how, ...who, commandId, ...args })
interface Told {
  readonly number: string
  readonly requests: number
}
const told = async (kind: string): Promise<readonly Told[]> =>
  (await platform().admin<{ rows: readonly Told[] }>('GET', `/books?kind=${kind}&limit=100`)).rows
const eventuallyTold = (kind: string, wanted: number) =>
  eventually(
    () => told(kind),
    (rows) => rows.length === wanted,
    { of: lot.of },
  )
async function again(): Promise<void> {
  await lot.run.stop('SIGKILL')
  await lot.start('exit')
}

beforeAll(async () => {
  await lot.startSims()
  await lot.start('exit')
  await lot.goesIn('entry', car)
  await lot.until('exit', ({ state }) => state === 'idle')
  ;({ stayId } = await lot.paysByEtc('exit', car))
  receipt = (await lot.run.call<{ qrText: string }>('receipt.give', { stayId })).qrText
  const charge = ledgerRows(dir).find(({ kind }) => kind === 'intent')
  outTradeNo = charge?.kind === 'intent' ? charge.body.outTradeNo : ''
})
afterAll(() => lot.close())

it('is refused with its field and value where it is of no receipt, no stay, or too long', async () => {
  const wrong: readonly (readonly [object, string])[] = [
    [{ receipt: 'ETC1:NOTHING' }, 'FEED-04 /receipt ETC1:NOTHING'],
    [{ receipt: `${receipt.slice(0, -4)}0000` }, 'FEED-04 /receipt'],
    [{ stayId: 'gx1-S999' }, 'FEED-04 /stayId gx1-S999'],
    [{}, 'FEED-04 /receipt'],
    [{ stayId, receipt }, 'FEED-04 /receipt'],
    [{ stayId, text: '错'.repeat(501) }, 'API-01 /text'],
    [{ stayId, kind: 'rude' }, 'API-01 /kind'],
    [{ stayId, text: '错😀' }, 'FEED-04 /text U+1F600'],
  ]
  for (const [n, [args, said]] of wrong.entries())
    await expect(open(args, `feedback-bad-${n}`), said).rejects.toThrow(
      new RegExp(
        said
          .replace('+', String.raw`\+`)
          .split(' ')
          .join('.*'),
      ),
    )
  expect(await items()).toEqual([])
})

it('is an item with stay, charge and receipt, is told once with the contact sealed, and ends by an answer', async () => {
  const args = { receipt, contact: '13800000000' }
  await open(args, 'feedback-open-1')
  await again()
  expect(await open(args, 'feedback-open-1')).toMatchObject({ repeated: true })
  const [item] = await items()
  const day = isoOf(Date.now() + 5 * 86_400_000).slice(0, 10)
  expect(item).toMatchObject({
    ref: outTradeNo,
    stayId,
    owner: who.by,
    end: null,
    feedback: {
      what: 'driver',
      text: '多收了',
      complaint: { kind: 'amount', contact: args.contact, receipt: 'holds', answerBy: day },
    },
  })
  const no = present(item?.feedback, 'a feedback').no
  const [sent] = await eventuallyTold('feedback-records', 1)
  expect(sent).toMatchObject({ number: no, outTradeNo, kind: 1, contact: args.contact })
  const itemId = item?.itemId ?? ''
  await expect(open({ stayId }, 'feedback-open-2')).rejects.toThrow(/FEED-04.*\/stayId/)
  await expect(end(itemId, 'explained', {}, 'feedback-end-1')).rejects.toThrow(/DAY-01.*\/answer/)
  const answer = '过夜按天收费'
  await expect(end(itemId, 'refunded', { answer }, 'feedback-end-2')).rejects.toThrow(
    /DAY-01.*\/how/,
  )
  await end(itemId, 'explained', { answer }, 'feedback-end-3')
  await again()
  expect(await end(itemId, 'explained', { answer }, 'feedback-end-3')).toMatchObject({
    repeated: true,
  })
  const [state] = await eventuallyTold('feedback-states', 1)
  expect(state).toMatchObject({ number: no, state: 'ANSWERED', answer, outRefundNo: null })
  expect((await items())[0]?.end).toMatchObject({ how: 'explained', answer })
})

it('comes from the platform with its day, is given back by a refund, and is told once over kills', async () => {
  await platform().admin('POST', '/feedback', {
    feedbackNo: 'PF7',
    type: 7,
    kind: 2,
    time: isoOf(Date.now()),
    outTradeNo,
    text: '扣了两次',
    answerBy: '2020-01-02',
  })
  await again()
  const one = async () => (await items()).find(({ feedback }) => feedback?.no === 'PF7')
  const item = present(await eventually(one, (found) => found !== undefined, { of: lot.of }), 'PF7')
  expect(item).toMatchObject({
    stayId,
    feedback: { complaint: { kind: 'twice', answerBy: '2020-01-02' } },
  })
  const late = () =>
    lot.run.call<{ status: { upkeep: { faults: { code: string }[] } } }>('board.get')
  await eventually(
    late,
    ({ status }) => status.upkeep.faults.some(({ code }) => code === 'FEED-03'),
    { of: lot.of },
  )
  const back = { stayId, attemptNo: outTradeNo, refundFen: 1, approvedBy: '店主' }
  await lot.run.call('pay.refund', { ...back, ...who, commandId: 'feedback-refund-1' })
  const refund = ledgerRows(dir).findLast(({ kind }) => kind === 'refund')
  const refundId = refund?.kind === 'refund' ? refund.body.refundId : ''
  const moneyBefore = ledgerRows(dir).filter(({ kind }) => kind === 'refund').length
  // A refund that was asked for proves nothing yet.
  await eventually(
    () => ledgerRows(dir),
    (all) =>
      all.some(
        (row) =>
          row.kind === 'refundState' &&
          row.body.refundId === refundId &&
          row.body.state === 'success',
      ),
    { of: lot.of },
  )
  await harness.killSim('platform')
  await end(item.itemId, 'refunded', { answer: '已退 0.01 元' }, 'feedback-end-4')
  await lot.run.stop('SIGKILL')
  await harness.reviveSim('platform')
  await lot.start('exit')
  const states = await eventuallyTold('feedback-states', 2)
  expect(states.at(-1)).toMatchObject({ number: 'PF7', state: 'REFUNDED', outRefundNo: refundId })
  const rows = ledgerRows(dir)
  expect(rows.filter(({ kind }) => kind === 'refund')).toHaveLength(moneyBefore)
  expect(
    rows.filter((row) => row.kind === 'outbox' && row.body.op.startsWith('feedback')),
  ).toHaveLength(3)
  expect(await told('feedback-records')).toHaveLength(1)
  expect((await runToEnd(['ledger', 'verify', '--data', dir])).json).toMatchObject({ ok: true })
})
