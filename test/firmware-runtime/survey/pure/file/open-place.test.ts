// What a survey of a gantry, a pile, a handheld or a patrol car asks and judges (clause 7.2), and what does not apply there.
import { describe, expect, it } from 'vitest'
import { openLayoutNames } from '#lane/pure/layouts/index.ts'
import { openPlaces, type OpenPlace } from '#base/pure/values/open-readers.ts'
import { answered, partsAt } from '#survey/pure/checks.ts'
import { layoutParts } from '#survey/pure/items/d02-layout.ts'
import { signsParts } from '#survey/pure/items/d01-signs.ts'
import { surveyItems } from '#survey/pure/items/index.ts'
import { openPlace } from '#survey/pure/file/open-place.ts'
import { projectOf } from '#survey/pure/file/project.ts'
import type { SetupBody, SurveyBody } from '#survey/pure/file/record.ts'
import { recordsOf } from '../records.ts'
import { openingOf } from '../whole-field.ts'

const { open: _, ...lane } = openingOf('x')
const surveyOf = (open: OpenPlace | null, bodies: readonly SurveyBody[] = []) =>
  projectOf(recordsOf([open === null ? lane : { ...lane, open }, ...bodies]))
const judged = (open: OpenPlace | null, id: string, bodies: readonly SurveyBody[] = []) => {
  const item = surveyItems.find((one) => one.id === id)
  return item?.judge(surveyOf(open, bodies))
}
const names = (open: OpenPlace | null, parts = layoutParts) =>
  partsAt(parts, surveyOf(open)).map(({ part }) => part)

const gantry: OpenPlace = { layout: '7.2.1', reader: 'gantry' }
const pile: OpenPlace = { layout: '7.2.2', reader: 'pile' }
const handheld: OpenPlace = { layout: '7.2.3', reader: 'handheld' }
const patrol: OpenPlace = { layout: '7.2.5', reader: 'patrolCar' }
const mount = (heightMm: number | null, downDeg: number | null): SetupBody => ({
  kind: 'setup',
  profile: 'example',
  firmware: null,
  settings: {},
  heightMm,
  downDeg,
  yawDeg: null,
})
const yes = (open: OpenPlace) => answered('D2', partsAt(layoutParts, surveyOf(open)), 'yes')

it('each reader of each open layout can be surveyed, and no other', () => {
  expect(openPlaces.map(({ layout, reader }) => `${layout} ${reader}`)).toEqual([
    '7.2.1 gantry',
    '7.2.2 pile',
    '7.2.3 handheld',
    '7.2.4 gantry',
    '7.2.5 gantry',
    '7.2.5 patrolCar',
  ])
  expect([...new Set(openPlaces.map(({ layout }) => layout))]).toEqual(openLayoutNames)
  for (const one of openPlaces) expect(openPlace().safeParse(one).success).toBe(true)
  for (const one of [
    { layout: '7.2.1', reader: 'pile' },
    { layout: '7.1.1', reader: 'gantry' },
    { layout: '7.2.2', reader: 'patrolCar' },
  ])
    expect(openPlace().safeParse(one).success).toBe(false)
})

describe('row 2', () => {
  it('asks what the clause of the reader and of its layout asks', () => {
    expect(names(gantry)).toEqual([
      ...['gantry-places', 'gantry-frame', 'gantry-antennas', 'gantry-power', 'cameras-above'],
    ])
    expect(names({ layout: '7.2.4', reader: 'gantry' })).toContain('cameras-behind')
    expect(names({ layout: '7.2.4', reader: 'gantry' })).not.toContain('cameras-above')
    expect(names(pile)).toEqual(['pile-place', 'pile-keys', 'sensors-flush'])
    expect(names(handheld)).toEqual(['sensors-flush', 'handheld-use'])
    expect(names(patrol)).toEqual(['sensors-flush', 'patrol-use'])
    expect(names(null)).toEqual([
      ...['devices', 'antenna-place', 'trigger', 'camera', 'display', 'booth'],
    ])
  })

  it.each([
    [5_500, 40, 'pass'],
    [5_500, 50, 'pass'],
    [5_499, 45, 'incomplete'],
    [5_500, 39, 'incomplete'],
    [5_500, 51, 'incomplete'],
    [2_600, 35, 'incomplete'],
    [null, 45, 'incomplete'],
    [20_000, 45, 'fail'],
  ] as const)('of a gantry at %s mm and %s degrees is %s, without a yaw', (high, down, verdict) => {
    expect(judged(gantry, 'D2', [...yes(gantry), mount(high, down)])?.verdict).toBe(verdict)
  })

  it('of a pile, a handheld or a patrol car asks for no height and no angle', () => {
    for (const open of [pile, handheld, patrol])
      expect(judged(open, 'D2', yes(open))?.verdict).toBe('pass')
  })

  it('without an answer is open, and one "no" fails it', () => {
    for (const open of [pile, handheld, patrol]) {
      expect(judged(open, 'D2')?.verdict).toBe('incomplete')
      const [first, ...rest] = yes(open)
      const no = first === undefined ? [] : [{ ...first, answer: 'no' as const }]
      expect(judged(open, 'D2', [...no, ...rest])?.verdict).toBe('fail')
    }
  })
})

it('there is no island to look at along a street', () => {
  expect(names(gantry, signsParts)).toEqual(['signs', 'markings'])
  expect(names(null, signsParts)).toContain('island')
})

describe('the zone of an antenna', () => {
  it.each([
    [gantry, 'incomplete'],
    [pile, 'incomplete'],
    [handheld, 'notApplicable'],
    [patrol, 'notApplicable'],
  ] as const)('%o: rows 5 and 6 are %s', (open, verdict) => {
    for (const id of ['D5', 'D6']) {
      const found = judged(open, id)
      expect(found?.verdict).toBe(verdict)
      expect(found?.words.zh.includes(open.layout)).toBe(verdict === 'notApplicable')
    }
    for (const id of ['D3', 'D4', 'D7', 'D14']) expect(judged(open, id)?.verdict).toBe('incomplete')
  })
})
