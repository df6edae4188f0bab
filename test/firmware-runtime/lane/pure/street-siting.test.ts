// Clause 7.2 as rules on gantries and streets: for each the last value that passes, the first that fails, and no
// measurement, which is unknown and never a pass. The limits here are written from the text, not from the table under test.
import { describe, expect, it } from 'vitest'
import { laneOf, openLayoutNames, openOf } from '#lane/pure/layouts/index.ts'
import { judgeSiting } from '#lane/pure/siting.ts'
import { againstClauses, notMeasured, type SitingFinding } from '#lane/pure/siting-finding.ts'
import { judgeStreets, type BesideStreets } from '#lane/pure/street-siting.ts'
import type { SitingMeasure, SitingMeasures } from '#base/pure/lot/siting-measures.ts'
import { present } from '#base/pure/values/must.ts'
import { baseRules, rulesIn } from '#base/pure/rules/packs.ts'
import type { RulePack, Rules } from '#base/pure/rules/rule-pack.ts'
import { goodBeside, goodGantry, goodStreet } from './good-siting.ts'

const there = { camera: false, barrier: false, display: false, rsu: true }
const gantries = ['7.2.1', '7.2.4', '7.2.5']
const pack = (rules: RulePack['rules']): Rules =>
  rulesIn({ format: 1, id: 'else', standard: 'X', province: '99', over: 'guangxi', rules })

const gantryOf = (layout: string, measures: SitingMeasures, rules = baseRules, devices = there) =>
  judgeSiting(present(laneOf(layout, 'exit'), layout), { measures }, devices, rules)
const streetOf = (
  layout: string,
  change: Partial<typeof goodStreet>,
  beside: BesideStreets = goodBeside,
  rules = baseRules,
): readonly SitingFinding[] =>
  present(
    judgeStreets(
      present(openOf(layout), layout).siting,
      [{ ...goodStreet, ...change }],
      beside,
      rules,
    )[0],
    'a street',
  )
const rule = (findings: readonly SitingFinding[], name: string) =>
  present(
    findings.find((one) => one.rule === name),
    name,
  )
const withMeasures = (change: SitingMeasures) =>
  ({ siting: { measures: { ...goodStreet.siting.measures, ...change } } }) as never

it.each(gantries)(
  'a gantry and a street of %s as the text wants them pass every rule',
  (layout) => {
    const all = [...gantryOf(layout, goodGantry), ...streetOf(layout, {})]
    expect(all.length).toBeGreaterThan(6)
    expect(all.filter(({ verdict }) => verdict !== 'pass')).toEqual([])
  },
)
it.each(['7.2.2', '7.2.3'])('a street of %s as the text wants it passes every rule', (layout) => {
  expect(streetOf(layout, {}).map(({ verdict }) => verdict)).not.toContain('fail')
  expect(streetOf(layout, {}).map(({ verdict }) => verdict)).not.toContain('unknown')
})

describe('a gantry', () => {
  it.each<[string, SitingMeasures, 'pass' | 'fail', string]>([
    ['gantryHeight', { antennaHeightMm: 5500 }, 'pass', '5.50 m'],
    ['gantryHeight', { antennaHeightMm: 5499 }, 'fail', '≥ 5.5 m'],
    ['gantryHeight', { antennaHeightMm: 2500 }, 'fail', '2.50 m'],
    ['gantryDown', { antennaDownDeg: 40 }, 'pass', '40°~50°'],
    ['gantryDown', { antennaDownDeg: 39 }, 'fail', '39°'],
    ['gantryDown', { antennaDownDeg: 50 }, 'pass', '50°'],
    ['gantryDown', { antennaDownDeg: 51 }, 'fail', '51°'],
    ['gantryFrame', { gantryFrame: false }, 'fail', 'L 型立柱'],
    ['gantryFrame', { gantryFrame: true }, 'pass', '龙门架'],
    ['gantryPower', { gantryPower: false }, 'fail', '最大值'],
    ['gantryPower', { gantryPower: true }, 'pass', '现场核对'],
    ['gantryAntennas', { laneWidthMm: 2999, laneAntennas: 1 }, 'pass', '窄车道'],
    ['gantryAntennas', { laneWidthMm: 2999, laneAntennas: 2 }, 'fail', '宜 1 台'],
    ['gantryAntennas', { laneWidthMm: 3001, laneAntennas: 2 }, 'pass', '宽车道'],
    ['gantryAntennas', { laneWidthMm: 3001, laneAntennas: 1 }, 'fail', '宜 2 台'],
    ['gantryAntennas', { laneWidthMm: 3750, laneAntennas: 3 }, 'fail', '3 台'],
    // The text names neither side of exactly 3 m.
    ['gantryAntennas', { laneWidthMm: 3000, laneAntennas: 1 }, 'pass', '只说小于和大于'],
    ['gantryAntennas', { laneWidthMm: 3000, laneAntennas: 2 }, 'pass', '都不违反'],
    ['gantryAntennas', { laneWidthMm: 3000, laneAntennas: 0 }, 'fail', '都不是'],
    ['gantryAntennas', { laneWidthMm: 3000, laneAntennas: 3 }, 'fail', '都不是'],
  ])('%s of %o is %s', (name, change, verdict, says) => {
    for (const layout of gantries) {
      const found = rule(gantryOf(layout, { ...goodGantry, ...change }), name)
      expect(found).toMatchObject({ verdict, should: true })
      expect(found.reason.zh).toContain(says)
      expect(found.todo === null).toBe(verdict === 'pass')
    }
  })

  it('is not judged by the figures of an enclosed lane', () => {
    for (const layout of gantries)
      expect(gantryOf(layout, goodGantry).map((one) => one.rule)).toEqual([
        ...['devices', 'gantryFrame', 'gantryHeight', 'gantryDown'],
        ...['gantryOn', 'gantryPower', 'gantryAntennas'],
      ])
  })

  it('names its own clause, and that of 7.2.1 by which it is judged', () => {
    expect(gantries.map((name) => rule(gantryOf(name, {}), 'gantryHeight').clause)).toEqual([
      '7.2.1 c',
      '7.2.4 a, 7.2.1 c',
      '7.2.5 a, 7.2.1 c',
    ])
  })

  it.each(Object.keys(goodGantry) as SitingMeasure[])('is unknown without %s', (name) => {
    const { [name]: _, ...rest } = goodGantry
    const asking = gantryOf('7.2.1', rest).filter(({ asks }) => asks.includes(name))
    expect(asking.map(({ verdict }) => verdict)).toEqual(['unknown'])
  })

  it('without an antenna its power and its search say nothing', () => {
    const found = gantryOf('7.2.1', goodGantry, baseRules, { ...there, rsu: false })
    expect([rule(found, 'devices').verdict, rule(found, 'gantryOn').verdict]).toEqual([
      'unknown',
      'unknown',
    ])
  })
})

