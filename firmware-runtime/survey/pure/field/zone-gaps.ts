// Reasons why row 5 cannot be judged yet: missing declarations, missing readings, unsuitable instruments.
// An empty list means that the verdict has all it needs.
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { dayMs, isoOf, parseIso, type InstantMs } from '#base/pure/values/instant.ts'
import { canonicalJson } from '#base/pure/data/json.ts'
import { chainsOf } from '../file/chain-states.ts'
import { levelsAt, singleLevels, type GridLevel } from './field-readings.ts'
import { meanDbm } from '#base/pure/figures/burst.ts'
import { guardDb } from '../decision.ts'
import { pointKey, type PointMm } from './grid.ts'
import { placesApart } from '../file/identity.ts'
import { becauseAll, type Reason } from '../next-steps.ts'
import { isSetupGone, type FieldReading, type SurveyProject } from '../file/project.ts'
import type { FieldBody, OpenedBody } from '../file/record.ts'
import { backgroundPlacesMin, driftEnds } from '../survey-points.ts'
import { rulesOf } from '../survey-rules.ts'
import { boundsOf, planFaults } from './zone-plan.ts'
import { personGaps } from './zone-persons.ts'

/** Limit with the antenna off; a higher level comes from another lane. */
const backgroundDbmMax = -55
const driftDbMax = 1
/** Longest calibration, and largest correction by cable and attenuator (7.24). Assumed. */
const [calibrationYearsMax, correctionDbMax] = [3, 40]
const backgroundApartMm = 1_000
/** Largest distance from the box for a background reading of this lane. */
const backgroundFarMm = 15_000
const driftFarMm = 3_000

type Gap = readonly BilingualText[]
const placeWord = ({ xMm, yMm }: PointMm): string => `(${xMm / 1000}, ${yMm / 1000})`
const gap = (is: boolean, zh: string, en: string): Gap => (is ? [t(zh, en)] : [])

/** The first opening record fixes the criteria: a later one with other criteria is a gap. */
function openedGap({ openedAgain }: SurveyProject, opened: OpenedBody): Gap {
  const judged = ({ grid, zone, trigger, rules }: OpenedBody): string =>
    canonicalJson({ grid, zone: zone ?? null, trigger, rules: rules ?? null })
  const other = openedAgain.some((again) => judged(again) !== judged(opened))
  return gap(other, '文件中另有一条不同的开测记录', 'a second opening record says otherwise')
}

const partWords = {
  inside: t('框内', 'in the box'),
  ring: t('外圈', 'on the ring'),
  outlook: t('远排', 'in the rows beyond'),
  axis: t('邻道中线', 'next door'),
} as const

const pointGaps = (open: readonly GridLevel[]): Gap =>
  [...Map.groupBy(open, ({ part }) => part)].map(([part, points]) => {
    const { zh, en } = partWords[part]
    return t(`${zh}还有 ${points.length} 点未测`, `${points.length} points left ${en}`)
  })

function heightGap(opened: OpenedBody, fields: readonly FieldBody[]): Gap {
  const { heightMm } = boundsOf(opened)
  const from = heightMm.min / 1000
  const to = heightMm.max / 1000
  const off = fields.filter(({ zMm }) => zMm < heightMm.min || zMm > heightMm.max)
  const worst = off[0]?.zMm ?? 0
  return gap(
    off.length > 0,
    `${off.length} 个读数的高度不在 ${from}~${to} m(如 ${worst / 1000} m)`,
    `${off.length} readings are not at ${from} to ${to} m (one at ${worst / 1000} m)`,
  )
}

const dayStart = (day: string): InstantMs => parseIso(`${day}T00:00:00+08:00`) ?? 0

/** Groups readings by the instrument row in force when they were taken. */
const byInstrument = (fields: readonly FieldReading[]): readonly (readonly FieldReading[])[] => [
  ...Map.groupBy(fields, ({ instrumentId, instrument }) =>
    canonicalJson([instrumentId, instrument]),
  ).values(),
]

