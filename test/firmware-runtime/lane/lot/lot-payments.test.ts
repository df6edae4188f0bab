// A lot with a payment gateway: a car that ETC could not charge scans a code and leaves without an attendant. Whatever
// happens in between, one means keeps its money and every other gives it back. Virtual time, one exit.
import { describe, expect, it } from 'vitest'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { present } from '#base/pure/values/must.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { act, loop, plate, plateEvent } from '../pure/lane-bench.ts'
import { newCard } from './late-scene.ts'
import {
  hourUs,
  carAtExit,
  codeOf,
  waitForCode,
  runMs,
  rowsOf,
  words,
  paidFen,
  judge,
  attempt,
  together,
  leave,
  heldFen,
} from './pay-lot.ts'

describe('a car that ETC cannot charge', () => {
  it.each(['card', 'online'] as const)('is offered a code in mode %s, pays and goes', (mode) => {
    const world = carAtExit(mode)
    const { lane, opens, gateway, shown } = world
    const { text, amountFen } = waitForCode(world)
    expect(lane.state).toMatchObject({ name: 'manual', car: { manual: 'obuNotRead' } })
    expect(shown.at(-1)).toMatchObject({
      do: 'showPay',
      url: text,
      amountFen,
      page: {
        phrases: ['扫码支付', `${amountFen / 100}元`],
        speech: expect.stringContaining('请缴费'),
      },
    })
    runMs(world, 10_000)
    expect(opens).toEqual([])
    expect(gateway.scan(text)).toBe(true)
    // Queries are three seconds apart; the next one finds the payment.
    runMs(world, 3_200)
    expect(lane.state.name).toBe('opening')
    expect(opens).toHaveLength(1)
    expect(shown.at(-1)).toMatchObject({ do: 'show', page: { tone: 'go' } })
    expect(words(world)).toEqual(['made', 'pending', 'paid', `by ${attempt(world)}`])
    const [payment] = rowsOf(world, 'payment')
    expect(payment).toMatchObject({
      amountFen,
      laneId: 'exit',
      stayId: 'n1-S1',
      body: { means: 'qr', by: null, reason: attempt(world) },
    })
    const pass = present(rowsOf(world, 'pass')[0], 'a pass')
    expect(pass.seq).toBeGreaterThan(payment?.seq ?? Infinity)
    judge(world)
  })
})

