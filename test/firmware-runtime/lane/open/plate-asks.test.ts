// Drivers at the sign of an open lot, through the page of a gateway: by a plate the sum alone, then offers that pay it,
// once, whatever happens in between. Virtual time, the real client and the simulated gateway.
import { describe, expect, it } from 'vitest'
import { ControlActs } from '#base/desk/handlers/control-acts.ts'
import { payLeft } from '#money/desk/handlers/control-left.ts'
import { askBounds, PlateAsks } from '#lane/open/plate-asks.ts'
import { isSettled } from '#money/pure/pay/order.ts'
import { present } from '#base/pure/values/must.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import { SimGateway } from '#harness/lot/sim-gateway.ts'
import { VirtualTime } from '#harness/lot/virtual-time.ts'
import { broken } from '../../runtime/control/coupon-kit.ts'
import { startMs } from '../../runtime/control/control-kit.ts'
import { lateLot } from '../lot/late-scene.ts'

const hourMs = 3_600_000

/** A car that stood an hour in its space and left 10 min ago. */
function leftRows(n: number, plate: string | null, amountFen: number): RowDraft[] {
  const [fromMs, toMs] = [startMs - 4_200_000, startMs - 600_000 + n]
  const refs = { atMs: startMs, laneId: 'street', stayId: `n1-S${n}` }
  const text = { zh: '每 60 分钟 × 1', en: 'Every 60 min × 1' }
  const lines = [{ fromMs, toMs, rule: 'next', amountFen, text }] as const
  const stay = { plate, colour: 'blue', enteredAtMs: fromMs, noEntry: false, photo: null } as const
  const order = { tariffId: 't', fromMs, toMs, lines, plate, plateRaw: null }
  const spaceId = `P${n}`
  return [
    { kind: 'stayOpened', ...refs, body: { ...stay, spaceId } },
    { kind: 'spaceLeft', ...refs, body: { spaceId, leftAtMs: toMs, seenAtMs: toMs, by: 'space' } },
    { kind: 'orderMade', ...refs, orderId: `n1-O${n}`, amountFen, body: order },
  ]
}

function street() {
  const time = new VirtualTime()
  const gateway = new SimGateway(time.clock, () => startMs + Math.floor(time.nowUs / 1000))
  const lot = lateLot('online', 'lane', { time, gateway: gateway.reach() })
  const { runtime, ledger } = lot
  runtime.append(leftRows(901, '测A12345', 600))
  runtime.append(leftRows(902, null, 300))
  runtime.append(leftRows(903, '测A12345', 200))
  runtime.append(leftRows(904, '测B00001', 400))
  const asks = new PlateAsks({
    lot: runtime.lot,
    payments: present(runtime.payments, 'a gateway'),
    mono: time.clock,
    monoMs: () => Math.floor(time.nowUs / 1000),
  })
  asks.start()
  const runMs = (ms: number): void => void time.runTo(time.nowUs + ms * 1000)
  // The gateway's capabilities come first.
  runMs(61_000)
  const type = (plate: string, wants: 'sum' | 'pay' = 'sum', visitor = 'phone-1') =>
    gateway.model.page.type(plate, visitor, wants)
  const asked = (...given: Parameters<typeof type>) => {
    const ask = type(...given)
    runMs(3_200)
    return ask.answer
  }
  const charged = (n: number, amountFen: number): void => {
    const refs = { stayId: `n1-S${n}`, orderId: `n1-O${n}`, deductionId: `n1-O${n}.D1` }
    const body = { chargeMode: 'online', outTradeNo: `D${n}`, plate: null, colour: 'blue' } as const
    runtime.append([
      {
        kind: 'intent',
        atMs: runtime.nowMs(),
        ...refs,
        amountFen,
        body: { ...body, obuId: 'o', cardNo: 'c' },
      },
    ])
  }
  const acts = new ControlActs(runtime, time.clock)
  let acted = 0
  const desk = (n: number, amountFen: number) => {
    const who = { commandId: `desk-${++acted}`, by: '收费员', reason: '现金' }
    const args = { orderId: `n1-O${n}`, means: 'cash', amountFen, ...who } as const
    return payLeft(runtime, acts, args, 'attendant')
  }
  const payments = () =>
    ledger.list.flatMap((row) =>
      row.kind === 'payment' ? [[row.orderId, row.body.means, row.amountFen]] : [],
    )
  /** Two days later the gateway holds what the ledger says. */
  const judge = (): void => {
    asks.stop()
    runMs(48 * hourMs)
    for (const { order } of runtime.lot.pays.values()) expect(isSettled(order)).toBe(true)
    const byCode = ledger.list.flatMap((row) =>
      row.kind === 'payment' && row.body.means === 'qr' ? [row.amountFen ?? 0] : [],
    )
    expect(gateway.keptFen).toBe(byCode.reduce((sum, fen) => sum + fen, 0))
    expect(broken(ledger.list)).toEqual([])
  }
  return { ...lot, gateway, asks, runMs, type, asked, charged, desk, payments, judge }
}