const instrumentGaps = (fields: readonly FieldReading[]): Gap =>
  byInstrument(fields).flatMap((of) => {
    const [{ instrumentId: id, instrument, isInstrumentGone } = {}] = of
    if (isInstrumentGone === true)
      return gap(
        true,
        `仪器 ${id} 的记录已撤回,而读数仍在`,
        `what was said of instrument ${id} was taken back, and its readings stand`,
      )
    const from = instrument?.calibratedOn ?? null
    const until = instrument?.calibratedUntil ?? null
    if (from === null || until === null)
      return gap(
        true,
        `仪器 ${id} 读数之前未写校准日期`,
        `instrument ${id} states no calibration dates before its readings`,
      )
    if (instrument?.gainDbi === undefined && of.some(({ unit }) => unit === undefined))
      return gap(
        true,
        `仪器 ${id} 未写探头增益(dBi)`,
        `instrument ${id} does not state the gain of its probe (dBi)`,
      )
    const days = of.map(({ atMs }) => isoOf(atMs).slice(0, 10))
    const out = days.some((day) => day < from || day > until)
    const years = (dayStart(until) - dayStart(from)) / (365.25 * dayMs)
    const db = instrument?.correctionDb ?? 0
    return [
      ...gap(
        out,
        `仪器 ${id} 的校准(${from} 至 ${until})不含测试日`,
        `calibration of ${id} (${from} to ${until}) does not hold on the day`,
      ),
      ...gap(
        years > calibrationYearsMax,
        `仪器 ${id} 的校准有效 ${years.toFixed(1)} 年,超过 ${calibrationYearsMax} 年(约定值)`,
        `the calibration of ${id} holds for ${years.toFixed(1)} years, more than ${calibrationYearsMax} (assumed)`,
      ),
      ...gap(
        Math.abs(db) > correctionDbMax,
        `仪器 ${id} 的修正 ${db} dB 超过 ${correctionDbMax} dB:没有这样的电缆(约定值)`,
        `the correction of ${id} is ${db} dB, more than ${correctionDbMax} dB: no cable is like that (assumed)`,
      ),
    ]
  })

/** A reading within the calibration, behind a record that was made after its end: the clock was set back between them. */
const setBackGap = ({ records }: SurveyProject): Gap =>
  chainsOf(records).flatMap((chain) => {
    let newestMs = 0
    const untilOf = new Map<string, string>()
    for (const { atMs, body } of chain) {
      newestMs = Math.max(newestMs, atMs)
      if (body.kind === 'instrument' && body.calibratedUntil !== null)
        untilOf.set(body.instrumentId, body.calibratedUntil)
      const until = body.kind === 'field' ? untilOf.get(body.instrumentId) : undefined
      if (until === undefined || isoOf(newestMs).slice(0, 10) <= until) continue
      if (isoOf(atMs).slice(0, 10) > until) continue
      return gap(
        true,
        `校准到 ${until} 为止,之前已有 ${isoOf(newestMs).slice(0, 10)} 的记录:时钟被调回过`,
        `the calibration ended on ${until}, and a record before this reading is of ${isoOf(newestMs).slice(0, 10)}: the clock was set back`,
      )
    }
    return []
  })

/**
 * Levels of one place that differ by more do not determine its level: within a burst, and between readings. Of a background
 * the highest level counts, however wide the noise below it is.
 */
function spreadGap(survey: SurveyProject, opened: OpenedBody): readonly Reason[] {
  const spreadDbMax = rulesOf(opened).limit('D5', 'spreadMax')
  const levels = (['lane', 'neighbour', 'drift'] as const).flatMap((place) => [
    ...levelsAt(survey, place).values(),
  ])
  const wide = levels.filter(({ spreadDb }) => spreadDb > spreadDbMax)
  const [worst] = wide.toSorted((a, b) => b.spreadDb - a.spreadDb)
  if (worst === undefined) return []
  const { spreadDb } = worst
  const at = placeWord(worst)
  return becauseAll(
    'beside',
    gap(
      true,
      `${wide.length} 点的各次读数相差超过 ${spreadDbMax} dB(${at} 处 ${spreadDb.toFixed(1)} dB):换位再测,撤回有原因的读数`,
      `readings of ${wide.length} points are more than ${spreadDbMax} dB apart (${spreadDb.toFixed(1)} dB at ${at}): move and read again, take back what was disturbed`,
    ),
    at,
  )
}

/** A point may be read again so often: whoever reads on until it fits measures something else (7.21). */
const retakesMax = 3