describe('a street', () => {
  it.each<[string, string, SitingMeasures, 'pass' | 'fail', boolean, string]>([
    ['7.2.1', 'gantryEnds', { gantryEnds: 2 }, 'pass', false, '要求 2 个'],
    ['7.2.4', 'gantryEnds', { gantryEnds: 1 }, 'fail', false, '1 个道路端头'],
    ['7.2.5', 'gantryEnds', { gantryEnds: 0 }, 'fail', false, '0 个'],
    ['7.2.1', 'gantryKey', { gantryKey: false }, 'fail', false, '卡口'],
    ['7.2.1', 'cameraAbove', { cameraAbove: false }, 'fail', false, '泊位上方'],
    ['7.2.1', 'cameraHeight', { cameraHeightMm: 5500 }, 'pass', true, '5.50 m'],
    ['7.2.1', 'cameraHeight', { cameraHeightMm: 5499 }, 'fail', true, '≥ 5.50 m'],
    ['7.2.1', 'cameraHeight', { cameraHeightMm: 3000 }, 'fail', true, '3.00 m'],
    ['7.2.1', 'cameraHelp', { cameraHelp: false }, 'fail', true, '补光灯'],
    ['7.2.1', 'cameraTour', { cameraTour: false }, 'fail', false, '轮流'],
    ['7.2.4', 'cameraBehind', { cameraBehind: false }, 'fail', false, '右后方'],
    ['7.2.2', 'pilePlace', { pileAtFront: false }, 'fail', false, '右前方'],
    ['7.2.2', 'pileKeys', { pileKeysOnline: false }, 'fail', true, '密钥'],
    ['7.2.2', 'sensorFlush', { sensorFlush: false }, 'fail', false, '齐平'],
    ['7.2.3', 'sensorFlush', { sensorFlush: false }, 'fail', false, '3 个泊位中 3 个'],
    ['7.2.5', 'sensorFlush', { sensorFlush: true }, 'pass', false, '3 个泊位中 3 个'],
    ['7.2.3', 'handheldReads', { handheldPhotos: false }, 'fail', false, '照片'],
    ['7.2.5', 'patrolVideo', { patrolVideo: false }, 'fail', false, '录像'],
  ])('%s: %s of %o is %s', (layout, name, change, verdict, should, says) => {
    const found = rule(streetOf(layout, withMeasures(change)), name)
    expect(found).toMatchObject({ verdict, should })
    expect(found.reason.zh).toContain(says)
  })

  it('is unknown wherever no one has measured or stated anything', () => {
    for (const layout of openLayoutNames) {
      const found = streetOf(layout, { siting: notMeasured as never })
      const passed = found.filter(({ verdict }) => verdict !== 'unknown').map((one) => one.rule)
      expect(passed, layout).toEqual(
        layout === '7.2.2' ? ['headToTail'] : layout === '7.2.5' ? ['patrolSpaces'] : [],
      )
    }
  })

  it.each(Object.keys(goodStreet.siting.measures) as SitingMeasure[])(
    'is unknown without %s in each layout that asks for it',
    (name) => {
      const { [name as 'gantryEnds']: _, ...rest } = goodStreet.siting.measures
      const asking = openLayoutNames.flatMap((layout) =>
        streetOf(layout, { siting: { measures: rest } as never }).filter(({ asks }) =>
          asks.includes(name),
        ),
      )
      expect(asking.length).toBeGreaterThan(0)
      expect(new Set(asking.map(({ verdict }) => verdict))).toEqual(new Set(['unknown']))
    },
  )

  it.each([
    ['parallel', 'pass'],
    ['perpendicular', 'fail'],
    ['angled', 'fail'],
  ] as const)('of piles whose cars stand %s is %s (7.2.2 a)', (stand, verdict) => {
    const found = rule(streetOf('7.2.2', { stand: stand as 'parallel' }), 'headToTail')
    expect(found).toMatchObject({ verdict, clause: '7.2.2 a', should: false })
  })

  it('is not believed about a device that the lot file does not have', () => {
    const bare = { spaces: [{ id: 'A01' }, { id: 'A02' }] }
    expect(rule(streetOf('7.2.2', bare), 'pilePlace').verdict).toBe('unknown')
    expect(rule(streetOf('7.2.2', bare), 'pileKeys').verdict).toBe('unknown')
    expect(rule(streetOf('7.2.3', bare), 'sensorFlush').verdict).toBe('unknown')
    const nobody = { spaces: 900, readers: 0 }
    expect(rule(streetOf('7.2.3', {}, nobody), 'handheldReads').verdict).toBe('unknown')
    expect(rule(streetOf('7.2.5', {}, nobody), 'patrolVideo').verdict).toBe('unknown')
    expect(rule(streetOf('7.2.5', {}, nobody), 'patrolSpaces').verdict).toBe('unknown')
  })
})

