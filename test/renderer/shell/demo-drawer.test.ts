// The demo drawer: what follows when an antenna does not answer, by the kind of its lane.
import { expect, it } from 'vitest'
import type { LaneView } from '#lane/calls/views.ts'
import { all, named, openPage, press, settle, wordOf } from '../kit/page.ts'
import { ScriptedLot } from '../kit/scripted-lot.ts'

type Kind = 'lane' | 'gantry' | 'reader'
const rows: readonly (readonly [
  string,
  boolean,
  readonly (readonly [LaneView['place'], Kind])[],
])[] = [
  [
    'an enclosed lot',
    false,
    [
      [undefined, 'lane'],
      [undefined, 'lane'],
      ['handheld', 'lane'],
    ],
  ],
  ['a street with a gantry', true, [[undefined, 'gantry']]],
  [
    'a street with piles',
    true,
    [
      ['etc-pile', 'reader'],
      ['etc-pile', 'reader'],
    ],
  ],
  [
    'a street with a gantry, patrol car and handheld',
    true,
    [
      [undefined, 'gantry'],
      ['handheld', 'reader'],
      ['handheld', 'reader'],
    ],
  ],
]

it.each(rows)('%s', async (_what, isStreet, lanes) => {
  const lot = new ScriptedLot()
  const [like] = lot.board.lanes.filter(({ devices }) => devices.rsu.state !== 'off')
  const own = lanes.map(([place], n) => ({ ...like, laneId: `l${n}`, ...(place && { place }) }))
  lot.board = { ...lot.board, lanes: own as LaneView[] }
  lot.demo = { ...lot.demo, isStreet }
  await openPage(lot, '/lane')
  await press('demo')
  await settle()
  const said = own.map(
    ({ laneId }) => all(named(`silent-${laneId}`))[0]?.closest('label')?.textContent,
  )
  for (const [n, [, kind]] of lanes.entries())
    for (const one of ['lane', 'gantry', 'reader'] as const)
      expect(said[n]?.includes(wordOf(`demo.rsuSilentWhy.${one}`)), `${n} ${one}`).toBe(
        one === kind,
      )
})
