// The plan of a survey's day by lots: which acts, how many of each, with what, and how long. Its counts are those by which
// the verdict judges.
import { describe, expect, it } from 'vitest'
import { readLot } from '#lane/lot/files/lot-file.ts'
import { planOfLot } from '#survey/runs/planned-lanes.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { baseRules } from '#base/pure/rules/packs.ts'
import { clockReadingsMin } from '#survey/pure/figures/clock-figures.ts'
import { assumedMinutes } from '#survey/pure/day-plan.ts'
import { planSheet } from '#survey/pure/field/plan-sheet.ts'
import { surveyItems } from '#survey/pure/items/index.ts'
import { lossVerdict, probesWithoutLoss } from '#survey/pure/figures/loss-test.ts'
import { obuTriesView } from '#survey/pure/field/obu-tries.ts'
import { projectOf } from '#survey/pure/file/project.ts'
import type { LinkBody, SurveyBody } from '#survey/pure/file/record.ts'
import { walkOf } from '#survey/pure/survey-points.ts'
import { lotFile } from '../../lane/lot/lot-kit.ts'
import { recordsOf } from './records.ts'
import { openedBody } from './whole-field.ts'

type Lane = ReturnType<typeof lotFile>['lanes'][number]
const [entry, exit] = lotFile().lanes as [Lane, Lane]
const antenna = (id: string) => ({ ...exit, id, rsu: `sim:${id}` })
const readable = (more: object) => readLot(JSON.stringify({ ...lotFile(), ...more }), 'lot.json')
const planOf = (more: object, access: 'wire' | 'mobile' = 'wire') =>
  planOfLot(readable(more), access, baseRules)
const open = {
  chargeMode: 'online',
  offline: 'settle-later',
  spaces: [{ id: 'mag', link: 'push:nb-iot', spaces: {} }],
}
const spaces = ['A1', 'A2', 'A3'].map((id, i) => ({
  id,
  sensor: `mag/${i}`,
  pile: `sim:${id}?variant=generic-bcc`,
}))
const street = {
  ...open,
  layout: '7.2.2',
  capacity: 3,
  lanes: [],
  streets: [{ name: '示例路', stand: 'parallel', spaces }],
}
const handheld = {
  kind: 'handheld',
  fence: {
    shape: 'circle',
    center: { latMicrodeg: 22_817_000, lonMicrodeg: 108_366_000 },
    radiusM: 12,
  },
  gnss: null,
}
type Plan = ReturnType<typeof planOf>
const countOf = (plan: Plan, rows: string, lane = 0, ifMarginal = false) =>
  plan.lanes[lane]?.acts
    .filter((act) => act.rows.join(' ') === rows && act.ifMarginal === ifMarginal)
    .map(({ counts }) => counts.map(({ n }) => n))[0]
const pointsWith = (neighbourAxesMm: readonly number[]): number => {
  const zone = { ...openedBody.zone, neighbourAxesMm } as NonNullable<typeof openedBody.zone>
  return walkOf({ ...openedBody, zone }, []).points
}
const axes = [-1_600, 4_800]
const rowsOf = (plan: Plan): string =>
  (plan.lanes[0]?.acts ?? []).flatMap(({ rows }) => rows).join(' ')
const tools = (plan: Plan) => plan.instruments.map(({ id }) => id)

