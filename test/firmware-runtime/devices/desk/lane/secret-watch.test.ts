// A password that is set while the refusal of the previous one is still in transit is used, and so is every later one.
// The test moves the clock; the stored secret is a variable.
import { expect, it } from 'vitest'
import { DeviceSecret, SecretWatch } from '#devices/desk/lane/secret-watch.ts'
import { HandClock } from '../../../runtime/control/control-kit.ts'

function watched(first: string | null) {
  const clock = new HandClock()
  const store = { now: first }
  const secret = new DeviceSecret(() => store.now)
  let changes = 0
  const watch = new SecretWatch(clock, secret, () => changes++)
  return { clock, store, secret, watch, changes: () => changes }
}

it('a refusal is about the password of its proof: one that was set before it came is another', () => {
  const { clock, store, secret, watch, changes } = watched('wrong')
  expect(secret.forProof()).toBe('wrong')
  store.now = 'right'
  watch.start()
  clock.advance(10_000)
  expect(changes()).toBe(1)
})

it('the refused one is not tried again, however often it is stored', () => {
  const { clock, store, secret, watch, changes } = watched('wrong')
  secret.forProof()
  watch.start()
  clock.advance(60_000)
  store.now = null
  clock.advance(10_000)
  store.now = 'wrong'
  clock.advance(10_000)
  expect(changes()).toBe(0)
  store.now = 'right'
  clock.advance(10_000)
  expect(changes()).toBe(1)
})

it('a missing one is taken when it is there, and told once', () => {
  const { clock, store, secret, watch, changes } = watched(null)
  expect(secret.forProof()).toBeNull()
  watch.start()
  clock.advance(30_000)
  expect(changes()).toBe(0)
  store.now = 'right'
  clock.advance(60_000)
  expect(changes()).toBe(1)
})
