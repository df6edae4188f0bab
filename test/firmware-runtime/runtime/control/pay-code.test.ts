// The call of a desk whose scanner read a payment code: which calls are refused and with which code, and that the payment
// code is stored nowhere. How the gateway charges it: app/lot/pay-by-code.
import { expect, it } from 'vitest'
import { ControlActs } from '#base/desk/handlers/control-acts.ts'
import * as pay from '../../lane/lot/pay-lot.ts'
import { carAtExit, makeLot } from './control-kit.ts'

const who = { commandId: 'command-0001', by: '测试员', reason: '扫码' }
const code = '134567890123456789'

it('without a gateway every code is refused with SCAN-02, and cash is taken after it', async () => {
  const lot = makeLot()
  carAtExit(lot)
  const args = { laneId: 'exit', ...who }
  expect(await lot.control.call('lane.payCode', { ...args, code }, 'attendant')).toMatchObject({
    error: { code: 'SCAN-02', field: '/laneId' },
  })
  expect(JSON.stringify(lot.ledger.list)).not.toContain(code)
  const cash = { ...args, means: 'cash' }
  expect(await lot.control.call('lane.settle', cash, 'attendant')).toMatchObject({ ok: true })
})

it.each(['', 'x'.repeat(101)])('%j is no argument of the call', async (text) => {
  const lot = makeLot()
  carAtExit(lot)
  const args = { laneId: 'exit', code: text, ...who }
  expect(await lot.control.call('lane.payCode', args, 'attendant')).toMatchObject({
    error: { code: 'API-01', field: '/code' },
  })
})

it('a lane that is none is refused by name', async () => {
  const args = { laneId: 'north', code, ...who }
  expect(await makeLot().control.call('lane.payCode', args, 'attendant')).toMatchObject({
    error: { code: 'LANE-01' },
  })
})

it('with one it is charged once under its id; the code is kept nowhere, its audit says two digits', () => {
  const world = pay.carAtExit()
  pay.waitForCode(world)
  const acts = new ControlActs(world.runtime, world.time.clock)
  const args = { laneId: 'exit', code, ...who }
  expect(() => acts.payCode({ ...args, code: '12345' }, 'attendant')).toThrow(/SCAN-01/)
  expect(acts.payCode(args, 'attendant')).toEqual({ ok: true, repeated: false })
  expect(acts.payCode(args, 'attendant')).toEqual({ ok: true, repeated: true })
  pay.runMs(world, 1_000)
  expect(world.opens).toHaveLength(1)
  expect(pay.rowsOf(world, 'audit').map(({ body }) => body.act)).toEqual(['lane.payCode 13… 18'])
  expect(JSON.stringify(world.ledger.list)).not.toContain(code)
  expect(pay.rowsOf(world, 'payment')).toHaveLength(1)
  expect(() => acts.payCode({ ...args, commandId: 'command-0002' }, 'attendant')).toThrow(/SCAN-02/)
})