describe('the plan of the day', () => {
  it.each([
    ['one lane', [exit], 1, 0],
    ['an exit beside an entry', [entry, exit], 1, 1],
    ['an antenna between two lanes', [entry, exit, { ...entry, id: 'other' }], 1, 2],
    ['two antennas', [antenna('a'), antenna('b')], 2, 1],
  ] as const)(
    'of %s reads each point that the verdict asks for',
    (_what, lanes, surveys, beside) => {
      const plan = planOf({ lanes })
      expect(plan.lanes).toHaveLength(surveys)
      expect(countOf(plan, 'D5')).toEqual([pointsWith(axes.slice(0, beside))])
      expect(plan.minutes).toBe(plan.lanes.reduce((sum, { minutes }) => sum + minutes, 0))
    },
  )

  it('has the rows of the table, and a modem on a mobile network alone', () => {
    const asked = surveyItems.map(({ id }) => id)
    expect(new Set(rowsOf(planOf({}, 'mobile')).split(' '))).toEqual(new Set(asked))
    expect(rowsOf(planOf({}))).not.toContain('D13')
    expect(tools(planOf({}))).not.toContain('modem')
    expect(tools(planOf({}, 'mobile'))).toContain('modem')
  })

  it.each([
    ['cameras and a platform', {}, 5],
    ['no camera', { lanes: [{ ...exit, camera: null }] }, 4],
    ['no platform', { platform: null }, 4],
  ])('reads the clocks of a lot with %s', (_what, more, clocks) => {
    expect(countOf(planOf(more), 'D14 D15')).toEqual([clocks * clockReadingsMin])
  })

  it('sends as many probes as pass without a loss, and no fewer', () => {
    const limit = baseRules.limit('D7', 'lossMax') / 100
    const [n = 0] = countOf(planOf({}), 'D7 D8') ?? []
    expect(n).toBe(probesWithoutLoss(limit))
    expect(lossVerdict(Array<number>(n).fill(20), limit)).toBe('pass')
    expect(lossVerdict(Array<number>(n - 1).fill(20), limit)).toBe('open')
    const link = {
      kind: 'link',
      way: 'ping',
      peer: 'probe.example',
      interfaceName: null,
      method: 'icmp',
      clockErrorMs: null,
      everyMs: 1_000,
    } as const
    const run: LinkBody = { ...link, latenciesMs: Array<number>(n).fill(20) }
    const verdicts = surveyItems
      .filter(({ id }) => id === 'D7' || id === 'D8')
      .map(({ judge }) => judge(projectOf(recordsOf([run]))).verdict)
    expect(verdicts).toEqual(['pass', 'pass'])
  })

  it('has the tries of OBUs that decide a marginal field, outside the sum', () => {
    const plan = planOf({})
    const view = obuTriesView(projectOf(recordsOf([openedBody as SurveyBody])))
    const { obusMin = 0, triesMin = 0, places = [] } = view ?? {}
    expect(countOf(plan, 'D5', 0, true)).toEqual([obusMin * triesMin * places.length])
    const own = (of: string) =>
      (plan.lanes[0]?.acts ?? [])
        .filter(({ track, ifMarginal }) => track === of && !ifMarginal)
        .reduce((sum, { minutes }) => sum + minutes, 0)
    const longest = Math.max(...['person', 'line', 'clock'].map(own))
    expect(plan.lanes[0]?.minutes).toBe(longest + (assumedMinutes['ready'] ?? 0))
    expect(plan.instruments.find(({ id }) => id === 'obu')?.pieces).toBe(3)
  })

  it('of a street has a survey for each pile, with the piles beside it', () => {
    const plan = planOf(street)
    expect(plan.lanes.map(({ id }) => id)).toEqual(['pile-a1', 'pile-a2', 'pile-a3'])
    const points = [0, 1, 2].map((i) => countOf(plan, 'D5', i))
    expect(points).toEqual(
      [axes.slice(0, 1), axes, axes.slice(0, 1)].map((one) => [pointsWith(one)]),
    )
  })

  it('of a handheld has no zone, and of a gantry has one', () => {
    const carried = { ...exit, camera: null, barrier: null, place: handheld, layout: undefined }
    expect(rowsOf(planOf({ ...open, layout: '7.2.3', lanes: [carried] }))).not.toMatch(/D[56]/)
    const gantry = { ...exit, camera: null, barrier: null, layout: '7.2.4' }
    expect(rowsOf(planOf({ ...open, layout: '7.2.4', lanes: [gantry] }))).toMatch(/D5.*D6/)
  })

  it('is a list to take along, instruments first, its minutes marked as assumed', () => {
    const plan = planOf({ lanes: [exit] })
    const lines = planSheet(plan, 'en').flatMap((one) => [one.title, ...one.lines])
    expect(lines.slice(1, plan.instruments.length + 1)).toEqual(
      plan.instruments.map(
        ({ words, pieces }) => `☐ ${words.en}${pieces > 1 ? ` × ${pieces}` : ''}`,
      ),
    )
    expect(lines.at(-1)).toBe(plan.assumed.en)
    expect(lines.length).toBeLessThan(40)
    expect(JSON.stringify(planSheet(plan, 'zh'))).toMatch(/合计.*假定/)
  })

  it.each([
    ['/lanes/0/rsu', { lanes: [{ ...exit, rsu: 'telnet://x' }] }, 'LOT-03'],
    ['/lanes/1/id', { lanes: [exit, exit] }, 'LOT-04'],
    ['/capacity', { capacity: 'many' }, 'LOT-02'],
  ])('refuses a lot with a wrong %s, with file, field and value', (field, more, code) => {
    const tried = (): unknown => planOf(more)
    expect(tried).toThrow(LaneFault)
    expect(tried).toThrow(
      expect.objectContaining({
        code,
        detail: expect.objectContaining({
          file: 'lot.json',
          field,
          value: expect.any(String) as never,
        }) as never,
      }) as never,
    )
  })
})
