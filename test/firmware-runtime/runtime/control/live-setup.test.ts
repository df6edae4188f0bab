// Set-up calls on a lot with running lanes: a person who may not open a lane may not move its boom by a test either.
// This lot has no set-up forms, so a permitted caller gets that error instead.
import { expect, it } from 'vitest'
import { makeLot } from './control-kit.ts'

const who = { by: '赵六', reason: '测试', commandId: 'live-setup-0001' }

it.each([
  ['support', 'barrier', 'API-02'],
  ['support', 'camera', 'SETUP-01'],
  ['installer', 'barrier', 'SETUP-01'],
  ['owner', 'barrier', 'SETUP-01'],
] as const)('a test by %s of a %s: %s', async (role, device, code) => {
  const args = { laneId: 'exit', device, what: 'open', link: 'tcp://localhost:502', ...who }
  expect(await makeLot().control.call('setup.try', args, role)).toMatchObject({ error: { code } })
})

it.each([
  ['support', 'open', 'API-02'],
  ['support', 'close', 'HOLD-04'],
  ['installer', 'open', 'HOLD-04'],
] as const)('a test of devices by %s, %s: %s', async (role, kind, code) => {
  const args = { laneId: 'exit', kind, ...who, commandId: 'live-test-0001' }
  expect(await makeLot().control.call('test.begin', args, role)).toMatchObject({ error: { code } })
})
