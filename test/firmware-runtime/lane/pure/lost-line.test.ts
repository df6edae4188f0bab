// The barrier board goes offline while a car has a pass, and returns: the boom's own position tells whether the car left.
// The pass opens once more for the same car only (ADR 209).
import { expect, it } from 'vitest'
import type { LaneEvent } from '#lane/pure/lane.ts'
import { type LaneBench, loop, otherPlate, plateEvent, timerEvent } from './lane-bench.ts'
import { arriving, effectNames, entry, letOut, looked, position } from './effects-kit.ts'

const events = (bench: LaneBench): object[] =>
  bench.rows.flatMap(({ kind, body }) => (kind === 'event' ? [body] : []))
const voided = { type: 'passUsed', detail: 'offTheLoops' }
const [down, up]: readonly [LaneEvent, LaneEvent] = [
  { type: 'barrierDown', reason: 'line' },
  { type: 'barrierUp' },
]
const away = [down, up]
it('a car before a boom that never rose is let go by the same pass when its board is back', () => {
  for (const back of [
    [position('closed'), loop('arrive', 'on')],
    [loop('arrive', 'on'), position('closed')],
  ]) {
    const bench = letOut().give(...away, loop('under', 'off'), ...back)
    expect(effectNames(bench).filter((line) => line.startsWith('barrier'))).toEqual([
      'barrier open',
    ])
    expect(bench.state.name).toBe('opening')
    expect(bench.rows.filter(({ kind }) => kind === 'pass')).toHaveLength(1)
  }
  // The boom was seen open and then closed by somebody else: the car on the loop may be the next one.
  const seen = letOut().give(position('open'), ...away, loop('arrive', 'on'), position('closed'))
  expect(effectNames(seen).join()).not.toContain('barrier open')
  // The next car was read while the board was offline: the boom may have opened and closed unseen.
  const next = letOut().give(
    down,
    plateEvent(otherPlate),
    up,
    position('closed'),
    loop('arrive', 'on'),
  )
  expect(effectNames(next).join()).not.toContain('barrier open')
  // The board was never offline: a bouncing loop opens nothing.
  const bounce = letOut().give(position('closed'), loop('arrive', 'on'))
  expect(effectNames(bounce).join()).not.toContain('barrier')
})
it.each([
  ['up: it has gone, and its stay with it', 'open', [], []],
  ['down: it went back, and its stay goes on', 'closed', [voided], ['gx1-S1']],
] as const)('a car whose board was away, and is back with the boom %s', (_how, at, rows, stays) => {
  const bench = letOut().give(...away, position(at), loop('under', 'off'), loop('arrive', 'off'))
  bench.give(timerEvent('gone'))
  expect(events(bench)).toEqual(rows)
  expect([...bench.lot.stays.keys()]).toEqual(stays)
  expect(effectNames(bench)).toContain('barrier close')
  expect(bench.state.name).toBe('idle')
})
it('a car of an entry whose board was away, and is back with the boom up, has come in', () => {
  const bench = looked(entry().give(...arriving)).give(...away, position('open'))
  bench.give(loop('under', 'off'), loop('arrive', 'off'), timerEvent('gone'))
  expect([bench.state.name, bench.lot.stays.size]).toEqual(['idle', 1])
  expect(bench.rows.at(-1)?.body).toEqual({ type: 'passUsed', detail: 'entered' })
})
