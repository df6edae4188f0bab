// Table D.1 row 6: neighbour lane interference, after GB/T 35070.2-2018 clause 5.3.
// That text is not public: limits and counts are assumed, and marked so, until a person cites it (criterion.ts).
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { assumedCriterion, criteriaOf, criterionOf, type Criterion } from '../criterion.ts'
import {
  crossReadFacts,
  ownShare,
  unshownObus,
  type CrossReadFacts,
} from '../figures/cross-reads.ts'
import { levelsAt } from '../field/field-readings.ts'
import { identityOf } from '../file/identity.ts'
import { dayMs } from '#base/pure/values/instant.ts'
import { defineSurveyItem, finding, groups, notMeasured } from '../item.ts'
import { because, withStep, type Reason } from '../next-steps.ts'
import { isSetupGone, type Ran, type SurveyProject } from '../file/project.ts'
import { rulesOf } from '../survey-rules.ts'
import type {
  CriterionBody,
  CrossReadBody,
  FieldBody,
  Finding,
  OfferedObu,
} from '../file/record.ts'

interface Series {
  readonly body: Ran<CrossReadBody>
  readonly facts: CrossReadFacts
  readonly stressDb: number
  /** Offered OBUs without evidence that they can be read. */
  readonly unshown: readonly string[]
  /** The antenna read a car of its own lane in enough rounds. */
  readonly isReading: boolean
  /** Withdrawn: it supports no pass, but its wrong reads still count. */
  readonly isGone: boolean
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`
const plus = (a: BilingualText, b: BilingualText): BilingualText => t(a.zh + b.zh, a.en + b.en)

/** A series without offered OBUs shows at most that OBUs of its own lane can be read. */
const seriesOf = (survey: SurveyProject): readonly Series[] => {
  const share = rulesOf(survey.opened).limit('D6', 'ownReads') / 100
  return survey.crossReadsNow
    .map((body) => ({
      body,
      isReading: body.inLane > 0 && (ownShare(body) ?? 0) >= share,
      facts: crossReadFacts(body),
      stressDb: body.stressDb ?? 0,
      unshown: unshownObus(survey, body),
      isGone: body.goneFor !== undefined,
    }))
    .filter(({ body, facts }) => facts.trials > 0 || facts.reads > 0 || body.own === undefined)
}

/** Enough OBUs at enough places, each tried equally often and often enough, by an antenna that read its own lane meanwhile. */
const isWhole = ({ isReading, facts }: Series, criterion: Criterion): boolean =>
  isReading &&
  facts.obus >= criterion.obusMin &&
  facts.places >= criterion.placesMin &&
  facts.isEven &&
  facts.fewest * facts.obus >= Math.max(1, criterion.triesMin)

const named = ({ body }: Series): readonly string[] =>
  (body.neighbours ?? []).map(({ obuId }) => identityOf(obuId))

/** Series grouped by antenna, or by all antennas together. */
function groupsOf(all: readonly Series[]): readonly (readonly Series[])[] {
  return [...Map.groupBy(all, ({ body }) => body.antennaId).values()]
}

const asked = (criterion: Criterion): Reason =>
  because(
    'offer',
    `天线须在大多数轮次同时读到本车道标签;每次至少 ${criterion.obusMin} 枚不同的邻道标签、${criterion.placesMin} 处、轮数相同、共 ${criterion.triesMin} 次`,
    `a run takes an antenna that reads its own lane in most rounds, ${criterion.obusMin} different neighbour OBUs at ${criterion.placesMin} places, the same number of rounds each, ${criterion.triesMin} trials`,
  )

/** A run counts when each of its OBUs can be read: by its own lane, or inside the zone, within the same minutes. */
const unshownWords = ({ unshown }: Series): Reason =>
  because(
    'control',
    `10 分钟内没有本车道读到 ${unshown.join(' ')} 的记录(驱动其车道的天线,或带入通信区读一次)`,
    `within 10 min no lane of their own read ${unshown.join(' ')}: drive the antenna of that lane, or carry them into the zone once`,
  )

/** What is still missing; null: nothing. */
function missing(all: readonly Series[], criterion: Criterion, visitMs: number): Reason | null {
  if (all.every(({ facts }) => facts.trials === 0))
    return because(
      'offer',
      '没有邻道标签参加测试,本车道的应答不算次数',
      'no neighbour OBU was offered; answers of the own lane are no trials',
    )
  const groups = groupsOf(all)
  const isAlone = groups.some(([one]) => one?.body.antennaId !== null)
  for (const group of groups) {
    const enough = group.filter((one) => isWhole(one, criterion))
    const working = enough.filter(({ stressDb }) => stressDb === 0)
    const whole = working.find(({ unshown }) => unshown.length === 0)
    if (whole === undefined)
      return working[0] === undefined ? asked(criterion) : unshownWords(working[0])
    // Antennas driven together do not test the reach of one of them, where each was also driven alone.
    if (criterion.stressDb === 0 || (isAlone && whole.body.antennaId === null)) continue
    const stressed = enough.filter(
      (one) =>
        one.stressDb >= criterion.stressDb &&
        Math.abs(one.body.atMs - whole.body.atMs) <= visitMs &&
        named(whole).every((id) => named(one).includes(id)),
    )
    if (stressed[0] === undefined)
      return because(
        'stress',
        `缺同一次到场、同一批标签的 +${criterion.stressDb} dB 加压测试(天线须在大多数轮次读到本车道标签)`,
        `the stress run of the same OBUs at +${criterion.stressDb} dB in the same visit is missing, by an antenna that reads its own lane in most rounds`,
      )
    if (stressed.every(({ unshown }) => unshown.length > 0)) return unshownWords(stressed[0])
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

/** Runs of another setup show nothing about the present one. */
function before({ crossReads, beforeSetup, setupState }: SurveyProject): Finding {
  const runs = crossReads.length
  if (runs === 0) return notMeasured()
  const why =
    setupState === 'contested'
      ? t('合并的文件以不同的天线设置结束', 'the joined files end with different antenna setups')
      : beforeSetup > 0
        ? t('在首条天线设置记录之前', 'before the first record of the antenna setup')
        : t('天线设置已更改', 'the antenna was changed since')
  return finding(
    'incomplete',
    because(
      'setup',
      `此前 ${runs} 组不计入(${why.zh}),须重测`,
      `${runs} runs do not count (${why.en}): measure again`,
    ),
    0,
  )
}

const worse = ['fail', 'incomplete', 'marginal', 'pass'] as const

/** A text that was cited after the run, by the person who ran it, lifts nothing: the worse verdict of both counts. */
function judge(survey: SurveyProject): Finding {
  const [first, ...others] = criteriaOf(survey).map((one) => judgeBy(survey, one))
  if (first === undefined) return notMeasured()
  const [worst = first] = [first, ...others].toSorted(
    (a, b) => worse.indexOf(a.verdict as never) - worse.indexOf(b.verdict as never),
  )
  if (others.length === 0) return worst
  const late = t(
    ';所引条文是测后由同一人写的,或不足 10 个字,两种判据取较差的',
    '; the text was cited after the run by the same person, or has fewer than 10 characters: the worse of both criteria counts',
  )
  return { ...worst, words: plus(worst.words, late) }
}

function judgeBy(survey: SurveyProject, criterion: Criterion): Finding {
  const { readsMax, neighbourDbmMax } = criterion
  const all = seriesOf(survey)
  const working = all.filter(({ stressDb }) => stressDb === 0)
  const levels = [...levelsAt(survey, 'neighbour').values()].map(({ levelDbm }) => levelDbm)
  const strongest = levels.length === 0 ? null : Math.max(...levels)
  const [first, ...others] = working.length === 0 ? all : working
  if (first === undefined) return before(survey)
  const rate = ({ facts }: Series): number => facts.reads / Math.max(1, facts.trials)
  const worst = others.reduce((a, b) => (rate(b) > rate(a) ? b : a), first)
  const trials = all.reduce((sum, { facts }) => sum + facts.trials, 0)
  const field =
    strongest === null
      ? t('', '')
      : t(`;邻道场强 ${strongest.toFixed(1)} dBm`, `; field there ${strongest.toFixed(1)} dBm`)
  const said = [worstWords(worst), stressWords(all), field].reduce(plus)
  const figure = worst.facts.trials === 0 ? null : { value: 100 * rate(worst), unit: '%' }
  const isStrong = neighbourDbmMax !== null && strongest !== null && strongest > neighbourDbmMax
  const tooMany = working.filter(({ facts }) => facts.reads > readsMax)
  // A typed reading may be a typing error: withdrawn, it prevents a pass but causes no fail.
  const surely = tooMany.filter(({ body, isGone }) => !isGone || body.origin?.how !== 'typed')
  if (surely.length > 0 || isStrong)
    return finding('fail', withStep('narrow', said), trials, figure)
  if (isSetupGone(survey)) {
    const lost = t(
      '天线设置的记录已撤回:重新记录测试时的设置;',
      'the record of the antenna setup was taken back, record again how it was set; ',
    )
    return finding('incomplete', withStep('setup', plus(lost, said)), trials, figure)
  }
  const lacks = missing(
    all.filter(({ isGone }) => !isGone),
    criterion,
    rulesOf(survey.opened).limit('D5', 'visit') * dayMs,
  )
  if (lacks !== null) {
    const open = t(
      `${lacks.zh}${said.zh === '' ? '' : ';'}`,
      `${lacks.en}${said.en === '' ? '' : '; '}`,
    )
    const words = { ...plus(open, said), next: lacks.next }
    return finding('incomplete', words, trials, figure)
  }
  if (neighbourDbmMax !== null && strongest === null)
    return finding('incomplete', withStep('nextDoor', said), trials, figure)
  const stressReads = all.some(({ facts, stressDb }) => stressDb > 0 && facts.reads > 0)
  const isOpen = stressReads || tooMany.length > 0
  return finding(isOpen ? 'marginal' : 'pass', withStep('narrow', said), trials, figure)
}

const obuOf = (i: number): string => `02${String(i).padStart(6, '0')}`
/** The neighbour antenna, driven without OBUs of another lane in front of it. */
const nextLane: CrossReadBody = {
  kind: 'crossRead',
  antennaId: 2,
  inLane: 500,
  inNeighbour: 0,
  neighbours: [],
  own: Array.from({ length: 30 }, (_, i) => ({ obuId: obuOf(i), reads: 5 })),
}
const reads = (
  obus: number,
  rounds: number,
  inNeighbour = 0,
  more: Partial<CrossReadBody> = {},
): CrossReadBody => ({
  kind: 'crossRead',
  antennaId: null,
  inLane: Math.max(50, rounds),
  inNeighbour,
  rounds,
  neighbours: Array.from({ length: obus }, (_, i) => ({
    obuId: obuOf(i),
    place: `P${i}`,
    trials: rounds,
    reads: i === 0 ? inNeighbour : 0,
  })),
  ...more,
})
/** One antenna driven alone with OBUs of the neighbour lane in front of it: at work and at +6 dB. */
const alone = (more: Partial<CrossReadBody>, stress: Partial<CrossReadBody> = {}) => [
  nextLane,
  reads(3, 34, 0, { antennaId: 1, ...more }),
  reads(3, 34, 0, { antennaId: 1, stressDb: 6, ...stress }),
]
const offeredTo = (list: readonly OfferedObu[]): Partial<CrossReadBody> => ({
  antennaId: 1,
  neighbours: list,
})
const listOf = (obus: number, rounds: number): readonly OfferedObu[] =>
  reads(obus, rounds).neighbours ?? []
const allRead = (one: OfferedObu): OfferedObu => ({ ...one, reads: one.trials })
const cited = (triesMin: number, readsMax: number, dBm: number | null): CriterionBody => ({
  kind: 'criterion',
  item: 'D6',
  triesMin,
  readsMax,
  neighbourDbmMax: dBm,
  text: '示例条文:邻道标签不得被误读',
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
  zone: true,
  title: t('邻道干扰', 'Interference with the neighbour lane'),
  printed: '测试结果应符合GB/T 35070.2—2018中5.3的规定',
  procedure: assumedCriterion.procedure,
  assumed: t(
    `标准原文未公开:按至少 ${assumedCriterion.obusMin} 枚邻道标签、${assumedCriterion.placesMin} 处、轮数相同、共 ${assumedCriterion.triesMin} 次无一误读,每枚 10 分钟内由其本车道读到,并做 +${assumedCriterion.stressDb} dB 加压判定;加压时误读为临界`,
    `The text is not public: judged by no wrong read of at least ${assumedCriterion.obusMin} neighbour OBUs at ${assumedCriterion.placesMin} places in ${assumedCriterion.triesMin} trials, alike for each, which its own lane read within 10 min, with a stress run at +${assumedCriterion.stressDb} dB; a wrong read under stress is marginal`,
  ),
  cited(survey) {
    const { status, text, source } = criterionOf(survey)
    if (status === 'assumed') return null
    return { procedure: t(`${text}(${source})`, `${text} (${source})`), assumed: null }
  },
  judge,
  examples: () => [
    { verdict: 'incomplete', bodies: [] },
    // Answers of OBUs of the own lane are not trials, however many.
    { verdict: 'incomplete', bodies: [ownAnswers] },
    { verdict: 'pass', bodies: alone({}) },
    // All together, and again at +6 dB.
    { verdict: 'pass', bodies: [nextLane, reads(3, 34), reads(3, 34, 0, { stressDb: 6 })] },
    { verdict: 'incomplete', bodies: [nextLane, reads(3, 34)] },
    // No evidence that the listed OBUs can be read, or for one of three only.
    { verdict: 'incomplete', bodies: alone({}).slice(1) },
    { verdict: 'incomplete', bodies: [{ ...nextLane, own: [] }, ...alone({}).slice(1)] },
    // Stress run missing, too weak, with other OBUs, by an antenna that reads no OBU, too short.
    { verdict: 'incomplete', bodies: alone({}).slice(0, 2) },
    { verdict: 'incomplete', bodies: alone({}, { stressDb: 3 }) },
    { verdict: 'incomplete', bodies: alone(offeredTo(listOf(4, 34))) },
    { verdict: 'incomplete', bodies: alone({}, { inLane: 0 }) },
    { verdict: 'incomplete', bodies: alone({}, { ...offeredTo(listOf(3, 1)), rounds: 1 }) },
    { verdict: 'marginal', bodies: alone({}, reads(3, 34, 1, { antennaId: 1, stressDb: 6 })) },
    { verdict: 'incomplete', bodies: [nextLane, reads(2, 60)] },
    // An OBU listed three times counts once, and extra tries of one OBU do not help.
    {
      verdict: 'incomplete',
      bodies: alone(offeredTo(listOf(3, 34).map((one) => ({ ...one, obuId: obuOf(0) })))),
    },
    {
      verdict: 'incomplete',
      bodies: alone(
        offeredTo(listOf(3, 34).map((one, i) => (i > 0 ? { ...one, trials: 40 } : one))),
      ),
    },
    // The same number of trials with more OBUs in fewer rounds.
    { verdict: 'pass', bodies: [nextLane, reads(10, 10), reads(10, 10, 0, { stressDb: 6 })] },
    // An antenna that read no OBU may have been off.
    { verdict: 'incomplete', bodies: alone({ inLane: 0 }) },
    { verdict: 'incomplete', bodies: [nextLane, reads(3, 33), reads(3, 33, 0, { stressDb: 6 })] },
    // Two half series do not make a complete one.
    { verdict: 'incomplete', bodies: [nextLane, reads(3, 17), reads(3, 17)] },
    { verdict: 'fail', bodies: [reads(3, 334, 1)] },
    // The list of OBUs decides, whatever count is typed beside it.
    {
      verdict: 'fail',
      bodies: alone({ ...offeredTo(listOf(3, 34).map(allRead)), inNeighbour: 0 }),
    },
    // A clean run after a bad one changes nothing.
    { verdict: 'fail', bodies: [reads(3, 34, 1), reads(30, 100)] },
    { verdict: 'pass', bodies: [cited(1000, 1, null), nextLane, reads(3, 334, 1)] },
    { verdict: 'fail', bodies: [nextLane, reads(3, 334, 1), cited(1000, 1, null)] },
    { verdict: 'incomplete', bodies: [cited(1000, 1, null), nextLane, reads(3, 300)] },
    // The own car was read in one of 34 rounds.
    { verdict: 'incomplete', bodies: alone({ inLane: 1 }) },
    { verdict: 'incomplete', bodies: [ownAnswers, cited(1, 0, null)] },
    // The last citation counts.
    { verdict: 'fail', bodies: [cited(1000, 1, null), cited(50, 0, null), reads(3, 334, 1)] },
    { verdict: 'incomplete', bodies: [cited(50, 0, -60), nextLane, reads(3, 34)] },
    { verdict: 'pass', bodies: [cited(50, 0, -60), nextLane, reads(3, 34), nextDoor(-60)] },
    { verdict: 'fail', bodies: [cited(50, 0, -60), nextLane, reads(3, 34), nextDoor(-59.9)] },
  ],
})
