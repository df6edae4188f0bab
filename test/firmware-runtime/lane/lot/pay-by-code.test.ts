// A driver shows a payment code and a scanner reads it: charged by the gateway, opened on its paid row, with every unknown
// result queried and reversed. An open offer is abandoned first; nothing is charged twice.
import { describe, expect, it } from 'vitest'
import { present } from '#base/pure/values/must.ts'
import { act, loop } from '../pure/lane-bench.ts'
import { newCard } from './late-scene.ts'
import {
  carAtExit,
  heldFen,
  judge,
  leave,
  paidFen,
  rowsOf,
  runMs,
  together,
  waitForCode,
  words,
  type World,
} from './pay-lot.ts'

const wechat = '134567890123456789'
const payments = ({ runtime }: World) => present(runtime.payments, 'a gateway')
const scan = (world: World, code = wechat) => payments(world).scanned('exit', code)
const made = (world: World) =>
  rowsOf(world, 'pay').flatMap(({ body }) => (body.row === 'made' ? [body.way] : []))

describe('a payment code at the exit', () => {
  it.each(['card', 'online'] as const)('is charged in mode %s and opens the barrier', (mode) => {
    const world = carAtExit(mode)
    const { amountFen } = waitForCode(world)
    expect(scan(world)).toBeNull()
    runMs(world, 1_000)
    expect(world.lane.state.name).toBe('opening')
    expect(rowsOf(world, 'payment')).toMatchObject([{ amountFen, body: { means: 'qr', by: null } }])
    const paid = rowsOf(world, 'payment')[0]?.seq ?? Infinity
    expect(rowsOf(world, 'pass')[0]?.seq).toBeGreaterThan(paid)
    leave(world)
    judge(world)
    expect(heldFen(world)).toBe(amountFen)
  })

  it('leaves the shown code in the transaction of the charge, before the gateway hears of it', () => {
    const world = carAtExit()
    waitForCode(world)
    scan(world)
    const group = together(
      world,
      (row) => row.kind === 'pay' && row.body.row === 'made' && row.body.way === 'charge',
    )
    expect(group).toEqual(['cancelling', 'made'])
    expect(made(world)).toEqual(['offer', 'charge'])
  })

  it('is taken as soon as the board says so: in the first moment of a process it does not', () => {
    const world = carAtExit()
    const isReady = (): boolean => payments(world).byCode(world.lane) === 'ready'
    world.time.runTo(world.time.nowUs + 60_000_000, isReady)
    expect(isReady()).toBe(true)
    expect(scan(world)).toBeNull()
  })

  it('the code itself is in no row', () => {
    const world = carAtExit()
    waitForCode(world)
    scan(world)
    runMs(world, 5_000)
    expect(JSON.stringify(world.ledger.list)).not.toContain(wechat.slice(2))
  })

  it('asks for a password: the driver reads so, no new offer ends it, and it pays', () => {
    const world = carAtExit()
    const { gateway, shown, lane, opens } = world
    const { amountFen } = waitForCode(world)
    gateway.model.policy.charges = 'paying'
    expect(scan(world)).toBeNull()
    expect(scan(world, '288888888888888888')).toBe('charging')
    expect(payments(world).byCode(lane)).toBe('running')
    expect(shown.at(-1)).toMatchObject({ page: { phrases: ['正在收款', '请留意手机'] } })
    runMs(world, 20_000)
    expect([opens.length, made(world)]).toEqual([0, ['offer', 'charge']])
    const [trade] = [...gateway.model.state.trades.values()].filter(({ way }) => way === 'charge')
    gateway.model.pay(present(trade, 'the charge'), amountFen, world.time.nowUs / 1000, false)
    runMs(world, 4_000)
    expect(opens).toHaveLength(1)
    leave(world)
    judge(world)
  })

  it('is given up after half a minute and reversed; a code is shown again, and late money goes back', () => {
    const world = carAtExit()
    const { gateway, opens, lane } = world
    waitForCode(world)
    gateway.model.policy.charges = 'paying'
    scan(world)
    runMs(world, 34_000)
    expect(words(world)).toContain('cancelling')
    expect(payments(world).byCode(lane)).toBe('failed')
    const again = waitForCode(world)
    expect(gateway.scan(again.text)).toBe(true)
    runMs(world, 4_000)
    expect(opens).toHaveLength(1)
    leave(world)
    judge(world)
    expect(heldFen(world)).toBe(again.amountFen)
  })

  it('an answer that was lost is queried, never charged again', () => {
    const world = carAtExit()
    const { gateway, opens } = world
    const { amountFen } = waitForCode(world)
    gateway.faults.add({ at: 'POST /v1/charges', when: 'after', do: 'drop' })
    scan(world)
    runMs(world, 12_000)
    expect(opens).toHaveLength(1)
    expect(made(world)).toEqual(['offer', 'charge'])
    leave(world)
    judge(world)
    expect(heldFen(world)).toBe(amountFen)
  })

  it.each(['cash', 'etc'] as const)(
    '%s beside it: one keeps its money, the other goes back',
    (means) => {
      const world = carAtExit()
      const { gateway, dispatch, antenna, opens } = world
      const { amountFen } = waitForCode(world)
      gateway.faults.add({ at: 'POST /v1/charges', when: 'after', do: 'drop' })
      scan(world)
      if (means === 'cash')
        dispatch({ type: 'settle', means, amountFen: null, givenFen: amountFen, act: act('s1') })
      else antenna.put(newCard(1))
      runMs(world, 500)
      expect(opens).toHaveLength(1)
      leave(world)
      judge(world)
      expect([paidFen(world), heldFen(world)]).toEqual([amountFen, 0])
    },
  )

  it('both codes are paid: the first opens, the second goes back once', () => {
    const world = carAtExit()
    const { gateway, opens } = world
    const { text, amountFen } = waitForCode(world)
    gateway.faults.add({ at: 'POST /v1/attempts/{attemptNo}/cancel', when: 'before', do: 'drop' })
    scan(world)
    gateway.scan(text, { anyway: true })
    runMs(world, 10_000)
    expect(opens).toHaveLength(1)
    leave(world)
    judge(world)
    expect([paidFen(world), heldFen(world)]).toEqual([amountFen, amountFen])
    const backs = rowsOf(world, 'pay').filter(({ body }) => body.row === 'refund')
    expect(backs).toHaveLength(1)
  })
})

describe('is refused, and the lane goes on', () => {
  it.each(['', '12345', 'https://example.test', '7'.repeat(3_000)])('%j', (text) => {
    const world = carAtExit()
    const before = (waitForCode(world), world.ledger.list.length)
    expect(scan(world, text)).toBe('rubbish')
    expect(world.ledger.list).toHaveLength(before)
    expect(scan(world)).toBeNull()
  })

  it('without a car, in another lane, and once it is paid', () => {
    const world = carAtExit()
    waitForCode(world)
    expect(payments(world).scanned('none', wechat)).toBe('noCar')
    scan(world)
    runMs(world, 1_000)
    expect(scan(world)).toBe('notNow')
    leave(world)
    world.dispatch(loop('under', 'off'))
    expect(scan(world)).toBe('noCar')
    judge(world)
  })
})
