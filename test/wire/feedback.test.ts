// Feedback from the platform over real HTTPS, both sides as processes: each message becomes one item in the lot's
// books, with an owner and an end, despite kills of both sides; a message that breaks a rule is named, and earlier
// items stay.
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { DayItemView, DayView } from '#money/calls/day.ts'
import type { BoardView } from '#lane/calls/views.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { present } from '#base/pure/values/must.ts'
import { ledgerRows } from './kit/ledger-rows.ts'
import { runToEnd } from './kit/live-program.ts'
import { obu, plate } from './kit/one-car.ts'
import { eventually } from '../kit/eventually.ts'
import { tcpLot } from './kit/run-lot.ts'

const lot = tcpLot()
const { dir, harness } = lot

beforeAll(async () => {
  await lot.startSims()
  await lot.start('exit')
  await harness.sims('exit').rsu?.admin('POST', '/cars', { ...obu })
  await lot.goesIn('entry', { plate, colour: 'blue' })
  await lot.until('exit', ({ state }) => state === 'idle')
  await lot.goesIn('exit', { plate, colour: 'blue' })
})
afterAll(() => lot.close())

const platform = () => present(harness.platform, 'the lot has a platform')
const time = isoOf(Date.now())
const told = (message: object) => platform().admin('POST', '/feedback', { time, ...message })
const items = async (): Promise<readonly DayItemView[]> =>
  (await lot.run.call<DayView>('day.get')).items.filter(({ kind }) => kind === 'feedback')
const count = (wanted: number) => eventually(items, (all) => all.length === wanted, { of: lot.of })
async function again(): Promise<void> {
  await lot.run.stop('SIGKILL')
  await lot.start('exit')
}
const feedbackRows = () =>
  ledgerRows(dir).filter(({ kind, body }) => kind === 'book' && 'feedback' in body)

it('becomes an item with the stay of its charge, is taken by a person and ends once, over a kill', async () => {
  const charge = ledgerRows(dir).find(({ kind }) => kind === 'intent')
  const outTradeNo = charge?.kind === 'intent' ? charge.body.outTradeNo : ''
  const { amountFen: fee = 0, stayId } = present(charge, 'a car was charged')
  await told({ feedbackNo: 'F1', type: 3, outTradeNo, fee, text: '清分失败' })
  await told({ feedbackNo: 'F2', type: 2, text: '黑名单已更新' })
  await again()
  const [first, second] = await count(2)
  expect(first).toMatchObject({ ref: outTradeNo, stayId, owner: '', end: null })
  expect(first?.feedback).toMatchObject({ what: 'clearing', feeFen: fee, text: '清分失败' })
  expect(second).toMatchObject({ ref: 'F2', stayId: null })
  const who = { by: '店主', reason: '已与平台核实' }
  const itemId = first?.itemId ?? ''
  await lot.run.call('day.own', { itemId, owner: '店主', commandId: 'feedback-own-1', ...who })
  const ends = { itemId, how: 'explained', commandId: 'feedback-end-1', ...who }
  await lot.run.call('day.end', ends)
  await again()
  expect(await lot.run.call('day.end', ends)).toMatchObject({ repeated: true })
  const twice = lot.run.call('day.end', { ...ends, commandId: 'feedback-end-2' })
  await expect(twice).rejects.toThrow('DAY-01')
  await told({ feedbackNo: 'F3', type: 1, outTradeNo, fee, text: '支付失败' })
  await again()
  const all = await count(3)
  expect(all.map(({ feedback, end, owner }) => [feedback?.no, end?.how, owner])).toEqual([
    ['F2', undefined, ''],
    ['F3', undefined, ''],
    ['F1', 'explained', '店主'],
  ])
  expect(feedbackRows()).toHaveLength(3)
})

it('is taken behind a kill of the platform as well, and nothing of what is there is taken twice', async () => {
  await harness.killSim('platform')
  await harness.reviveSim('platform')
  await told({ feedbackNo: 'F4', type: 5, text: '上传失败', resend: 'lot' })
  await again()
  await count(4)
  expect(feedbackRows()).toHaveLength(4)
  expect((await runToEnd(['ledger', 'verify', '--data', dir])).json).toMatchObject({ ok: true })
})

it('is named where it breaks its rule, and what came before stays', async () => {
  await told({ feedbackNo: 'F5', type: 9, text: '不认识的类型' })
  await again()
  const fault = await eventually(
    async () =>
      (await lot.run.call<BoardView>('board.get')).status.upkeep?.faults.find(
        ({ code }) => code === 'FEED-01',
      ),
    (one) => one !== undefined,
    { of: lot.of },
  )
  expect(fault?.note).toContain('/data/messages/4/type 9')
  expect(await items()).toHaveLength(4)
})
