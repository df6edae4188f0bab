// Table D.1 row 6: interference with the neighbour lane, after GB/T 35070.2-2018 clause 5.3.
// That text is not public: limits and counts are ours until a person cites it (criterion.ts), and say so.
import { t, type BilingualText } from '../../core/values/fault-text.ts'
import { assumedCriterion, criterionOf } from '../criterion.ts'
import { crossReadFacts, type CrossReadFacts } from '../cross-reads.ts'
import { levelsAt } from '../field-readings.ts'
import { defineSurveyItem, finding, groups, notMeasured } from '../item.ts'
import type { SurveyProject } from '../project.ts'
import type { Criterion, CriterionBody, CrossReadBody, FieldBody, Finding } from '../record.ts'

interface Series {
  readonly body: CrossReadBody
  readonly facts: CrossReadFacts
  readonly stressDb: number
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`
const plus = (a: BilingualText, b: BilingualText): BilingualText => t(a.zh + b.zh, a.en + b.en)

const seriesOf = (survey: SurveyProject): readonly Series[] =>
  survey.crossReadsNow.map((body) => ({
    body,
    facts: crossReadFacts(body),
    stressDb: body.stressDb ?? 0,
  }))

/** Enough OBUs at enough places, often enough, by an antenna that read its own lane meanwhile. */
const isWhole = ({ body, facts }: Series, criterion: Criterion): boolean =>
  body.inLane > 0 &&
  facts.obus >= criterion.obusMin &&
  facts.places >= criterion.placesMin &&
  facts.roundsMin >= criterion.roundsMin &&
  facts.trials >= Math.max(1, criterion.triesMin)

const named = ({ body }: Series): readonly string[] =>
  (body.neighbours ?? []).map(({ obuId }) => obuId)

/** All that one antenna, or all together, was tested by. */
function groupsOf(all: readonly Series[]): readonly (readonly Series[])[] {
  return [...Map.groupBy(all, ({ body }) => body.antennaId).values()]
}

/** What is missing still; null: nothing. */
function missing(all: readonly Series[], criterion: Criterion): BilingualText | null {
  if (all.every(({ facts }) => facts.trials === 0))
    return t(
      '没有邻道标签参加测试,本车道的应答不算次数',
      'no neighbour OBU was offered; answers of the own lane are no trials',
    )
  for (const group of groupsOf(all)) {
    const working = group.filter(({ stressDb }) => stressDb === 0)
    const whole = working.find((one) => isWhole(one, criterion))
    if (whole === undefined)
      return t(
        `天线须同时读到本车道标签;每次至少 ${criterion.obusMin} 枚邻道标签、${criterion.placesMin} 处、各 ${criterion.roundsMin} 轮、共 ${criterion.triesMin} 次`,
        `a run takes an antenna that reads its own lane meanwhile, ${criterion.obusMin} neighbour OBUs at ${criterion.placesMin} places, ${criterion.roundsMin} rounds each, ${criterion.triesMin} trials`,
      )
    const stressed = group.some(
      (one) =>
        one.stressDb >= criterion.stressDb &&
        one.facts.roundsMin >= criterion.roundsMin &&
        named(whole).every((id) => named(one).includes(id)),
    )
    if (criterion.stressDb > 0 && whole.body.antennaId !== null && !stressed)
      return t(
        `缺同一批标签的 +${criterion.stressDb} dB 加压测试`,
        `the stress run of the same OBUs at +${criterion.stressDb} dB is missing`,
      )
  }
  return null
}

function worstWords({ facts }: Series): BilingualText {
  const { trials, reads, obus, places, share, worst } = facts
  if (share === null) return t('', '')
  const most =
    worst === null
      ? t('', '')
      : t(
          `,最多的一枚 ${worst.obuId} 为 ${percent(worst.low)}~${percent(worst.high)}`,
          `, the worst OBU ${worst.obuId} ${percent(worst.low)} to ${percent(worst.high)}`,
        )
  return t(
    `${obus} 枚邻道标签 ${places} 处 ${trials} 次中误读 ${reads} 次${most.zh};对这些标签和位置不超过 ${percent(share.theseUpTo)},对一般标签不超过 ${percent(share.allUpTo)}(95%,一枚算一次)`,
    `${reads} of ${trials} trials with ${obus} neighbour OBUs at ${places} places were wrong reads${most.en}; for these OBUs at these places at most ${percent(share.theseUpTo)}, for OBUs at large at most ${percent(share.allUpTo)} (95 %, each OBU one trial)`,
  )
}

const stressWords = (all: readonly Series[]): BilingualText =>
  all
    .filter(({ stressDb }) => stressDb > 0)
    .map(({ stressDb, facts: { reads, trials } }) =>
      t(`;+${stressDb} dB 时 ${reads}/${trials} 次`, `; at +${stressDb} dB ${reads} of ${trials}`),
    )
    .reduce(plus, t('', ''))

function judge(survey: SurveyProject): Finding {
  const criterion = criterionOf(survey)
  const { readsMax, neighbourDbmMax } = criterion
  const all = seriesOf(survey)
  const working = all.filter(({ stressDb }) => stressDb === 0)
  const levels = [...levelsAt(survey, 'neighbour').values()].map(({ levelDbm }) => levelDbm)
  const strongest = levels.length === 0 ? null : Math.max(...levels)
  const [first, ...others] = working.length === 0 ? all : working
  if (first === undefined) return notMeasured()
  const rate = (one: Series): number => one.body.inNeighbour / Math.max(1, one.facts.trials)
  const worst = others.reduce((a, b) => (rate(b) > rate(a) ? b : a), first)
  const trials = all.reduce((sum, { facts }) => sum + facts.trials, 0)
  const field =
    strongest === null
      ? t('', '')
      : t(`;邻道场强 ${strongest.toFixed(1)} dBm`, `; field there ${strongest.toFixed(1)} dBm`)
  const said = [worstWords(worst), stressWords(all), field].reduce(plus)
  const figure = worst.facts.trials === 0 ? null : { value: 100 * rate(worst), unit: '%' }
  const isStrong = neighbourDbmMax !== null && strongest !== null && strongest > neighbourDbmMax
  if (working.some(({ body }) => body.inNeighbour > readsMax) || isStrong)
    return finding('fail', said, trials, figure)
  const lacks = missing(all, criterion)
  if (lacks !== null) {
    const open = t(
      `${lacks.zh}${said.zh === '' ? '' : ';'}`,
      `${lacks.en}${said.en === '' ? '' : '; '}`,
    )
    return finding('incomplete', plus(open, said), trials, figure)
  }
  if (neighbourDbmMax !== null && strongest === null)
    return finding('incomplete', said, trials, figure)
  const stressReads = all.some(({ body, stressDb }) => stressDb > 0 && body.inNeighbour > 0)
  return finding(stressReads ? 'marginal' : 'pass', said, trials, figure)
}

const reads = (
  obus: number,
  rounds: number,
  inNeighbour = 0,
  more: Partial<CrossReadBody> = {},
): CrossReadBody => ({
  kind: 'crossRead',
  antennaId: null,
  inLane: 50,
  inNeighbour,
  rounds,
  neighbours: Array.from({ length: obus }, (_, i) => ({
    obuId: `0200000${i}`,
    place: `P${i}`,
    trials: rounds,
    reads: i === 0 ? inNeighbour : 0,
  })),
  ...more,
})
/** One antenna driven alone: at work and at +6 dB. */
const alone = (more: Partial<CrossReadBody>, stress: Partial<CrossReadBody> = {}) => [
  reads(3, 34, 0, { antennaId: 1, ...more }),
  reads(3, 34, 0, { antennaId: 1, stressDb: 6, ...stress }),
]
const cited = (triesMin: number, readsMax: number, dBm: number | null): CriterionBody => ({
  kind: 'criterion',
  item: 'D6',
  triesMin,
  readsMax,
  neighbourDbmMax: dBm,
  text: 'example',
  source: 'example',
})
const nextDoor = (levelDbm: number): FieldBody => ({
  kind: 'field',
  xMm: 4_800,
  yMm: 2_250,
  zMm: 1_000,
  instrumentId: 'a',
  antennaId: null,
  place: 'neighbour',
  levelsDbm: [levelDbm],
})
const ownAnswers: CrossReadBody = { kind: 'crossRead', antennaId: 1, inLane: 5_000, inNeighbour: 0 }

export const neighbour = defineSurveyItem({
  id: 'D6',
  group: groups.zone,
  title: t('邻道干扰', 'Interference with the neighbour lane'),
  printed: '测试结果应符合GB/T 35070.2—2018中5.3的规定',
  procedure: assumedCriterion.procedure,
  assumed: t(
    `标准原文未公开:按至少 ${assumedCriterion.obusMin} 枚邻道标签、${assumedCriterion.placesMin} 处、各 ${assumedCriterion.roundsMin} 轮无一误读,并做 +${assumedCriterion.stressDb} dB 加压判定;加压时误读为临界`,
    `The text is not public: judged by no wrong read of at least ${assumedCriterion.obusMin} neighbour OBUs at ${assumedCriterion.placesMin} places in ${assumedCriterion.roundsMin} rounds each, with a stress run at +${assumedCriterion.stressDb} dB; a wrong read under stress is marginal`,
  ),
  cited(survey) {
    const { status, text, source } = criterionOf(survey)
    if (status === 'assumed') return null
    return { procedure: t(`${text}(${source})`, `${text} (${source})`), assumed: null }
  },
  judge,
  examples: () => [
    { verdict: 'incomplete', bodies: [] },
    // Own answers are no trials, however many.
    { verdict: 'incomplete', bodies: [ownAnswers] },
    { verdict: 'pass', bodies: alone({}) },
    { verdict: 'pass', bodies: [reads(3, 34)] },
    // Stress run missing, too weak, of other OBUs.
    { verdict: 'incomplete', bodies: alone({}).slice(0, 1) },
    { verdict: 'incomplete', bodies: alone({}, { stressDb: 3 }) },
    { verdict: 'incomplete', bodies: alone({ neighbours: reads(4, 34).neighbours ?? [] }) },
    { verdict: 'marginal', bodies: alone({}, reads(3, 34, 1, { antennaId: 1, stressDb: 6 })) },
    { verdict: 'incomplete', bodies: [reads(2, 60)] },
    // An antenna that read nobody may have been off.
    { verdict: 'incomplete', bodies: [reads(3, 34, 0, { inLane: 0 })] },
    { verdict: 'incomplete', bodies: [reads(3, 33)] },
    // Two halves are not one whole.
    { verdict: 'incomplete', bodies: [reads(3, 17), reads(3, 17)] },
    { verdict: 'fail', bodies: [reads(3, 334, 1)] },
    // A clean run after one that was not changes nothing.
    { verdict: 'fail', bodies: [reads(3, 34, 1), reads(30, 100)] },
    { verdict: 'pass', bodies: [reads(3, 334, 1), cited(1000, 1, null)] },
    { verdict: 'incomplete', bodies: [reads(3, 300), cited(1000, 1, null)] },
    { verdict: 'incomplete', bodies: [ownAnswers, cited(1, 0, null)] },
    // The last one that was cited counts.
    { verdict: 'fail', bodies: [reads(3, 334, 1), cited(1000, 1, null), cited(50, 0, null)] },
    { verdict: 'incomplete', bodies: [reads(3, 34), cited(50, 0, -60)] },
    { verdict: 'pass', bodies: [reads(3, 34), cited(50, 0, -60), nextDoor(-60)] },
    { verdict: 'fail', bodies: [reads(3, 34), cited(50, 0, -60), nextDoor(-59.9)] },
  ],
})
