// The words over a lane follow the position input: told to open is not open.
// An empty lane whose antenna is out is not idle.
import { expect, it } from 'vitest'
import { isBadTitle, laneTitle } from '../../renderer/screens/lane/lane-title.ts'

const barrier = (position: string) => ({ position, arrive: 'on', under: 'off' }) as const

it.each([
  ['opening', 'unknown', 'told'],
  ['opening', 'closed', 'told'],
  ['opening', 'stopped', 'told'],
  ['opening', 'opening', 'rising'],
  ['opening', 'open', 'opening'],
  ['opening', 'heldOpen', 'opening'],
  ['idle', 'open', 'idle'],
  ['noEtc', 'closed', 'noEtc'],
])('%s with the boom %s is called %s', (state, position, title) => {
  expect(laneTitle({ state, barrier: barrier(position) })).toBe(title)
})

it('what somebody has to look at is marked', () => {
  expect(['manual', 'noEtc', 'idle', 'opening'].filter(isBadTitle)).toEqual(['manual', 'noEtc'])
})