describe('another means than the code', () => {
  it.each(['card', 'online'] as const)('ETC heals in mode %s: the code is left first', (mode) => {
    const world = carAtExit(mode)
    const { antenna, lane, gateway, opens } = world
    const { text, amountFen } = waitForCode(world)
    const card = newCard(1)
    antenna.put(card)
    runMs(world, 500)
    expect(lane.state.name).toBe('opening')
    const isLast = (row: LedgerRow) => row === rowsOf(world, 'intent').at(-1)
    expect(together(world, isLast)).toEqual(expect.arrayContaining(['intent', 'cancelling']))
    expect(together(world, (row) => row.kind === 'payment')).toContain('orderPaid')
    expect(paidFen(world)).toBe(amountFen)
    // The driver's phone still shows the code, and the gateway accepts a payment for it.
    gateway.scan(text, { anyway: true })
    runMs(world, 5_000)
    expect(opens).toHaveLength(1)
    leave(world)
    judge(world)
    expect(heldFen(world)).toBe(0)
    const backs = rowsOf(world, 'pay').filter(({ body }) => body.row === 'refund')
    expect(backs).toMatchObject([
      { body: { refundNo: `${attempt(world)}R1`, amountFen, why: 'late', requestedBy: null } },
    ])
  })

  it('waits for a charge that runs, and pays when that was refused', () => {
    const world = carAtExit('online')
    const { antenna, lane, gateway, platform, runtime } = world
    const { text } = waitForCode(world)
    platform.silence = 'answers'
    gateway.scan(text)
    antenna.put(newCard(1))
    runMs(world, 300)
    expect(lane.state.name).toBe('charging')
    expect(words(world)).toContain('paid')
    expect(paidFen(world)).toBe(0)
    const { deductionId = '' } = present(rowsOf(world, 'intent')[0], 'an intent')
    const refused = { result: 'refused', reason: 'insufficient', receipt: null } as const
    runtime.dispatch('exit', { type: 'charge', deductionId, ...refused })
    runMs(world, 500)
    expect(lane.state.name).toBe('opening')
    expect(together(world, (row) => row.kind === 'outcome')).toEqual(
      expect.arrayContaining(['outcome', 'orderPaid', 'payment']),
    )
    expect(rowsOf(world, 'payment')).toMatchObject([{ body: { means: 'qr' } }])
  })

  it('an attendant takes cash: the code is left in the same transaction', () => {
    const world = carAtExit()
    const { dispatch, gateway } = world
    const { text, amountFen } = waitForCode(world)
    gateway.faults.add({ at: 'POST /v1/attempts/{attemptNo}/cancel', when: 'before', do: 'drop' })
    dispatch({ type: 'settle', means: 'cash', amountFen: null, act: act('s1') })
    expect(together(world, ({ kind }) => kind === 'payment')).toEqual(
      expect.arrayContaining(['payment', 'pass', 'orderPaid', 'cancelling']),
    )
    // The cancel request was lost: the driver can still pay, and gets the money back.
    expect(gateway.scan(text)).toBe(true)
    leave(world)
    judge(world)
    expect([paidFen(world), heldFen(world)]).toEqual([amountFen, 0])
  })

  it('X13 an attendant opens by hand: what comes late goes back', () => {
    const world = carAtExit()
    const { dispatch, gateway } = world
    const { text } = waitForCode(world)
    dispatch({ type: 'openByHand', act: act('h1') })
    gateway.scan(text, { anyway: true })
    leave(world)
    judge(world)
    expect([paidFen(world), heldFen(world)]).toEqual([0, 0])
  })

  it('goes back into the lot: the code is left, and money that comes late counts for its stay', () => {
    const world = carAtExit()
    const { dispatch, gateway, runtime, lane, opens } = world
    const { text, amountFen } = waitForCode(world)
    gateway.faults.add({ at: 'POST /v1/attempts/{attemptNo}/cancel', when: 'before', do: 'drop' })
    dispatch(loop('arrive', 'off'))
    expect(words(world)).toEqual(['made', 'pending', 'cancelling'])
    gateway.scan(text)
    runMs(world, 10_000)
    expect(runtime.lot.stays.get('n1-S1')?.orders[0]?.paidFen).toBe(amountFen)
    dispatch(loop('arrive', 'on'))
    dispatch(plateEvent(plate))
    runMs(world, 500)
    expect([lane.state.name, opens.length]).toEqual(['opening', 1])
    leave(world)
    judge(world)
    expect(paidFen(world)).toBe(amountFen)
  })

  it('comes back for a new price: money of the old code goes back', () => {
    const world = carAtExit()
    const { dispatch, gateway } = world
    const first = waitForCode(world)
    gateway.faults.add({
      at: 'POST /v1/attempts/{attemptNo}/cancel',
      when: 'before',
      do: 'drop',
      times: 99,
    })
    dispatch(loop('arrive', 'off'))
    runMs(world, 121_000)
    dispatch(loop('arrive', 'on'))
    dispatch(plateEvent(plate))
    const second = waitForCode(world)
    expect(second.text).not.toBe(first.text)
    gateway.scan(first.text, { anyway: true })
    gateway.scan(second.text)
    runMs(world, 10_000)
    leave(world)
    judge(world)
    expect([paidFen(world), heldFen(world)]).toEqual([second.amountFen, second.amountFen])
  })
})

