// An entry without room: the car waits and is admitted as soon as there is room, or by a person; no stay opens before that.
// lane/pure/reservation/admission.ts decides why a car is kept out.
import { expect, it } from 'vitest'
import type { EntryBar } from '#lane/pure/reservation/admission.ts'
import { act, LaneBench, loop, plateEvent, timerEvent } from './lane-bench.ts'
import { effectNames } from './effects-kit.ts'

const barred = (bar: EntryBar): LaneBench => {
  const bench = new LaneBench({ direction: 'entry' })
  bench.entryBar = bar
  bench.give(loop('arrive', 'on'), plateEvent('测A12345'))
  return bench
}
const opens = (bench: LaneBench): boolean =>
  effectNames(bench).some((name) => name.startsWith('barrier open'))

it.each(['lotFull', 'flowControl'] as const)('keeps a car out while %s, without a row', (bar) => {
  const bench = barred(bar)
  expect(bench.state).toMatchObject({ name: 'reading', car: { manual: bar, stayId: null } })
  bench.give(timerEvent('plate'), timerEvent('plate'))
  expect(opens(bench)).toBe(false)
  expect(bench.rows).toEqual([])
})

it('lets it in when there is room', () => {
  const bench = barred('lotFull')
  bench.entryBar = null
  bench.give(timerEvent('plate'))
  expect(bench.state).toMatchObject({ name: 'opening', car: { manual: null } })
  expect(bench.rows.map(({ kind }) => kind)).toEqual(['stayOpened', 'pass', 'barrier'])
})

it('bars a car without a plate as well, and lets go of one that turns back', () => {
  const bench = new LaneBench({ direction: 'entry' })
  bench.entryBar = 'lotFull'
  bench.give(loop('arrive', 'on'), timerEvent('plate'))
  expect(bench.state).toMatchObject({ name: 'reading', car: { manual: 'lotFull' } })
  bench.give(loop('arrive', 'off'))
  expect(bench.state).toMatchObject({ name: 'idle', car: null })
  expect(bench.rows).toEqual([])
})

it('is opened by a person whatever bars it', () => {
  const bench = barred('lotFull')
  bench.give({ type: 'openByHand', act: act() })
  expect(opens(bench)).toBe(true)
})
