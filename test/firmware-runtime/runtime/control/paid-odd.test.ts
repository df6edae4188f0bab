// A code payment of a wrong amount is refunded through the gateway, automatically or on request. Cash leaves the drawer for
// it only when the gateway has refused the refund, once, and the gateway then refunds nothing more.
import { noDrawer } from '#base/desk/handlers/day-drawer.ts'
import { beforeEach, expect, it } from 'vitest'
import { ControlActs } from '#base/desk/handlers/control-acts.ts'
import { ControlDay } from '#money/desk/handlers/control-day.ts'
import { payCalls } from '#money/desk/handlers/control-pay.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import type { PayRow } from '#base/pure/rows/pay-row.ts'
import { carAtExit, leave, runMs, waitForCode, type World } from '../../lane/lot/pay-lot.ts'
import { MemoryLedgerService, startMs } from './control-kit.ts'

const day = isoOf(startMs).slice(0, 10)
let lot: World
let days: ControlDay
let acts = 0
const who = (by = '李四') => ({ by, reason: '退款', commandId: `odd-act-${++acts}` })

beforeEach(() => {
  lot = carAtExit()
  const { runtime, time, ledger } = lot
  const service = new MemoryLedgerService(ledger as never)
  const parts = { runtime, service, config: { capacity: 60 } }
  days = new ControlDay(parts as never, new ControlActs(runtime, time.clock))
})

const open = async () => (await days.get({ day })).items.filter(({ end }) => end === null)

/** A code payment of one fen too much; the car keeps waiting. */
async function odd() {
  const { amountFen } = waitForCode(lot)
  const [trade] = lot.gateway.model.state.trades.values()
  if (trade === undefined) throw new Error('no trade')
  lot.gateway.model.pay(trade, amountFen + 1, lot.time.nowUs / 1000, false)
  runMs(lot, 5_000)
  const [item] = await open()
  return { attemptNo: item?.ref ?? '', itemId: item?.itemId ?? '', paidFen: amountFen + 1 }
}
const byHand = (itemId: string) =>
  days.end({ itemId, how: 'refunded', refundMeans: 'cash', ...who() }, 'owner')

it('goes back by its payment: not out of the drawer, where it would go back twice', async () => {
  const { itemId } = await odd()
  await expect(byHand(itemId)).rejects.toMatchObject({ detail: { field: '/refundMeans' } })
  expect(await open()).toMatchObject([{ itemId }])
  // The car pays by a second code, and the wrong payment is refunded in full automatically.
  lot.gateway.scan(waitForCode(lot).text)
  runMs(lot, 60_000)
  leave(lot)
  runMs(lot, 600_000)
  expect((await days.get({ day })).cashBackFen).toBe(0)
  expect(await open()).toEqual([])
})

it('that left unpaid, and that the gateway refuses, goes out of the drawer once', async () => {
  const { itemId, attemptNo, paidFen } = await odd()
  const { runtime, time, ledger } = lot
  const pays = ledger.list.flatMap((row) => (row.kind === 'pay' ? [row] : []))
  const offered = pays.flatMap(({ body }) => (body.row === 'made' ? [body.attemptNo] : []))
  const at = { atMs: runtime.nowMs(), laneId: 'exit', stayId: 'n1-S1' } as const
  const of = { kind: 'pay', ...at, orderId: pays[0]?.orderId ?? '' } as const
  const ask = { refundNo: `${attemptNo}R2`, attemptNo, amountFen: paidFen, why: 'person' } as const
  const { refundNo } = ask
  const over = { row: 'state', state: 'closed', paidFen: 0, reason: 'closed' } as const
  const step = (body: PayRow) => ledger.append([{ ...of, body }])
  step({ ...over, attemptNo: offered.find((no) => no !== attemptNo) ?? '' })
  step({ row: 'refund', ...ask, requestedBy: '甲', approvedBy: '乙' })
  await expect(byHand(itemId)).rejects.toThrow('DAY-01')
  step({ row: 'refundRefused', refundNo, attemptNo, reason: 'closed' })
  // Refused while the car is inside: it may still pay by other means.
  await expect(byHand(itemId)).rejects.toThrow('DAY-01')
  const left = { end: 'open', leftAtMs: at.atMs } as const
  ledger.append([{ kind: 'stayClosed', ...at, body: left }])
  await byHand(itemId)
  expect((await days.get({ day })).cashBackFen).toBe(paidFen)
  const service = new MemoryLedgerService(ledger as never)
  const parts = { runtime, service, config: { aloneFenMax: 2_000 }, drawer: () => noDrawer }
  const pay = payCalls({ ...parts, acts: new ControlActs(runtime, time.clock) })
  const { rows } = await pay['pay.attempts']({ stayId: 'n1-S1' })
  const row = rows.find((one) => one.attemptNo === attemptNo)
  expect(row).toMatchObject({ state: 'odd', paidFen, leftFen: 0 })
  const again = { stayId: 'n1-S1', attemptNo, refundFen: 1, approvedBy: '乙', ...who('甲') }
  await expect(pay['pay.refund'](again, 'owner')).rejects.toThrow('more than is left')
})
