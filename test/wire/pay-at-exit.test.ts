// A lot under `etc-lane run` with a payment gateway in its own process: a car whose tag is not read pays by the lane's
// code and leaves without an attendant; a silent, late or wrong gateway takes no money that stays.
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { DayView } from '#money/calls/day.ts'
import type { PayAttemptView } from '#money/calls/pay.ts'
import type { LaneView } from '#lane/calls/views.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { present } from '#base/pure/values/must.ts'
import { ledgerRows } from './kit/ledger-rows.ts'
import { runToEnd, type Line } from './kit/live-program.ts'
import { LotGateway } from './kit/lot-gateway.ts'
import { obu } from './kit/one-car.ts'
import { eventually } from '../kit/eventually.ts'
import { tcpLot } from './kit/run-lot.ts'

const dueFen = 300
const lot = tcpLot()
const { dir, harness } = lot
const gateway = new LotGateway()
const ask = gateway.ask.bind(gateway)
const book = (no: string) => gateway.book(no)
const pay = (no: string, how: string): Promise<Line> => gateway.pay(no, how)

beforeAll(async () => {
  await lot.startSims()
  await gateway.startFor(lot)
  await lot.start('exit')
})
afterAll(() => lot.close())

let cars = 0

/** A car comes in and waits at the exit; its tag is not there. */
async function standsAtExit(): Promise<{ readonly plate: string; readonly colour: string }> {
  const car = { plate: `测A1234${++cars}`, colour: 'blue' }
  await lot.until('entry', ({ state }) => state === 'idle')
  await lot.comes('entry', car)
  await lot.leaves('entry')
  await lot.until('exit', ({ state }) => state === 'idle')
  await lot.comes('exit', car)
  return car
}

const hasCode = ({ payCode }: LaneView): boolean => payCode !== undefined
const numberOf = ({ payCode }: LaneView): string =>
  present(/[^/]+$/.exec(present(payCode, 'a code').text), 'its number')[0]

/** The tag of this car is finally read, with its own card. */
async function tagPays(plate: string): Promise<void> {
  const { rsu } = harness.sims('exit')
  const own = { obuId: `1A2B3C4${cars}`, cardNo: `4501229900000001234${cars}` }
  await rsu?.admin('POST', '/cars', { ...obu, ...own, plate })
  await lot.leaves('exit')
  await rsu?.admin('DELETE', `/cars/${own.obuId}`)
  expect(paidBy(plate)).toEqual(['etc'])
}

const opens = async (): Promise<number> =>
  (await harness.sims('exit').barrier.admin<{ opens: number }>('GET', '/state')).opens

const rowsOf = (plate: string): LedgerRow[] => {
  const rows = ledgerRows(dir)
  const stay = rows.findLast((row) => row.kind === 'stayOpened' && row.body.plate === plate)
  return rows.filter(({ stayId }) => stayId === stay?.stayId)
}
const paidBy = (plate: string): string[] =>
  rowsOf(plate).flatMap((row) => (row.kind === 'payment' ? [row.body.means] : []))

it('shows a code, sees it paid, and opens behind the row: nobody is at the desk', async () => {
  const { plate } = await standsAtExit()
  const shown = await lot.until('exit', hasCode)
  expect(shown).toMatchObject({
    state: 'manual',
    car: { manual: 'obuNotRead', dueFen },
    payCode: { amountFen: dueFen },
  })
  const board = present(harness.sims('exit').display, 'the exit has a display')
  await eventually(
    async () => JSON.stringify(await board.admin('GET', '/state')),
    (state) => state.includes(present(shown.payCode, 'a code').text),
    { of: lot.of },
  )
  const before = await opens()
  await pay(numberOf(shown), 'now')
  expect(await opens()).toBe(before)
  await lot.leaves('exit')
  expect(await opens()).toBe(before + 1)
  const rows = rowsOf(plate)
  const at = (is: (row: LedgerRow) => boolean): number => rows.findIndex(is)
  const paid = at((row) => row.kind === 'pay' && row.body.row === 'orderPaid')
  expect(paid).toBeGreaterThan(-1)
  expect(at(({ kind }) => kind === 'payment')).toBe(paid + 1)
  expect(at((row) => row.kind === 'pass' && row.body.cause === 'other')).toBeGreaterThan(paid)
  expect(paidBy(plate)).toEqual(['qr'])
  expect(await book(numberOf(shown))).toMatchObject({ paidFen: dueFen, refundedFen: 0 })
})

