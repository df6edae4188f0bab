// Clauses 7.1 and 8.1.1 as rules: for each the last value that passes, the first that fails, and no measurement, which is
// unknown and never a pass. The limits here are written from the text, not from the table under test.
import { baseRules } from '#base/pure/rules/packs.ts'
import { describe, expect, it } from 'vitest'
import { laneOf, layoutNames } from '#lane/pure/layouts/index.ts'
import type { LaneLayout, SitingRule } from '#lane/pure/layouts/layout.ts'
import { judgeSiting } from '#lane/pure/siting.ts'
import { againstClauses, notMeasured, type DevicesThere } from '#lane/pure/siting-finding.ts'
import type { SitingMeasure, SitingMeasures } from '#base/pure/lot/siting-measures.ts'
import { present } from '#base/pure/values/must.ts'
import { goodSiting } from './good-siting.ts'

const lane = (layout: string, way: 'entry' | 'exit'): LaneLayout =>
  present(laneOf(layout, way), `${layout} has an ${way}`)
const all: DevicesThere = { camera: true, barrier: true, display: true, rsu: true }
const none: DevicesThere = { camera: false, barrier: false, display: false, rsu: false }

/** An exit with a booth as the text requires it. */
const good = goodSiting
const exit = lane('7.1.2', 'exit')
const found = (measures: SitingMeasures, rule: SitingRule, there = all) =>
  present(
    judgeSiting(exit, { measures }, there, baseRules).find((one) => one.rule === rule),
    `${rule} is asked`,
  )

it('a lane as the text wants it passes every rule that has a verdict', () => {
  const verdicts = judgeSiting(exit, { measures: good }, all, baseRules).map(
    ({ rule, verdict }) => `${rule} ${verdict}`,
  )
  expect(verdicts.filter((one) => !one.endsWith(' pass'))).toEqual(['antennaPower unknown'])
})

type Row = readonly [SitingRule, SitingMeasures, 'pass' | 'fail', string]
const bounds: readonly Row[] = [
  ['antennaPlace', { antennaMm: 1 }, 'pass', '0.00 m'],
  ['antennaPlace', { antennaMm: 0 }, 'fail', '前方或同处'],
  ['antennaPlace', { antennaMm: -800 }, 'fail', '0.80 m'],
  ['antennaHeight', { antennaHeightMm: 2500 }, 'pass', '2.50 m'],
  ['antennaHeight', { antennaHeightMm: 2499 }, 'fail', '≥ 2.5 m'],
  ['antennaDown', { antennaDownDeg: 34 }, 'pass', '34°'],
  ['antennaDown', { antennaDownDeg: 33 }, 'fail', '33°'],
  ['antennaDown', { antennaDownDeg: 36 }, 'pass', '36°'],
  ['antennaDown', { antennaDownDeg: 37 }, 'fail', '35°'],
  ['antennaYaw', { antennaYawDeg: 30 }, 'pass', '30°'],
  ['antennaYaw', { antennaYawDeg: 29 }, 'fail', '29°'],
  ['antennaYaw', { antennaYawDeg: 45 }, 'pass', '45°'],
  ['antennaYaw', { antennaYawDeg: 46 }, 'fail', '46°'],
  ['trigger', { zoneNearMm: 3500 }, 'pass', '3.50 m~4.50 m'],
  ['trigger', { zoneNearMm: 3501 }, 'fail', '3.50 m~6.00 m'],
  ['trigger', { zoneFarMm: 4500 }, 'pass', '4.50 m'],
  ['trigger', { zoneFarMm: 4499 }, 'fail', '4.50 m'],
  ['strongest', { strongestMm: 4500 }, 'pass', '0.50 m'],
  ['strongest', { strongestMm: 4501 }, 'fail', '0.50 m'],
  ['strongest', { strongestMm: 3499 }, 'fail', '0.50 m'],
  ['laneWidth', { laneWidthMm: 3000 }, 'pass', '7.1 未规定车道宽'],
  ['laneWidth', { laneWidthMm: 2999 }, 'fail', '推定'],
  ['boothMiddle', { boothGapMm: 300 }, 'pass', '0.10 m'],
  ['boothMiddle', { boothGapMm: 301 }, 'fail', '0.10 m'],
  ['boothMiddle', { boothGapMm: 99 }, 'fail', '0.10 m'],
  ['islandWidth', { islandWidthMm: 600 }, 'pass', '0.60 m'],
  ['islandWidth', { islandWidthMm: 599 }, 'fail', '0.60 m'],
  ['islandWidth', { islandWidthMm: 1500 }, 'pass', '1.50 m'],
  ['islandWidth', { islandWidthMm: 1501 }, 'fail', '1.50 m'],
  ['islandLength', { islandLengthMm: 3000 }, 'pass', '3.00 m'],
  ['islandLength', { islandLengthMm: 2999 }, 'fail', '3.00 m'],
  ['islandHeight', { islandHeightMm: 150 }, 'pass', '0.15 m'],
  ['islandHeight', { islandHeightMm: 149 }, 'fail', '0.15 m'],
  // The line of sight from the island's far side past the corner of a booth at the edge of the lane.
  ['cameraView', { cameraAsideMm: -1500 }, 'fail', '岗亭挡住'],
  ['cameraView', { cameraAsideMm: -1, boothGapMm: 0, boothNearMm: 0 }, 'fail', '岗亭挡住'],
  ['cameraView', { cameraAsideMm: 1, boothGapMm: 0, boothNearMm: 0 }, 'pass', '不过岗亭'],
]