const sum = (sumFen: number) => ({ result: 'owes', sumFen, attemptNos: [] })
const nothing = { result: 'nothing', sumFen: 0, attemptNos: [] }
const later = { result: 'later', sumFen: 0, attemptNos: [] }

describe('by a plate', () => {
  it.each([
    ['all its orders', '测A12345', sum(800)],
    ['small letters and a space', '测 a12345', sum(800)],
    ['another car', '测B00001', sum(400)],
    ['a plate beside it', '测A12346', nothing],
    ['no plate', '???', nothing],
    ['nothing typed', '', nothing],
  ])('%s', (_what, plate, answer) => {
    const lot = street()
    expect(lot.asked(plate)).toEqual(answer)
    expect(lot.payments()).toEqual([])
    expect(lot.ledger.list.filter(({ kind }) => kind === 'pay')).toEqual([])
  })

  it('a charge by ETC without a result is not asked for', () => {
    const lot = street()
    lot.charged(904, 400)
    expect(lot.asked('测B00001', 'pay')).toEqual(later)
    lot.charged(901, 600)
    expect(lot.asked('测A12345')).toEqual(sum(200))
  })

  it('a phone may ask for few plates, and all phones for few that owe nothing', () => {
    const lot = street()
    const tries = Array.from({ length: askBounds.perPhone }, (_, n) => `测C0000${n}`)
    for (const plate of tries) expect(lot.asked(plate)).toEqual(nothing)
    expect(lot.asked('测A12345')).toEqual(later)
    // The same plate again is no further try.
    expect(lot.asked('测C00000')).toEqual(nothing)
    for (let n = tries.length; n < askBounds.nothings; n++)
      expect(lot.asked(`测D000${String(n).padStart(2, '0')}`, 'sum', `phone-${n}`)).toEqual(nothing)
    expect(lot.asked('测D99999', 'sum', 'phone-x')).toEqual(later)
    lot.runMs(askBounds.withinMs)
    expect(lot.asked('测A12345')).toEqual(sum(800))
  })
})

it('all phones may ask for so many plates, also for one that owes', () => {
  const lot = street()
  for (let n = 0; n < askBounds.all; n++) lot.type('测A12345', 'sum', `phone-${n}`)
  lot.runMs(3_200 * (askBounds.all / 50 + 1))
  expect(lot.asked('测A12345', 'sum', 'phone-x')).toEqual(later)
  expect(lot.asked('测A12345', 'sum', 'phone-1')).toEqual(sum(800))
})

it('an answer that comes after the stop makes no offer', () => {
  const lot = street()
  lot.gateway.faults.add({ at: 'GET /v1/asks', when: 'after', do: 'delay', ms: 2_000 })
  lot.type('测B00001', 'pay')
  lot.runMs(3_200)
  lot.asks.stop()
  lot.runMs(10_000)
  expect(lot.ledger.list.filter(({ kind }) => kind === 'pay')).toEqual([])
})

