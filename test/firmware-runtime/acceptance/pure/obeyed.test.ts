// Every part of a rule pack has an effect: each threshold, clause, evidence source and struck rule changes what the program
// reports about lots, lanes and surveys that are otherwise the same.
import { describe, expect, it } from 'vitest'
import { acceptanceItems } from '#acceptance/pure/items/index.ts'
import { clauseOf } from '#acceptance/pure/item.ts'
import { laneOf, layoutNames, openLayoutNames, openOf } from '#lane/pure/layouts/index.ts'
import { judgeSiting } from '#lane/pure/siting.ts'
import { judgeStreets } from '#lane/pure/street-siting.ts'
import type { SitingMeasures } from '#base/pure/lot/siting-measures.ts'
import { basePack, baseRules, rulesIn, wrongIn } from '#base/pure/rules/packs.ts'
import type { PackRule, RulePack, Rules } from '#base/pure/rules/rule-pack.ts'
import { kindOf, ruleIds, type RuleId } from '#base/pure/rules/rule-table.ts'
import { surveyItems } from '#survey/pure/items/index.ts'
import { projectOf } from '#survey/pure/file/project.ts'
import type { SurveyBody } from '#survey/pure/file/record.ts'
import { sampleSize, samplingOf } from '#survey/pure/file/sampling.ts'
import { itemViews } from '#survey/pure/file/survey-view.ts'
import { recordsOf } from '../../survey/pure/records.ts'
import { openingOf } from '../../survey/pure/whole-field.ts'
import { planted, unfinished } from './planted.ts'
import { ruleLines } from '#acceptance/desk/service/rule-lines.ts'
import { MemoryPapers } from '../desk/service/papers-kit.ts'
import { askedOfLot, cardFacts, onlineFacts } from './scene.ts'
import { sentFacts } from './sent-facts.ts'
import { goodBeside, goodGantry, goodSiting, goodStreet } from '../../lane/pure/good-siting.ts'

const changed = (id: RuleId, rule: PackRule | null): RulePack => {
  const asked = askedOfLot[id]
  const thresholds = { ...asked?.thresholds, ...rule?.thresholds }
  const own = rule === null || asked === undefined ? rule : { ...asked, ...rule, thresholds }
  const pack: RulePack = { ...basePack, id: 'else', over: 'guangxi', rules: { [id]: own } }
  expect(wrongIn(pack)).toBeNull()
  return pack
}

const good: SitingMeasures = { ...goodSiting, antennaDownDeg: 36, boothGapMm: 250 }
const all = { camera: true, barrier: true, display: true, rsu: true }

const gantry: SitingMeasures = { ...goodGantry, laneWidthMm: 3500, laneAntennas: 2 }
/** Positions of an open lot: gantries over a wide and a narrow lane, and a street with its patrol cars. */
const openVerdicts = (id: RuleId, rules: Rules): readonly string[] =>
  openLayoutNames.flatMap((layout) => {
    const lane = laneOf(layout, 'exit')
    const own = [gantry, { ...gantry, laneWidthMm: 2900, laneAntennas: 1 }].flatMap((measures) =>
      lane === null ? [] : judgeSiting(lane, { measures }, all, rules),
    )
    const streets = judgeStreets(openOf(layout)?.siting ?? {}, [goodStreet], goodBeside, rules)
    return [...own, ...streets.flat()]
      .filter(({ rule }) => `siting.${rule}` === id)
      .map(
        ({ rule, clause, verdict, should }) => `${layout} ${rule} ${clause} ${verdict} ${should}`,
      )
  })

const sitingVerdicts = (id: RuleId, rules: Rules): readonly string[] =>
  layoutNames.flatMap((layout) =>
    (['entry', 'exit'] as const).flatMap((way) => {
      const lane = laneOf(layout, way)
      if (lane === null) return []
      return judgeSiting(lane, { measures: good }, all, rules)
        .filter(({ rule }) => `siting.${rule}` === id)
        .map(
          ({ rule, clause, verdict, should }) =>
            `${layout} ${way} ${rule} ${clause} ${verdict} ${should}`,
        )
    }),
  )

const usual = openingOf('x')
/** The same survey, judged under another pack. */
function under(bodies: readonly SurveyBody[], pack: RulePack | null): readonly SurveyBody[] {
  const by = pack === null ? {} : { rules: pack }
  const [first] = bodies
  return first?.kind === 'opened'
    ? [{ ...first, ...by }, ...bodies.slice(1)]
    : [{ ...usual, ...by }, ...bodies]
}

const surveyVerdicts = (id: RuleId, pack: RulePack | null): readonly string[] =>
  surveyItems
    .filter((item) => item.id === id)
    .flatMap((item) =>
      item.examples().map(({ bodies }) => {
        const survey = projectOf(recordsOf(under(bodies, pack)))
        const printed = itemViews(survey).find((one) => one.id === id)?.printed
        return `${item.judge(survey).verdict} ${printed}`
      }),
    )

/** The verdicts of one item in both modes: on the correct scene and with each planted fault. */
const acceptanceVerdicts = (id: RuleId, rules: Rules): readonly string[] =>
  acceptanceItems
    .filter((item) => item.id === id)
    .flatMap((item) => [
      clauseOf(item.id, rules),
      JSON.stringify(item.expected(rules)),
      ...[
        cardFacts(),
        onlineFacts(),
        ...[...(planted[id] ?? []), ...(unfinished[id] ?? [])].map((one) => one.plant(one.facts())),
      ].map((facts) => {
        const { verdict, warned } = item.judge({ ...facts, rules })
        return [verdict, ...warned].join(' ')
      }),
    ])

