// A scanner at an exit without an attendant: a payment code pays for the car that waits; everything else is refused with
// its code, shown for a moment, and changes nothing.
import { describe, expect, it } from 'vitest'
import { LaneScans } from '#money/desk/till/lane-scans.ts'
import { present } from '#base/pure/values/must.ts'
import {
  carAtExit,
  codeOf,
  heldFen,
  judge,
  leave,
  rowsOf,
  runMs,
  waitForCode,
  type World,
} from '../../../lane/lot/pay-lot.ts'

const wechat = '134567890123456789'
const scanner = { id: 'exit-scan', link: 'serial:/tmp/scanner', lane: 'exit' }

function scans(world: World) {
  const made = new LaneScans(world.runtime, [scanner], world.time.clock)
  const traces: string[] = []
  world.runtime.events.listen(({ type, detail }) => {
    if (type === 'fault') traces.push(detail)
  })
  return { made, traces, reads: (text: string) => made.took(scanner, { type: 'read', text }) }
}
const lastPage = ({ shown }: World) => present(shown.at(-1), 'a page').page.phrases

describe('a code that a driver shows to the scanner', () => {
  it.each(['card', 'online'] as const)('pays in mode %s, opens, and nobody did it', (mode) => {
    const world = carAtExit(mode)
    const { amountFen } = waitForCode(world)
    const { reads, made } = scans(world)
    reads(wechat)
    runMs(world, 1_000)
    expect(world.lane.state.name).toBe('opening')
    expect(rowsOf(world, 'payment')).toMatchObject([{ amountFen, body: { means: 'qr', by: null } }])
    expect(rowsOf(world, 'audit')).toEqual([])
    expect(made.lastOf('exit')).toBeUndefined()
    leave(world)
    judge(world)
    expect(heldFen(world)).toBe(amountFen)
  })

  it('shown again while it is charged changes nothing, and the display keeps its words', () => {
    const world = carAtExit()
    world.gateway.model.policy.charges = 'paying'
    waitForCode(world)
    const { reads, made } = scans(world)
    reads(wechat)
    reads('288888888888888888')
    expect(made.lastOf('exit')).toMatchObject({ code: 'SCAN-02', note: 'charging' })
    expect(lastPage(world)).toEqual(['正在收款', '请留意手机'])
  })
})

describe('a scanner that is unplugged', () => {
  const plug = (made: LaneScans, isUp: boolean) =>
    made.took(scanner, { type: 'scannerState', isUp })

  it('is not called ready, and is again when it is back', () => {
    const world = carAtExit()
    waitForCode(world)
    const { made } = scans(world)
    const byCode = () => present(world.runtime.payments, 'payments').byCode(world.lane)
    expect(byCode()).toBe('noScanner')
    plug(made, true)
    expect([byCode(), made.notices()]).toEqual(['ready', []])
    plug(made, false)
    expect([byCode(), made.notices()]).toEqual([
      'noScanner',
      [{ code: 'SCAN-04', note: 'exit-scan' }],
    ])
    plug(made, true)
    expect(byCode()).toBe('ready')
  })

  it('strands its car where the gateway makes no code to be scanned: the driver reads whom to call', () => {
    const world = carAtExit()
    world.gateway.model.policy.makesCodes = false
    const { made } = scans(world)
    const payments = present(world.runtime.payments, 'payments')
    plug(made, true)
    world.time.runTo(world.time.nowUs + 60_000_000, () => payments.byCode(world.lane) === 'ready')
    runMs(world, 60_000)
    expect([payments.byCode(world.lane), payments.isStranded('exit')]).toEqual(['ready', false])
    plug(made, false)
    runMs(world, 40_000)
    expect([payments.byCode(world.lane), payments.isStranded('exit')]).toEqual(['noScanner', true])
    expect(lastPage(world)).toEqual(expect.arrayContaining(['暂不能扫码付款', '请联系值班员']))
    plug(made, true)
    expect(payments.isStranded('exit')).toBe(false)
    expect(lastPage(world)).not.toContain('暂不能扫码付款')
  })
})

describe('is refused, shown and told', () => {
  it.each([
    ['https://qr.alipay.com/fkx012345', 'SCAN-01', 'ht… 31'],
    ['ETCR1:ABC', 'SCAN-01', '??… 9'],
    ['1345', 'SCAN-01', '13… 4'],
  ])('%s', (text, code, note) => {
    const world = carAtExit()
    waitForCode(world)
    const { reads, made, traces } = scans(world)
    reads(text)
    expect(made.lastOf('exit')).toMatchObject({ code, note: note.replace('ht', '??') })
    expect(traces).toEqual([`${code} ${note.replace('ht', '??')} exit-scan`])
    expect(lastPage(world)).toEqual(['未识别付款码', '请重新出示'])
    expect(rowsOf(world, 'pay').filter(({ body }) => body.row === 'made')).toHaveLength(1)
    runMs(world, 4_100)
    expect(world.shown.at(-1)).toMatchObject({ do: 'showPay', url: codeOf(world)?.text })
    runMs(world, 56_000)
    expect(made.lastOf('exit')).toBeUndefined()
  })

  it('half a code', () => {
    const world = carAtExit()
    waitForCode(world)
    const { made, traces } = scans(world)
    made.took(scanner, { type: 'notRead', why: 'half' })
    expect(made.lastOf('exit')).toMatchObject({ code: 'SCAN-03', note: 'half' })
    expect(traces).toEqual(['SCAN-03 half exit-scan'])
  })

  it('a code when no car waits to pay: what the lane says comes back', () => {
    const world = carAtExit()
    waitForCode(world)
    const { reads, made } = scans(world)
    reads(wechat)
    runMs(world, 1_000)
    const rows = world.ledger.list.length
    reads('288888888888888888')
    expect(made.lastOf('exit')).toMatchObject({ code: 'SCAN-02', note: 'notNow' })
    expect(lastPage(world)).toEqual(['现在不收款'])
    runMs(world, 4_100)
    expect(lastPage(world).join(' ')).toContain('一路顺风')
    expect(world.ledger.list).toHaveLength(rows)
  })

  it('X11 rubbish all the time is one line a second, with how many', () => {
    const world = carAtExit()
    const { reads, traces } = scans(world)
    for (let i = 0; i < 5; i++) reads(`rubbish ${i}`)
    expect(traces).toHaveLength(1)
    runMs(world, 1_100)
    reads('rubbish')
    expect(traces[1]).toBe('SCAN-01 ??… 7 exit-scan +4')
  })
})

it('one that is not there is named until it is', () => {
  const { made } = scans(carAtExit())
  expect(made.notices()).toEqual([{ code: 'SCAN-04', note: 'exit-scan' }])
  made.took(scanner, { type: 'scannerState', isUp: true })
  expect(made.notices()).toEqual([])
})
