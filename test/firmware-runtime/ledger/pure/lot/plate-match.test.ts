// The score of a read plate against a car inside: each part with its points, the order of candidates, the limits.
// Precision and recall over seeded misreads are held to the figures of docs/plate-correction.md.
import { describe, expect, it, test } from 'vitest'
import {
  candidatesOf,
  unreadOf,
  correctionOf,
  matchPoints,
  scoreOf,
  type PlateReading,
} from '#ledger/pure/lot/plate-match.ts'
import type { Stay } from '#ledger/pure/lot/lot-state.ts'
import { matchWords, standardMatch } from '#base/pure/plates/plate-match.ts'
import { minuteMs, t0 } from '../../../lane/pure/lot/row-kit.ts'

const nowMs = t0
const stay = (plate: string | null, more: Partial<Stay> = {}): Stay => ({
  stayId: `n-S${plate ?? ''}`,
  plate,
  colour: 'blue',
  enteredAtMs: nowMs - 60 * minuteMs,
  noEntry: false,
  photo: 'p1',
  timeUnsure: false,
  entryLaneId: 'entry',
  orders: [],
  pass: null,
  spaceId: null,
  record: null,
  oneLook: null,
  leftAtMs: null,
  ...more,
})
const read = (plate: string, more: Partial<PlateReading> = {}): PlateReading => ({
  plate,
  colour: 'blue',
  confidence: 0.7,
  nowMs,
  ...more,
})
const wordsOf = (reading: PlateReading, one: Stay): string[] | null =>
  scoreOf(reading, one)?.parts.map(({ word, points }) => `${word} ${points}`) ?? null

test('nothing is taken off the plate itself; each word has its points', () => {
  expect(scoreOf(read('测A12345'), stay('测A12345'))).toEqual({
    stayId: 'n-S测A12345',
    plate: '测A12345',
    colour: 'blue',
    enteredAtMs: nowMs - 60 * minuteMs,
    laneId: 'entry',
    photo: 'p1',
    score: 100,
    parts: [],
  })
  expect(Object.keys(matchPoints).sort()).toEqual([...matchWords].sort())
})

describe('characters', () => {
  it.each([
    ...['0D', '0Q', 'DQ', '8B', '17', '5S', '2Z', '6G', 'CG'].map((pair) => [pair, 'alike 10']),
    ...['0O', 'OD', 'OQ', '1I', 'I7'].map((pair) => [pair, 'neverUsed 4']),
    ...['38', '3B', 'UV', 'VY', 'MN', 'HN', 'EF', 'PR', 'KX', '4A', 'TY', 'JL', '7T', 'WM'].map(
      (pair) => [pair, 'similar 18'],
    ),
    ...['56', '09', 'AB', '8S', '1Z'].map((pair) => [pair, 'other 40']),
  ])('%s: %s', (pair, part) => {
    const [a = '', b = ''] = pair
    expect(wordsOf(read(`测A12${a}45`), stay(`测A12${b}45`))).toEqual([part])
    expect(wordsOf(read(`测A12${b}45`), stay(`测A12${a}45`))).toEqual([part])
  })
  it.each([
    ['沪', '浙', 'province 12'],
    ['鄂', '粤', 'province 12'],
    ['贵', '青', 'province 12'],
    ['甘', '吉', 'province 12'],
    ['鲁', '晋', 'province 12'],
    ['京', '宁', 'province 12'],
    ['冀', '黑', 'province 12'],
    ['豫', '粤', 'province 12'],
    ['皖', '晋', 'province 12'],
    ['陕', '赣', 'province 12'],
    ['桂', '粤', 'otherProvince 30'],
  ])('%s for %s', (a, b, part) => {
    expect(wordsOf(read(`${a}A12345`), stay(`${b}A12345`))).toEqual([part])
  })
  it('says where, what was read and what the car has', () => {
    expect(scoreOf(read('测A12B45'), stay('测A12845'))?.parts).toEqual([
      { word: 'alike', points: 10, args: { at: 5, read: 'B', known: '8' } },
    ])
  })
  it('of two each counts; of too many the car is none', () => {
    expect(scoreOf(read('测AB2Z45'), stay('测A82245'))?.score).toBe(80)
    expect(scoreOf(read('测A12399'), stay('测A12345'))).toBeNull()
    // 40 + 18 + 0 is still shown, 40 + 18 + 10 is not.
    expect(scoreOf(read('测A15845'), stay('测A12345'))?.score).toBe(42)
    expect(scoreOf(read('测A1584S'), stay('测A12345'))).toBeNull()
    expect(scoreOf(read('测A'), stay(null))).toBeNull()
  })
})

describe('a character more or fewer', () => {
  it.each([
    ['missing', '测A1345', '测A12345', 'blue', 'blue', ['missing 25']],
    ['missing at the end', '测A1234', '测A12345', 'blue', 'blue', ['missing 25']],
    ['missing at the start', 'A12345', '测A12345', 'blue', 'blue', ['missing 25']],
    ['extra', '测A122345', '测A12345', 'blue', 'blue', ['extra 25']],
    ['missing and another', '测A1346', '测A12345', 'blue', 'blue', null],
    ['two missing', '测A145', '测A12345', 'blue', 'blue', null],
    ['new energy, read short', '测AD1234', '测AD12345', 'green', 'green', ['energyLength 12']],
    [
      'large new energy',
      '测A1234D',
      '测A12345D',
      'yellowGreen',
      'yellowGreen',
      ['energyLength 12'],
    ],
    ['its colour not read', '测AD1234', '测AD12345', 'unknown', 'green', ['missing 25']],
    ['came in read short', '测AD12345', '测AD1234', 'green', 'green', ['energyLength 12']],
    ['a blue one of seven', '测AD12345', '测AD1234', 'green', 'blue', ['extra 25', 'colour 15']],
    ['green, but not of eight', '测A1234', '测A12345', 'green', 'green', ['missing 25']],
  ] as const)('%s', (_name, plate, known, colour, had, parts) => {
    expect(wordsOf(read(plate, { colour }), stay(known, { colour: had }))).toEqual(parts)
  })
  it('says which and where', () => {
    expect(scoreOf(read('测A1345'), stay('测A12345'))?.parts[0]?.args).toEqual({ at: 4, char: '2' })
  })
})