function retakeGap({ fieldsNow, fieldsGone }: SurveyProject): Gap {
  const read = [...fieldsNow, ...fieldsGone.filter(({ isNow }) => isNow)].filter(
    ({ place }) => place === 'lane' || place === 'neighbour',
  )
  const places = [...Map.groupBy(read, (one) => `${one.place} ${pointKey(one)}`).values()]
  const often = places.filter(({ length }) => length > retakesMax + 1)
  const [first] = often[0] ?? []
  if (first === undefined) return []
  const at = placeWord(first)
  return gap(
    true,
    `${often.length} 点重测超过 ${retakesMax} 次(如 ${at},含撤回的):记录原因后更改天线设置或另做一次勘测`,
    `${often.length} points were read again more than ${retakesMax} times, withdrawn readings too (one at ${at}): change the setup of the antenna, or make another survey`,
  )
}

/** Halves of a field that are days apart are not one field. */
function spanGap({ fieldsNow }: SurveyProject, opened: OpenedBody): Gap {
  const daysMax = rulesOf(opened).limit('D5', 'fieldSpan')
  const times = fieldsNow.map(({ atMs }) => atMs)
  const days = (Math.max(...times) - Math.min(...times)) / dayMs
  return gap(
    days > daysMax,
    `场强读数前后相隔 ${days.toFixed(1)} 天,超过 ${daysMax} 天(约定值)`,
    `the readings of the field are ${days.toFixed(1)} days apart, more than ${daysMax} (assumed)`,
  )
}

/** All readings must be of one antenna, or of all together: fields of different senders are not comparable. */
function antennaGap(fields: readonly FieldBody[]): Gap {
  const ids = [...new Set(fields.map(({ antennaId }) => antennaId))]
  const named = ids.map((id) => (id === null ? '*' : String(id))).join(', ')
  return gap(
    ids.length > 1,
    `读数混有不同天线(${named})`,
    `readings of different antennas are mixed (${named})`,
  )
}

/** Distance from the box in mm; 0: inside. */
function offMm({ grid }: OpenedBody, { xMm, yMm }: PointMm): number {
  const beyond = (mm: number, max: number): number => Math.max(0, -mm, mm - max)
  return Math.hypot(beyond(xMm, grid.widthMm), beyond(yMm, grid.lengthMm))
}

function backgroundGaps(survey: SurveyProject, opened: OpenedBody): Gap {
  const read = [...levelsAt(survey, 'background').values()]
  const levels = read.filter((level) => offMm(opened, level) <= backgroundFarMm)
  const places = placesApart(levels, backgroundApartMm).length
  const worst = Math.max(...read.map(({ highestDbm }) => highestDbm))
  return [
    ...gap(
      places < backgroundPlacesMin,
      `背景(天线关闭)只测 ${places} 处,应 ${backgroundPlacesMin} 处(相隔至少 1 m,距测试框不超过 15 m)`,
      `background (antenna off) at ${places} of ${backgroundPlacesMin} places (1 m apart or more, within 15 m of the box)`,
    ),
    ...gap(
      worst > backgroundDbmMax,
      `背景 ${worst.toFixed(1)} dBm 高于 ${backgroundDbmMax} dBm,请查找其他车道的天线`,
      `background of ${worst.toFixed(1)} dBm above ${backgroundDbmMax} dBm: find the other lane`,
    ),
  ]
}

/** Each instrument needs a drift point before and after all others. */
const driftGaps = (survey: SurveyProject, opened: OpenedBody): Gap =>
  byInstrument(survey.fieldsNow).flatMap((of) => {
    const id = of[0]?.instrumentId ?? ''
    const isLane = ({ place }: FieldBody): boolean => place === 'lane' || place === 'neighbour'
    const first = of.findIndex(isLane)
    if (first < 0) return []
    const [before, after] = driftEnds(of)
    if (!before || !after)
      return gap(
        true,
        `漂移点(${id})缺${before ? '测后' : '测前'}读数`,
        `no drift reading ${before ? 'after the last' : 'before the first'} point (${id})`,
      )
    const drift = of.filter(({ place }) => place === 'drift')
    const levels = singleLevels(drift)
    const isBefore = drift.map((field) => of.indexOf(field) < first)
    const [start, end] = [
      meanDbm(levels.filter((_, i) => isBefore[i] === true)),
      meanDbm(levels.filter((_, i) => isBefore[i] === false)),
    ]
    const movedDb = Math.abs(end - start)
    return [
      ...gap(
        new Set(drift.map(pointKey)).size > 1,
        `漂移读数(${id})不在同一点`,
        `drift readings (${id}) are not of one point`,
      ),
      ...gap(
        drift.some((field) => offMm(opened, field) > driftFarMm),
        `漂移点(${id})距测试框超过 3 m`,
        `the drift point (${id}) is more than 3 m from the box`,
      ),
      ...gap(
        movedDb > driftDbMax,
        `漂移点前后相差 ${movedDb.toFixed(1)} dB(${id})`,
        `the drift point moved by ${movedDb.toFixed(1)} dB (${id})`,
      ),
    ]
  })