describe('a gateway that misbehaves', () => {
  it('is silent: nothing is shown, the same number is offered again, and the code comes', () => {
    const world = carAtExit()
    const { time, gateway, lane } = world
    time.runTo(time.nowUs + 5_000_000, () => lane.state.name === 'manual')
    gateway.isCut = true
    runMs(world, 30_000)
    expect(codeOf(world)).toBe(null)
    gateway.isCut = false
    waitForCode(world)
    expect(words(world).filter((word) => word === 'made')).toHaveLength(1)
    gateway.scan(present(codeOf(world), 'a code').text)
    runMs(world, 4_000)
    expect(lane.state.name).toBe('opening')
    judge(world)
  })

  it('is dead: told as silent since then, the driver is sent to a person, and all of it ends with it', () => {
    const world = carAtExit()
    const { time, gateway, lane, shown } = world
    const payments = present(world.runtime.payments, 'payments')
    time.runTo(time.nowUs + 5_000_000, () => lane.state.name === 'manual')
    gateway.isCut = true
    runMs(world, 100)
    expect(payments.byCode(lane)).toBe('asking')
    runMs(world, 6_000)
    expect([payments.byCode(lane), payments.isStranded('exit')]).toEqual(['silent', false])
    expect(payments.silentSinceMs(lane)).not.toBeNull()
    expect(payments.scanned('exit', '134567890123456781')).toBe('noGateway')
    expect(payments.notices()).toEqual([])
    runMs(world, 30_000)
    expect([payments.byCode(lane), payments.isStranded('exit')]).toEqual(['silent', true])
    expect(payments.notices()).toMatchObject([{ code: 'PAY-04' }])
    expect(shown.at(-1)).toMatchObject({
      do: 'show',
      page: { phrases: expect.arrayContaining(['暂不能扫码付款', '请联系值班员']) },
    })
    gateway.isCut = false
    waitForCode(world)
    runMs(world, 1_000)
    expect([payments.byCode(lane), payments.isStranded('exit')]).toEqual(['ready', false])
    expect([payments.silentSinceMs(lane), payments.notices()]).toEqual([null, []])
    expect(shown.at(-1)).toMatchObject({ do: 'showPay' })
  })

  it('is offered on no board and no display while the disk takes no row, and again when it does', () => {
    const world = carAtExit()
    const { lane, shown, runtime } = world
    const payments = present(runtime.payments, 'payments')
    const code = waitForCode(world)
    runMs(world, 1_000)
    expect([payments.shownCode(lane)?.text, shown.at(-1)?.do]).toEqual([code.text, 'showPay'])
    Object.assign(world.ledger, { fault: new LaneFault('DATA-02') })
    expect(() =>
      runtime.append([{ kind: 'event', atMs: 1, body: { type: 'photosBack', detail: '' } }]),
    ).toThrow('DATA-02')
    runMs(world, 1_000)
    world.dispatch(loop('arrive', 'on'))
    expect([payments.shownCode(lane), shown.at(-1)?.do]).toEqual([null, 'show'])
    Object.assign(world.ledger, { fault: null })
    runMs(world, 11_000)
    expect([payments.shownCode(lane)?.text, shown.at(-1)?.do]).toEqual([code.text, 'showPay'])
  })

  it('dies with no car about: told within the idle wait and a charge, gone when it is back', () => {
    const world = carAtExit()
    const { gateway } = world
    const payments = present(world.runtime.payments, 'payments')
    gateway.scan(waitForCode(world).text)
    runMs(world, 4_000)
    leave(world)
    // A decided attempt is queried again after 1, 5 and 15 minutes, 1 hour and 6 hours, and then no more.
    for (let minute = 0; minute < 8 * 60; minute++) runMs(world, 60_000)
    expect(payments.notices()).toEqual([])
    gateway.isCut = true
    for (let minute = 0; minute < 16; minute++) runMs(world, 60_000)
    expect(payments.notices()).toMatchObject([{ code: 'PAY-04' }])
    gateway.isCut = false
    runMs(world, 61_000)
    expect(payments.notices()).toEqual([])
  })

  it('dies while a scan runs: its end is unknown, never "not paid", until the gateway says it', () => {
    const world = carAtExit()
    const { gateway, lane, shown } = world
    const payments = present(world.runtime.payments, 'payments')
    waitForCode(world)
    gateway.faults.add({ at: 'POST /v1/charges', when: 'after', do: 'drop' })
    expect(payments.scanned('exit', '134567890123456781')).toBe(null)
    runMs(world, 100)
    gateway.isCut = true
    runMs(world, 10_000)
    expect(payments.byCode(lane)).toBe('running')
    expect(payments.silentSinceMs(lane)).not.toBeNull()
    for (let sec = 0; sec < 90; sec++) {
      runMs(world, 1_000)
      expect(['running', 'unknown']).toContain(payments.byCode(lane))
    }
    expect(payments.byCode(lane)).toBe('unknown')
    expect(payments.isStranded('exit')).toBe(true)
    expect(shown.at(-1)).toMatchObject({
      do: 'show',
      page: { phrases: ['付款结果待确认', '请联系值班员'] },
    })
    gateway.isCut = false
    runMs(world, 70_000)
    expect(lane.state.name).toBe('opening')
    expect(paidFen(world)).toBe(heldFen(world))
    leave(world)
    judge(world)
  })

  it('X14 took another amount: an item, no open barrier, and a code anew', () => {
    const world = carAtExit()
    const { gateway, opens, runtime, lane } = world
    const { text, amountFen } = waitForCode(world)
    gateway.scan(text, { fen: amountFen - 1 })
    runMs(world, 10_000)
    expect(opens).toEqual([])
    const [known] = runtime.lot.pays.values()
    expect(known?.order.attempts[0]).toMatchObject({ state: 'odd', item: 'otherAmount' })
    const again = waitForCode(world)
    expect(again.text).not.toBe(text)
    gateway.scan(again.text)
    runMs(world, 5_000)
    expect(lane.state.name).toBe('opening')
    leave(world)
    judge(world)
    expect(paidFen(world)).toBe(amountFen)
  })

  it('X12 took it twice: one keeps, and the other is an item of a person', () => {
    const world = carAtExit()
    const { gateway, runtime, time, opens } = world
    const { text, amountFen } = waitForCode(world)
    gateway.scan(text)
    runMs(world, 4_000)
    gateway.scan(text)
    leave(world)
    time.runTo(time.nowUs + hourUs)
    expect(opens).toHaveLength(1)
    expect([paidFen(world), heldFen(world)]).toEqual([amountFen, 2 * amountFen])
    const [known] = runtime.lot.pays.values()
    expect(known?.order.attempts[0]).toMatchObject({ state: 'odd', item: 'otherAmount' })
  })

  it('lets a code run out: the next one is shown, under the next number', () => {
    const world = carAtExit()
    const { gateway, lane } = world
    const first = waitForCode(world)
    runMs(world, 91_000)
    const next = waitForCode(world)
    expect([first.text.slice(-2), next.text.slice(-2)]).toEqual(['P1', 'P2'])
    gateway.scan(next.text)
    runMs(world, 4_000)
    expect(lane.state.name).toBe('opening')
    judge(world)
  })

  it('refuses every offer: it is asked ever more rarely', () => {
    const world = carAtExit()
    const { gateway } = world
    gateway.faults.add({
      at: 'POST /v1/offers',
      when: 'before',
      do: 'status',
      times: 999,
      status: 503,
    })
    gateway.model.policy.foundBeforeScan = false
    runMs(world, 600_000)
    const made = words(world).filter((word) => word === 'made').length
    expect(made).toBeGreaterThan(2)
    expect(made).toBeLessThan(15)
  })
})

describe('the end of a day', () => {
  it('finds what nobody has decided, and a restart goes on with the rows alone', () => {
    const world = carAtExit()
    const { gateway, time, runtime, ledger } = world
    waitForCode(world)
    gateway.isCut = true
    world.dispatch(loop('arrive', 'off'))
    time.runTo(time.nowUs + 30 * hourUs, () => false)
    runtime.lookAtClock()
    world.dispatch(loop('arrive', 'off'))
    const [known] = runtime.lot.pays.values()
    expect(known?.order.attempts[0]?.item).toMatch(/openAtDayEnd|cancelUnanswered/)
    runtime.stop()
    gateway.isCut = false
    const next = { ...world, ...world.begin(ledger) }
    judge(next)
    const [after] = next.runtime.lot.pays.values()
    expect(after?.order.attempts[0]).toMatchObject({ state: 'closed', item: null })
  })
})
