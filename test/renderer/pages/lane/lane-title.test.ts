// The title of a lane follows the position input: commanded to open is not open.
// An empty lane with a lost antenna is not idle.
import { expect, it } from 'vitest'
import { car as carView } from './lane-views.ts'
import { isBadTitle, laneTitle } from '#renderer/pages/lane/lane-title.ts'

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

it('a boom that did not open for a car that may go is said before what its position input says', () => {
  const car = carView({ notOpenedSinceIso: '2026-03-14T10:02:09.000+08:00' })
  expect(laneTitle({ state: 'opening', barrier: barrier('closed'), car })).toBe('notOpened')
  expect(laneTitle({ state: 'idle', barrier: barrier('closed'), car })).toBe('idle')
})

it('what somebody has to look at is marked', () => {
  const titles = ['manual', 'noEtc', 'notOpened', 'idle', 'opening', 'told']
  expect(titles.filter(isBadTitle)).toEqual(['manual', 'noEtc', 'notOpened'])
})