it.each(bounds)('%s of %o is %s', (rule, change, verdict, says) => {
  const finding = found({ ...good, ...change }, rule)
  expect(finding).toMatchObject({ verdict })
  expect(finding.reason.zh).toContain(says)
  expect(finding.todo === null).toBe(verdict === 'pass')
})

describe('what nobody measured', () => {
  it('is unknown in every layout, and names what is to be measured', () => {
    for (const layout of layoutNames)
      for (const way of ['entry', 'exit'] as const) {
        const findings = judgeSiting(lane(layout, way), notMeasured, none, baseRules)
        const passed = findings.filter(({ verdict }) => verdict === 'pass').map(({ rule }) => rule)
        expect(passed, `${layout} ${way}`).toEqual(way === 'entry' ? ['noEtc'] : [])
        expect(findings.filter(({ verdict }) => verdict === 'fail')).toEqual([])
      }
  })

  it.each(Object.keys(good) as SitingMeasure[])(
    'without %s no rule that asks for it passes or fails',
    (name) => {
      const { [name]: _, ...rest } = good
      const asking = judgeSiting(exit, { measures: rest }, all, baseRules).filter(({ asks }) =>
        asks.includes(name),
      )
      expect(asking.length).toBeGreaterThan(0)
      for (const { verdict, reason } of asking) {
        expect(verdict).toBe('unknown')
        expect(reason.zh).toContain('还没有测量')
      }
    },
  )
})

describe('which lane is asked what', () => {
  it('an entry gets no ETC (8.1.1.1 a), in each layout', () => {
    for (const layout of layoutNames) {
      const [with_, without] = [all, { ...all, rsu: false }].map((there) =>
        judgeSiting(lane(layout, 'entry'), notMeasured, there, baseRules).find(
          ({ rule }) => rule === 'noEtc',
        ),
      )
      expect(with_).toMatchObject({ verdict: 'fail', clause: '8.1.1.1 a', should: false })
      expect(without).toMatchObject({ verdict: 'pass' })
    }
  })

  it('booth and island are asked for where there is a booth, the antenna at exits alone', () => {
    const asked = (layout: string, way: 'entry' | 'exit') => Object.keys(lane(layout, way).siting)
    expect(asked('7.1.1', 'entry')).toEqual(['devices', 'noEtc'])
    expect(asked('7.1.2', 'entry')).toContain('cameraView')
    for (const layout of ['7.1.1', '7.1.3', '7.1.4', '7.1.5'])
      expect(asked(layout, 'exit')).toEqual([
        ...['devices', 'etc', 'antennaPlace', 'antennaHeight', 'antennaDown', 'antennaYaw'],
        ...['antennaPower', 'trigger', 'strongest', 'laneWidth'],
      ])
  })

  it('each layout names its own clause, and that of 7.1.1 which it refers to', () => {
    const mount = layoutNames.map((name) => lane(name, 'exit').siting.antennaHeight)
    expect(mount).toEqual([
      '7.1.1 c',
      '7.1.2 e, 7.1.1 c',
      '7.1.3 c, 7.1.1 c',
      '7.1.4, 7.1.1 c',
      '7.1.5, 7.1.1 c',
    ])
  })

  it('missing devices are unknown and named: they may come later', () => {
    const { verdict, reason } = found(good, 'devices', { ...all, display: false, camera: false })
    expect([verdict, reason.zh]).toEqual(['unknown', '还没有相机、显示屏'])
  })
})

it('a "should" may be left with a reason; what must be may not', () => {
  const low = { ...good, antennaHeightMm: 2400, islandHeightMm: 100 }
  const findings = judgeSiting(exit, { measures: low }, all, baseRules)
  const rules = (deviation: string) =>
    againstClauses(findings, { measures: low, deviation }).map(({ rule }) => rule)
  expect(rules('')).toEqual(['antennaHeight', 'islandHeight'])
  expect(rules('梁低')).toEqual(['islandHeight'])
})
