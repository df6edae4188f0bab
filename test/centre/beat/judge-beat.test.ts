// What is kept of a heartbeat beside the one before it of its node: receipts in order, and changes within their bound.
import { expect, it } from 'vitest'
import { changesOfDayMax, judgeBeat, type KeptBeat } from '../../../centre/beat/keep-beats.ts'
import { someBeat } from '../../kit/some-beat.ts'

const nowMs = Date.parse('2026-03-02T12:00:00.000+08:00')
const down = { ...someBeat, network: 'down', platform: 'down' }
const before = (change: Partial<KeptBeat> = {}): KeptBeat => ({
  beat: someBeat,
  heardMs: nowMs - 60_000,
  day: '2026-03-02',
  changes: 20,
  ...change,
})

it.each<[string, KeptBeat | null, readonly [changes: number, changed: readonly string[]] | null]>([
  [
    'the first',
    null,
    [
      9,
      [
        'lane E01',
        'lane L01',
        'device L01 rsu',
        'device E01 camera',
        'clock',
        'disk',
        'platform',
        'network',
        'version',
      ],
    ],
  ],
  ['one of the same day', before(), [22, ['platform', 'network']]],
  ['one of the next day', before({ day: '2026-03-01' }), [2, ['platform', 'network']]],
  ['the same moment', before({ heardMs: nowMs }), [22, ['platform', 'network']]],
  ['one that another door has passed', before({ heardMs: nowMs + 40 }), null],
  [
    'one behind a clock that was set back',
    before({ heardMs: nowMs + 3_600_000 }),
    [22, ['platform', 'network']],
  ],
  [
    'room for two',
    before({ changes: changesOfDayMax - 3 }),
    [changesOfDayMax - 1, ['platform', 'network']],
  ],
  [
    'room for one, and the word for it',
    before({ changes: changesOfDayMax - 2 }),
    [changesOfDayMax, ['platform', 'changes']],
  ],
  [
    'room for the word alone',
    before({ changes: changesOfDayMax - 1 }),
    [changesOfDayMax, ['changes']],
  ],
  ['no room', before({ changes: changesOfDayMax }), [changesOfDayMax, []]],
])('%s', (_name, kept, wanted) => {
  const judged = judgeBeat(kept, { lotId: 'A1', beat: down, heardMs: nowMs })
  if (wanted === null) return expect(judged).toBeNull()
  const [changes, changed] = wanted
  expect(judged).toMatchObject({ beat: down, heardMs: nowMs, day: '2026-03-02', changes })
  expect(judged?.changed.map(({ thing }) => thing)).toEqual(changed)
})

it('keeps a state that could not be written, so the history is bounded and the present is right', () => {
  const judged = judgeBeat(before({ changes: changesOfDayMax }), {
    lotId: 'A1',
    beat: down,
    heardMs: nowMs,
  })
  expect(judged?.beat.network).toBe('down')
  const later = judgeBeat(judged, { lotId: 'A1', beat: down, heardMs: nowMs + 86_400_000 })
  expect(later).toMatchObject({ changes: 0, changed: [], day: '2026-03-03' })
})