it('gives a part back that one person asked for and another one approved, and shows how far it is', async () => {
  const { stayId = '' } = present(rowsOf(`测A1234${cars}`)[0], 'the stay of the car')
  const attempts = async (): Promise<PayAttemptView> => {
    const { rows } = await lot.run.call<{ rows: PayAttemptView[] }>('pay.attempts', { stayId })
    return present(rows[0], 'its payment')
  }
  const { attemptNo, leftFen } = await attempts()
  expect(leftFen).toBe(dueFen)
  const args = { stayId, attemptNo, by: '甲', reason: '多收', commandId: 'pay-refund-0001' }
  const ask = (refundFen: number, approvedBy: string): Promise<Line> =>
    lot.run.call('pay.refund', { ...args, refundFen, approvedBy })
  await expect(ask(100, '甲')).rejects.toThrow('asked for it and approved')
  await expect(ask(dueFen + 1, '乙')).rejects.toThrow('more than is left')
  expect(await book(attemptNo)).toMatchObject({ refundedFen: 0 })
  expect(await ask(100, '乙')).toMatchObject({ ok: true, repeated: false })
  expect(await ask(100, '乙')).toMatchObject({ ok: true, repeated: true })
  const { refunds } = await eventually(attempts, (one) => one.refunds[0]?.state === 'done', {
    of: lot.of,
  })
  expect(refunds).toMatchObject([{ amountFen: 100, requestedBy: '甲', approvedBy: '乙' }])
  expect(await attempts()).toMatchObject({ leftFen: dueFen - 100 })
  expect(await book(attemptNo)).toMatchObject({ refundedFen: 100 })
  const asked = { ...args, commandId: 'pay-asked-0001', refundFen: 50 }
  expect(await lot.run.call('refunds.ask', asked)).toMatchObject({ ok: true, repeated: false })
  const answer = (commandId: string, by: string): Promise<Line> =>
    lot.run.call('refunds.answer', {
      askId: 'pay-asked-0001',
      answer: 'yes',
      commandId,
      by,
      reason: '核对过',
    })
  await expect(answer('pay-answer-0001', '甲')).rejects.toThrow('asked for it and approved')
  const both = await Promise.allSettled([
    answer('pay-answer-0002', '乙'),
    answer('pay-answer-0003', '丙'),
  ])
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  const after = await eventually(attempts, (one) => one.refunds[1]?.state === 'done', {
    of: lot.of,
  })
  expect(after.refunds[1]).toMatchObject({ amountFen: 50, requestedBy: '甲', reason: '多收' })
  expect(await book(attemptNo)).toMatchObject({ refundedFen: 150 })
})

it('a gateway that is silent holds nobody up: the tag is tried on, and pays', async () => {
  const cut = { at: '*', when: 'before', do: 'drop', times: 1000 }
  await ask('POST', '/faults', cut)
  const { plate } = await standsAtExit()
  await lot.until('exit', ({ state }) => state === 'manual')
  await tagPays(plate)
  await ask('DELETE', '/faults')
})

it('X13 a code paid late, after somebody opened by hand, goes back once', async () => {
  const { plate } = await standsAtExit()
  const shown = await lot.until('exit', hasCode)
  const at = 'POST /v1/attempts/{attemptNo}/cancel'
  await ask('POST', '/faults', { at, when: 'before', do: 'drop', times: 1000 })
  const act = { laneId: 'exit', by: '测试员', reason: '放行', commandId: 'pay-open-0001' }
  await lot.run.call('lane.open', act)
  await pay(numberOf(shown), 'now')
  await ask('DELETE', '/faults')
  await lot.leaves('exit')
  const held = await eventually(
    () => book(numberOf(shown)),
    (row) => row?.refundedFen === dueFen,
    { of: lot.of },
  )
  expect(held).toMatchObject({ paidFen: dueFen, refundedFen: dueFen })
  await eventually(
    () => rowsOf(plate),
    (rows) => rows.some((row) => row.kind === 'pay' && row.body.row === 'refundDone'),
    { of: lot.of },
  )
  expect(paidBy(plate)).toEqual([])
})