/** Instruments that read parts of one field agree at the drift point; by the doubt of two levels, two standard deviations. */
function agreeGap(survey: SurveyProject, opened: OpenedBody): Gap {
  const { uncertaintyDb } = opened.zone ?? { uncertaintyDb: 0 }
  const most = Math.SQRT2 * guardDb({ rule: 'r2', uncertaintyDb })
  const drifts = byInstrument(survey.fieldsNow.filter(({ place }) => place === 'drift'))
  const means = drifts.map((of) => meanDbm(singleLevels(of)))
  const apartDb = Math.max(...means) - Math.min(...means)
  const places = new Set(drifts.flatMap((of) => of.map(pointKey))).size
  return [
    ...gap(
      apartDb > most,
      `${drifts.length} 台仪器在漂移点相差 ${apartDb.toFixed(1)} dB,超过 ${most.toFixed(1)} dB`,
      `${drifts.length} instruments differ by ${apartDb.toFixed(1)} dB at the drift point, more than ${most.toFixed(1)} dB`,
    ),
    ...gap(
      drifts.length > 1 && places > 1,
      '各台仪器的漂移读数不在同一点',
      'the drift readings of the instruments are not of one point',
    ),
  ]
}

/** Readings before a change of the antenna's setup do not count, nor those before the first record of it. */
function changedGap(survey: SurveyProject, open: readonly GridLevel[]): Gap {
  const { fields, fieldsNow, beforeSetup, setupState } = survey
  const before = fields.length - fieldsNow.length
  if (setupState === 'contested')
    return gap(
      true,
      '合并的文件以不同的天线设置结束:先记录现在的设置,再测',
      'the joined files end with different antenna setups: record the present one, then measure',
    )
  if (isSetupGone(survey))
    return gap(
      true,
      '天线设置的记录已撤回:重新记录读数时的设置',
      'the record of the antenna setup was taken back: record again how it was set',
    )
  if (before === 0 || open.length === 0) return []
  return beforeSetup > 0
    ? gap(
        true,
        `${beforeSetup} 个读数在首条天线设置记录之前,不知属于哪种设置,不计入`,
        `${beforeSetup} readings are before the first record of the antenna's setup: they belong to no known one and do not count`,
      )
    : gap(
        true,
        `天线已更改,此前 ${before} 个读数不再计入`,
        `the antenna was changed: ${before} readings before it count no longer`,
      )
}

/** `open`: points without a reading. */
export function zoneGaps(
  survey: SurveyProject,
  opened: OpenedBody,
  open: readonly GridLevel[],
): readonly Reason[] {
  const sent = survey.fieldsNow.filter(({ place }) => place !== 'background')
  return [
    ...becauseAll(
      'newSurvey',
      planFaults(opened).map(({ words }) => words),
    ),
    ...becauseAll('newSurvey', openedGap(survey, opened)),
    ...becauseAll('setup', changedGap(survey, open)),
    ...becauseAll('point', pointGaps(open), open[0] === undefined ? '' : placeWord(open[0])),
    ...becauseAll('height', heightGap(opened, sent)),
    ...becauseAll('instrument', instrumentGaps(survey.fieldsNow)),
    ...becauseAll('clockBack', setBackGap(survey)),
    ...becauseAll('oneAntenna', antennaGap(sent)),
    ...spreadGap(survey, opened),
    ...becauseAll('adjust', retakeGap(survey)),
    ...becauseAll('again', spanGap(survey, opened)),
    ...becauseAll('background', backgroundGaps(survey, opened)),
    ...becauseAll('drift', [...driftGaps(survey, opened), ...agreeGap(survey, opened)]),
    ...personGaps(survey, opened),
  ]
}