describe('what else speaks against it', () => {
  const [plate, known] = ['测A1234S', '测A12345']
  it.each([
    ['another colour', { colour: 'yellow' }, {}, ['colour 15']],
    ['its colour was not read', { colour: 'unknown' }, {}, []],
    ['that of its entry was not', {}, { colour: 'unknown' }, []],
    ['a camera that is sure', { confidence: 0.98 }, {}, ['sure 6']],
    ['fairly sure', { confidence: 0.979 }, {}, ['fairlySure 3']],
    ['just fairly sure', { confidence: 0.9 }, {}, ['fairlySure 3']],
    ['less', { confidence: 0.899 }, {}, []],
    ['one that does not say', { confidence: null }, {}, ['confidenceUnknown 3']],
    ['came just now', {}, { enteredAtMs: nowMs - 29_999 }, ['justCame 10']],
    ['came half a minute ago', {}, { enteredAtMs: nowMs - 30_000 }, []],
    ['three days', {}, { enteredAtMs: nowMs - 72 * 60 * minuteMs }, []],
    ['more', {}, { enteredAtMs: nowMs - 72 * 60 * minuteMs - 1 }, ['longStay 6']],
    ['comes later', {}, { enteredAtMs: nowMs + 1 }, ['entryLater 25']],
    ['a clock in doubt', { nowMs: null }, { enteredAtMs: nowMs + 1 }, []],
    ['an entry in doubt', {}, { enteredAtMs: nowMs + 1, timeUnsure: true }, []],
  ] as const)('%s', (_name, reading, had, parts) => {
    const found = wordsOf(read(plate, reading), stay(known, had))
    expect(found).toEqual(['alike 10', ...parts])
  })
  it('says how sure, how long, which colours', () => {
    const one = stay(known, { enteredAtMs: nowMs - 73 * 60 * minuteMs, colour: 'green' })
    expect(scoreOf(read(plate, { confidence: 0.954 }), one)?.parts.map(({ args }) => args)).toEqual(
      [
        { at: 7, read: 'S', known: '5' },
        { read: 'blue', known: 'green' },
        { percent: 95 },
        { hours: 73 },
      ],
    )
    const came = stay(known, { enteredAtMs: nowMs - 12_700 })
    expect(scoreOf(read(plate), came)?.parts[1]?.args).toEqual({ seconds: 12 })
  })
})

describe('which one', () => {
  const inside = ['测A12845', '测A12B45', '测A12345', '测A99999'].map((plate) => stay(plate))
  it('best first, six at the most, and the first of two that came', () => {
    const found = candidatesOf(read('测A12B45'), inside)
    expect(found.map(({ plate, score }) => [plate, score])).toEqual([
      ['测A12B45', 100],
      ['测A12845', 90],
      ['测A12345', 82],
    ])
    const many = [...'ACEFGHJ'].map((letter, i) =>
      stay(`测A1234${letter}`, { enteredAtMs: nowMs - (i + 1) * minuteMs }),
    )
    const plates = candidatesOf(read('测A12341'), many).map(({ plate }) => plate?.at(-1))
    expect(plates).toEqual(['J', 'H', 'G', 'F', 'E', 'C'])
  })
  it('without a plate: the newest first, four at the most, none on a parking space', () => {
    const came = (minAgo: number, over: Partial<Stay> = {}): Stay =>
      stay('', {
        plate: null,
        enteredAtMs: nowMs - minAgo * minuteMs,
        stayId: `n-S${minAgo}`,
        ...over,
      })
    const ids = (stays: readonly Stay[]) => unreadOf(stays).map(({ stayId }) => stayId)
    expect(ids([came(9), came(2), came(700)])).toEqual(['n-S2', 'n-S9', 'n-S700'])
    expect(ids([5, 4, 3, 2, 1].map((min) => came(min)))).toEqual(['n-S1', 'n-S2', 'n-S3', 'n-S4'])
    expect(ids([came(1, { spaceId: 'A1' }), came(2, { plate: '测A12345' })])).toEqual([])
  })
  it.each([
    ['enough, and alone', [80], 'corrected'],
    ['too little', [79], null],
    ['another one nearly as much', [90, 76], null],
    ['the lead is enough', [90, 75], 'corrected'],
    ['nobody', [], null],
  ] as const)('%s', (_name, scores, what) => {
    const [one] = candidatesOf(read('测A1234S'), [stay('测A12345')])
    if (one === undefined) throw new Error('a candidate')
    const match = correctionOf(
      '测A1234S',
      scores.map((score) => ({ ...one, score })),
      standardMatch,
    )
    expect(match === null ? null : 'corrected').toBe(what)
    if (match === null) return
    expect(match).toEqual({
      plateRead: '测A1234S',
      score: scores[0],
      secondScore: scores[1] ?? null,
      scoreMin: 80,
      marginMin: 15,
      parts: one.parts,
    })
  })
})