describe('patrol cars', () => {
  it.each([
    [200, 1, 'pass', '200'],
    [199, 1, 'fail', '199'],
    [500, 1, 'pass', '500'],
    [501, 1, 'fail', '501'],
    [1001, 2, 'fail', '500.5'],
    [2000, 4, 'pass', '500'],
    [2000, 11, 'fail', '181.8'],
  ] as const)('%s spaces and %s cars are %s', (spaces, readers, verdict, each) => {
    const found = rule(streetOf('7.2.5', {}, { spaces, readers }), 'patrolSpaces')
    expect(found).toMatchObject({ verdict, clause: '7.2.5 c', should: true })
    expect(found.reason.zh).toContain(`每台 ${each} 个`)
  })

  it('are judged once for the lot, with its first street', () => {
    const { siting } = present(openOf('7.2.5'), '7.2.5')
    const found = judgeStreets(siting, [goodStreet, goodStreet, goodStreet], goodBeside, baseRules)
    const counts = found.map((all) => all.filter((one) => one.rule === 'patrolSpaces').length)
    expect(counts).toEqual([1, 0, 0])
  })
})

it('a lot without streets is judged as one where nothing is known', () => {
  for (const layout of openLayoutNames) {
    const found = judgeStreets(
      present(openOf(layout), layout).siting,
      [],
      { spaces: 0, readers: 0 },
      baseRules,
    )
    expect(found).toHaveLength(1)
    expect(new Set(found.flat().map(({ verdict }) => verdict))).toEqual(new Set(['unknown']))
  }
})

it('a "should" may be left with a reason, what must be may not, and a pack decides which is which', () => {
  const low = withMeasures({ cameraHeightMm: 4000, cameraAbove: false })
  const rules = (deviation: string, of = baseRules) =>
    againstClauses(streetOf('7.2.1', low, goodBeside, of), { measures: {}, deviation }).map(
      (one) => one.rule,
    )
  expect(rules('')).toEqual(['cameraAbove', 'cameraHeight'])
  expect(rules('路灯杆只有 4 m')).toEqual(['cameraAbove'])
  const strict = pack({ 'siting.cameraHeight': { binding: 'must' } })
  expect(rules('路灯杆只有 4 m', strict)).toEqual(['cameraAbove', 'cameraHeight'])
  const mild = pack({ 'siting.cameraAbove': { binding: 'should' } })
  expect(rules('路灯杆只有 4 m', mild)).toEqual([])
})

it('a pack of another region changes the figures of gantries and patrol cars', () => {
  const limit = (value: number, unit: string) => ({ value, unit, basis: 'printed' as const })
  const other = pack({
    'siting.gantryHeight': { thresholds: { min: limit(6000, 'mm') } },
    'siting.gantryAntennas': { thresholds: { width: limit(3500, 'mm') } },
    'siting.patrolSpaces': { thresholds: { max: limit(250, 'count') } },
  })
  const found = gantryOf('7.2.1', { ...goodGantry, laneWidthMm: 3400 }, other)
  expect(rule(found, 'gantryHeight').verdict).toBe('fail')
  expect(rule(found, 'gantryAntennas').verdict).toBe('pass')
  expect(rule(streetOf('7.2.5', {}, goodBeside, other), 'patrolSpaces').verdict).toBe('fail')
})