describe('who pays', () => {
  it('gets one offer for each order, and each is paid once', () => {
    const lot = street()
    const { attemptNos = [] } = lot.asked('测A12345', 'pay') ?? {}
    expect(attemptNos).toHaveLength(2)
    for (const no of attemptNos) expect(lot.gateway.scan(no)).toBe(true)
    lot.runMs(10_000)
    expect(lot.payments()).toEqual([
      ['n1-O901', 'qr', 600],
      ['n1-O903', 'qr', 200],
    ])
    expect(lot.asked('测A12345', 'pay')).toEqual(nothing)
    lot.judge()
  })

  it('presses twice: the same offers', () => {
    const lot = street()
    const first = lot.asked('测B00001', 'pay')
    expect(lot.asked('测B00001', 'pay')).toEqual(first)
    lot.judge()
    expect(lot.payments()).toEqual([])
  })

  it.each<[string, (lot: ReturnType<typeof street>, no: string) => void]>([
    ['whose code is shown', () => undefined],
    [
      'who pays the code as well, before the gateway is asked',
      ({ gateway }, no) => gateway.scan(no),
    ],
    ['whose code ran out a moment ago', ({ runMs }) => runMs(91_000)],
    [
      'whose gateway is silent since',
      ({ gateway, runMs }) => {
        gateway.faults.add({ at: '*', when: 'before', do: 'drop', times: 20 })
        runMs(20_000)
      },
    ],
  ])('the desk takes cash of a driver %s: once, and the offer ends', (_what, meanwhile) => {
    const lot = street()
    const [no = ''] = lot.asked('测B00001', 'pay')?.attemptNos ?? []
    meanwhile(lot, no)
    expect(lot.desk(904, 400)).toMatchObject({ ok: true, repeated: false })
    lot.runMs(20_000)
    lot.gateway.scan(no, { anyway: true })
    lot.judge()
    expect(lot.payments()).toEqual([['n1-O904', 'cash', 400]])
    expect(() => lot.desk(904, 400)).toThrow('COUPON-08')
  })

  it('the desk does not take cash while a gantry charges it', () => {
    const lot = street()
    lot.asked('测B00001', 'pay')
    lot.charged(904, 400)
    expect(() => lot.desk(904, 400)).toThrow('LANE-02')
    expect(lot.payments()).toEqual([])
  })

  it('is charged by a gantry meanwhile: the offer is closed', () => {
    const lot = street()
    const [no = ''] = lot.asked('测B00001', 'pay')?.attemptNos ?? []
    lot.charged(904, 400)
    expect(lot.asked('测B00001', 'pay')).toEqual(later)
    lot.runMs(20_000)
    lot.gateway.scan(no, { anyway: true })
    lot.runMs(60_000)
    expect(lot.payments()).toEqual([])
  })

  it('does not pay: the offer ends by itself, and the next one is fresh', () => {
    const lot = street()
    const first = lot.asked('测B00001', 'pay')?.attemptNos
    lot.runMs(200_000)
    const second = lot.asked('测B00001', 'pay')?.attemptNos
    expect(second).toHaveLength(1)
    expect(second).not.toEqual(first)
    lot.judge()
  })

  it('is answered later where the gateway is silent, and no offer is left behind', () => {
    const lot = street()
    lot.gateway.faults.add({ at: 'POST /v1/offers', when: 'before', do: 'drop', times: 0 })
    lot.asked('测B00001', 'pay')
    lot.runMs(200_000)
    expect(lot.payments()).toEqual([])
    lot.judge()
  })
})

it('a gateway without a page is asked nothing', () => {
  const lot = street()
  lot.gateway.model.policy.hostsPage = false
  lot.runtime.payments?.link.ask()
  lot.runMs(10_000)
  const ask = lot.type('测A12345')
  lot.runMs(60_000)
  expect(ask.answer).toBeNull()
})