const paperIds = new Set<string>(new MemoryPapers().service.view().papers.map((one) => one.id))
/** The verdicts of appendices J and K, with all papers reviewed by a second person and the last drill 300 days ago. */
function paperVerdicts(id: RuleId, rules: Rules): readonly string[] {
  if (!paperIds.has(id)) return []
  const memory = new MemoryPapers().fillAll().reviewAll().heldDaysAgo(300)
  memory.drillDays = rules.limit('K9', 'every')
  const papers = memory.service.view()
  const known = { siting: [], simulated: true, surveys: [], items: [], papers }
  return ruleLines(rules, known)
    .filter((line) => line.id === id)
    .map(({ clause, verdict }) => `${clause} ${verdict}`)
}

const draws = (rules: Rules): readonly string[] =>
  [1, 4, 5, 10, 100].map((lots) => `${sampleSize(lots, 'operator', samplingOf(rules))}`)

/** Everything the program reports about a rule. */
function saidOf(id: RuleId, pack: RulePack | null): string {
  const rules = pack === null ? baseRules : rulesIn(pack)
  return [
    ...sitingVerdicts(id, rules),
    ...openVerdicts(id, rules),
    ...surveyVerdicts(id, pack),
    ...acceptanceVerdicts(id, rules),
    ...paperVerdicts(id, rules),
    ...(id === 'sampling' ? draws(rules) : []),
  ].join('\n')
}
/** Verdicts and drawn numbers only: a changed wording does not count as an effect. */
const verdictsOf = (id: RuleId, pack: RulePack | null): string =>
  saidOf(id, pack)
    .split('\n')
    .filter((line) => !line.startsWith('{'))
    .join('\n')

const before = new Map(
  ruleIds.map((id) => [id, verdictsOf(id, id in askedOfLot ? changed(id, {}) : null)]),
)
/** Items that fail only by a fault of their own, which no scene here plants. */
const withoutScene: readonly RuleId[] = acceptanceItems
  .map(({ id }) => id)
  .filter((id) => planted[id] === undefined)
const inScene = ruleIds.filter((id) => !withoutScene.includes(id))
const thresholds = inScene.flatMap((id) =>
  Object.keys(kindOf(id).thresholds).map((name) => [id, name] as const),
)

it.each(thresholds)('%s: a pack with another %s has another verdict', (id, name) => {
  const known = kindOf(id).thresholds[name]
  const own = basePack.rules[id]?.thresholds ?? {}
  const verdicts = [known?.min ?? 0, known?.max ?? 0].map((value) => {
    const limit = { value, unit: known?.unit ?? '', basis: 'printed' } as const
    // Moves the other bound along, so that the range stays valid.
    const other =
      name === 'min' && own['max'] !== undefined && value > own['max'].value
        ? { max: { ...own['max'], value } }
        : name === 'max' && own['min'] !== undefined && value < own['min'].value
          ? { min: { ...own['min'], value } }
          : {}
    return verdictsOf(id, changed(id, { thresholds: { ...other, [name]: limit } }))
  })
  expect(verdicts.some((one) => one !== before.get(id))).toBe(true)
})

describe('what is binding', () => {
  it.each(ruleIds.filter((id) => id.startsWith('siting.')))(
    '%s is a "should" or a "must" as its pack says',
    (id) => {
      const [one, other] = (['should', 'must'] as const).map((binding) =>
        saidOf(id, changed(id, { binding })),
      )
      expect([one, other].filter((said) => said === before.get(id))).toHaveLength(1)
    },
  )
})

describe('a rule that is struck out', () => {
  it.each(ruleIds.filter((id) => id !== 'sampling' && before.get(id) !== ''))(
    '%s is not judged',
    (id) => {
      expect(verdictsOf(id, changed(id, null))).not.toBe(before.get(id))
      expect(verdictsOf(id, changed(id, null))).not.toMatch(/\b(?:pass|fail)\b/)
    },
  )
})

describe('a source of evidence', () => {
  it.each(acceptanceItems.map(({ id }) => id).filter((id) => !withoutScene.includes(id)))(
    '%s passes on the sources of its pack, and on no other',
    (id) => {
      const item = acceptanceItems.find((one) => one.id === id)
      const ofOwn = id === 'E2' ? sentFacts() : cardFacts()
      const facts = id === 'F4' || id === 'F5' ? onlineFacts() : ofOwn
      const found = item?.judge(facts)
      expect(found?.verdict).toBe('pass')
      const sources = new Set(found?.evidence.map(({ source }) => source))
      for (const one of baseRules.evidence(id)) expect(sources).toContain(one)
      const absent = kindOf(id).sources.filter((one) => !sources.has(one as never))
      expect(absent.length).toBeGreaterThan(0)
      for (const source of absent) {
        const rules = rulesIn(changed(id, { evidence: [source] }))
        const { verdict, words } = item?.judge({ ...facts, rules }) ?? {}
        expect(verdict).toBe('incomplete')
        expect(words?.en).toContain(source)
      }
    },
  )
})

describe('a clause and its printed text', () => {
  it.each(ruleIds.filter((id) => id !== 'sampling' && before.get(id) !== ''))(
    '%s is numbered and printed as the pack says',
    (id) => {
      const pack = changed(id, { clause: '77.7', printed: '应照此' })
      if (id.startsWith('D')) expect(saidOf(id, pack)).toContain('应照此')
      else expect(saidOf(id, pack)).toContain('77.7')
    },
  )
})