it.each([
  ['X14 another amount', 'wrongAmount', dueFen + 1],
  ['X12 paid twice', 'twice', 2 * dueFen],
])(
  '%s: the code opens nothing, and all goes back when the tag has paid',
  async (_name, how, paidFen) => {
    const { plate } = await standsAtExit()
    const first = await lot.until('exit', hasCode)
    const before = await opens()
    await pay(numberOf(first), how)
    // It becomes an item for a person, and the lane offers a new code.
    await lot.until('exit', (lane) => hasCode(lane) && numberOf(lane) !== numberOf(first))
    expect(await opens()).toBe(before)
    const odd = rowsOf(plate).find(
      (row) => row.kind === 'pay' && row.body.row === 'state' && row.body.state === 'odd',
    )
    expect(odd).toMatchObject({ body: { paidFen, reason: 'otherAmount' } })
    await tagPays(plate)
    const held = await eventually(
      () => book(numberOf(first)),
      (row) => row?.refundedFen === paidFen,
      { of: lot.of },
    )
    expect(held).toMatchObject({ paidFen })
  },
)

it('a charge by ETC goes back by parts: the platform reviews, a kill asks nothing twice, its books agree', async () => {
  const platform = present(harness.platform, 'the lot has a platform')
  const { stayId = '' } = present(rowsOf(`测A1234${cars}`)[0], 'the stay of the car')
  const at = ['--data', dir, '--stay', stayId]
  const charge = async (): Promise<PayAttemptView> => {
    const { rows } = await lot.run.call<{ rows: PayAttemptView[] }>('pay.attempts', { stayId })
    return present(
      rows.find(({ means, paidFen }) => means === 'etc' && paidFen > 0),
      'a charge',
    )
  }
  const book = (kind: string) =>
    platform.admin<{ rows: Record<string, unknown>[] }>('GET', `/books?kind=${kind}&limit=1000`)
  let asks = 0
  const steps = (wanted: readonly string[]): Promise<PayAttemptView> =>
    eventually(
      async () => {
        const commandId = `refund-retry-${++asks}`
        await lot.run.call('queue.retryNow', { by: '甲', reason: '查退款', commandId })
        return charge()
      },
      ({ refunds }) => JSON.stringify(refunds.map(({ state }) => state)) === JSON.stringify(wanted),
      { of: lot.of },
    )
  const { attemptNo, leftFen } = await charge()
  const ask = (fen: number, approvedBy: string) => {
    const money = ['--attempt', attemptNo, '--fen', String(fen)]
    const people = ['--by', '甲', '--approved-by', approvedBy, '--reason', '多收']
    return runToEnd(['pay', 'refund', ...at, ...money, ...people])
  }
  expect(await ask(100, '甲')).toMatchObject({ code: 2, json: { error: { code: 'PAY-03' } } })
  await platform.admin('POST', '/policy', { refunds: 'PENDING_REVIEW' })
  expect(await ask(100, '乙')).toMatchObject({ code: 0 })
  const first = present((await steps(['review'])).refunds[0], 'a refund').refundNo
  const to = (status: string) => platform.admin('POST', '/refunds', { outRefundNo: first, status })
  await to('ABNORMAL')
  await steps(['abnormal'])
  await lot.run.stop('SIGKILL')
  await to('APPROVED')
  await lot.start('exit')
  await steps(['approved'])
  await to('SUCCESS')
  await steps(['done'])
  await platform.admin('POST', '/policy', { refunds: 'REJECTED' })
  await ask(leftFen - 100, '乙')
  expect(await steps(['done', 'refused'])).toMatchObject({ leftFen: leftFen - 100 })
  await platform.admin('POST', '/policy', { refunds: 'SUCCESS' })
  await ask(leftFen - 100, '乙')
  expect(await steps(['done', 'refused', 'done'])).toMatchObject({ leftFen: 0 })
  expect(await ask(1, '乙')).toMatchObject({ json: { error: { code: 'PAY-03' } } })
  const ours = (await book('refunds')).rows.filter(({ outTradeNo }) => outTradeNo === attemptNo)
  expect(ours.map(({ refundFee, status }) => [refundFee, status])).toEqual([
    [100, 'SUCCESS'],
    [leftFen - 100, 'REJECTED'],
    [leftFen - 100, 'SUCCESS'],
  ])
  const charges = await book('exit-charges')
  const theirs = charges.rows.find(({ outTradeNo }) => outTradeNo === attemptNo)
  expect(theirs).toMatchObject({ refundedFee: leftFen, status: 'REFUNDED' })
  const listed = await runToEnd(['pay', 'attempts', ...at])
  expect(listed.json).toMatchObject({ rows: [{ attemptNo, leftFen: 0 }, {}, {}] })
})

