// Entries without an exit and exits without an entry: proposed as one car where time and plate leave one candidate on both sides.
import { expect, it } from 'vitest'
import { emptyLot, foldRow } from '#ledger/pure/lot/lot.ts'
import { pairsOf, type ExitWithoutEntry } from '#ledger/pure/lot/stays-to-check.ts'
import { cameIn, t0 } from '../../../lane/pure/lot/row-kit.ts'

type Seen = readonly [id: string, plate: string, minute: number, laneId?: string]

const minuteMs = 60_000

/** Lanes named by their area: `P1 in`; others serve the whole lot. */
const areaOf = (laneId: string): string | null => laneId.match(/^P\d/)?.[0] ?? null

function pairs(stays: readonly Seen[], exits: readonly Seen[], joined: readonly string[] = []) {
  const lot = emptyLot()
  for (const [stayId, plate, minute, laneId = 'entry'] of stays) {
    const row = {
      ...cameIn(stayId, t0 + minute * minuteMs, { plate }),
      laneId,
      nodeId: 'n',
      seq: 1,
    }
    foldRow(lot, { ...row, prevHash: '', hash: '' })
  }
  const left = exits.map(([stayId, plate, minute, laneId = 'exit']): ExitWithoutEntry => {
    const isJoined = joined.includes(stayId)
    return { stayId, plate, laneId, leftAtMs: t0 + minute * minuteMs, isJoined }
  })
  return pairsOf(lot, left, areaOf).map(({ stay, exit }) => `${stay.stayId} ${exit.stayId}`)
}

it.each<[string, readonly Seen[], readonly Seen[], readonly string[]]>([
  ['one character', [['S1', '测A11111', 0]], [['X1', '测A11117', 60]], ['S1 X1']],
  ['a character missing', [['S1', '测A11111', 0]], [['X1', '测A1111', 60]], ['S1 X1']],
  ['a character too many', [['S1', '测A1111', 0]], [['X1', '测A11111', 60]], ['S1 X1']],
  ['the same minute', [['S1', '测A11111', 0]], [['X1', '测A11117', 0]], ['S1 X1']],
  ['the exit first', [['S1', '测A11111', 60]], [['X1', '测A11117', 0]], []],
  ['two characters', [['S1', '测A11111', 0]], [['X1', '测A11177', 60]], []],
  ['two characters missing', [['S1', '测A11111', 0]], [['X1', '测A111', 60]], []],
  [
    'two entries for one exit',
    [
      ['S1', '测A11111', 0],
      ['S2', '测A11112', 1],
    ],
    [['X1', '测A11113', 60]],
    [],
  ],
  [
    'two exits for one entry',
    [['S1', '测A11111', 0]],
    [
      ['X1', '测A11117', 60],
      ['X2', '测A11118', 70],
    ],
    [],
  ],
  [
    'two entries, of which one came after the exit',
    [
      ['S1', '测A11111', 0],
      ['S2', '测A11112', 90],
    ],
    [['X1', '测A11113', 60]],
    ['S1 X1'],
  ],
  [
    'two pairs side by side, the earlier exit first',
    [
      ['S1', '测A11111', 0],
      ['S2', '测B22222', 1],
    ],
    [
      ['X1', '测B22223', 60],
      ['X2', '测A11117', 30],
    ],
    ['S1 X2', 'S2 X1'],
  ],
  ['its own area', [['S1', '测A11111', 0, 'P1 in']], [['X1', '测A11117', 9, 'P1 out']], ['S1 X1']],
  ['another area', [['S1', '测A11111', 0, 'P1 in']], [['X1', '测A11117', 9, 'P2 out']], []],
  ['an exit of all areas', [['S1', '测A11111', 0, 'P1 in']], [['X1', '测A11117', 9]], ['S1 X1']],
  ['an entry of all areas', [['S1', '测A11111', 0]], [['X1', '测A11117', 9, 'P2 out']], ['S1 X1']],
  [
    'two entries, of which one is of another area',
    [
      ['S1', '测A11111', 0, 'P1 in'],
      ['S2', '测A11112', 1, 'P2 in'],
    ],
    [['X1', '测A11113', 60, 'P2 out']],
    ['S2 X1'],
  ],
  [
    'two exits, of which one is of another area',
    [['S1', '测A11111', 0, 'P1 in']],
    [
      ['X1', '测A11117', 60, 'P2 out'],
      ['X2', '测A11118', 70, 'P1 out'],
    ],
    ['S1 X2'],
  ],
])('%s', (_name, stays, exits, found) => {
  expect(pairs(stays, exits)).toEqual(found)
})

it('an exit that belongs to another stay leaves the other one as the only candidate', () => {
  const stays: readonly Seen[] = [['S1', '测A11111', 0]]
  const exits: readonly Seen[] = [
    ['X1', '测A11117', 60],
    ['X2', '测A11118', 70],
  ]
  expect(pairs(stays, exits, ['X1'])).toEqual(['S1 X2'])
})