it('the day is held against both bills: what each of them lacks or adds is an item until a person ends it', async () => {
  const platform = present(harness.platform, 'the lot has a platform')
  const view = (): Promise<DayView> => lot.run.call<DayView>('day.get')
  const { day, takings } = await view()
  const paidFen = (means: string): number =>
    takings.find((one) => one.means === means)?.amountFen ?? 0
  expect([paidFen('etc') > 0, paidFen('qr') > 0]).toEqual([true, true])
  const who = (commandId: string) => ({ by: '甲', reason: '每日对账', commandId })
  const hold = (commandId: string) =>
    lot.run.call<Line>('day.reconcile', { day, ...who(commandId) })
  // The platform makes its bill the next morning.
  expect(await hold('day-hold-0001')).toMatchObject({
    means: ['qr'],
    missing: ['etc', 'split'].map((means) => ({ means, reason: 'notYet 100002' })),
  })
  await platform.admin('POST', '/policy', { bills: 'atOnce' })
  const all = ['etc', 'split', 'qr']
  expect(await hold('day-hold-0002')).toMatchObject({ means: all, missing: [] })
  const fits = await view()
  expect(fits.books.slice(0, 2).map(({ state }) => state)).toEqual(['soFar', 'soFar'])
  await platform.admin('POST', '/policy', { bills: 'short' })
  await ask('POST', '/bills', { add: ['UNKNOWN-1'] })
  expect(await hold('day-hold-0003')).toMatchObject({ differences: 2 })
  expect(await hold('day-hold-0004')).toMatchObject({ differences: 2 })
  const planted = async () =>
    (await view()).items.filter(({ kind }) => kind === 'notInBill' || kind === 'notInLedger')
  const [etc, qr, ...more] = (await planted()).sort((a, b) => a.means.localeCompare(b.means))
  expect(more).toEqual([])
  expect(etc).toMatchObject({ means: 'etc', kind: 'notInBill', owner: '甲', end: null })
  expect(qr).toMatchObject({ means: 'qr', kind: 'notInLedger', owner: '甲', end: null })
  const end = (itemId = '', over: object, commandId: string) =>
    lot.run.call('day.end', { itemId, ...over, ...who(commandId) })
  const unsaid = end(qr?.itemId, { how: 'refunded' }, 'day-end-00001')
  await expect(unsaid).rejects.toThrow('DAY-01')
  await end(qr?.itemId, { how: 'refunded', refundMeans: 'cash' }, 'day-end-00002')
  // A corrected bill does not remove an item.
  await platform.admin('POST', '/policy', { bills: 'atOnce' })
  await ask('POST', '/bills', { add: [] })
  expect(await hold('day-hold-0005')).toMatchObject({ differences: 0 })
  const after = await view()
  expect(after.books.slice(0, 2).map(({ state }) => state)).toEqual(['differs', 'soFar'])
  expect(after.drawer.backFen).toBe(qr?.foundFen)
  await end(etc?.itemId, { how: 'explained', evidence: '账单第 2 行' }, 'day-end-00003')
  expect((await planted()).map((item) => item.end?.how).sort()).toEqual(['explained', 'refunded'])
})
