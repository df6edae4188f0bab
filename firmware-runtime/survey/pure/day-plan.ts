// The plan of a survey's day, made before anybody drives to the site: which rows of table D.1 at which lane, with which
// instruments, how many readings, and how long. Every count is the one by which the verdict judges; minutes are assumed.
import { mountAdvice } from '#base/pure/lot/antenna-mount.ts'
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { minuteMs } from '#base/pure/values/instant.ts'
import type { OpenMember } from '#base/pure/values/open-readers.ts'
import type { Rules } from '#base/pure/rules/rule-pack.ts'
import { clockReadingsMin, clockSpanMsMin } from './figures/clock-figures.ts'
import { assumedCriterion } from './criterion.ts'
import { gridNamed } from './field/grid.ts'
import { signalReadingsMin, signalSpanMsMin } from './items/d13-radio.ts'
import { surveyItems } from './items/index.ts'
import { probeEveryMsMin } from './figures/link-figures.ts'
import { probesWithoutLoss, lossProbesMax } from './figures/loss-test.ts'
import { insidePlaces, obusMin, ringPlaces, triesMin } from './field/obu-tries.ts'
import { isAskedAt, mountOf, withoutZone } from './file/open-place.ts'
import { rateApartMs, rateRunMsMin, rateRuns, rateStreams } from './figures/rate-figures.ts'
import type { ItemId, OpenedBody } from './file/record.ts'
import { backgroundPlacesMin, surveyPoints } from './survey-points.ts'
import { usualLook } from './field/tail-test.ts'
import { usualPlan, usualTrigger } from './field/zone-plan.ts'

/** Unpacking and connecting at a lane. */
const readyMin = 15
/** Counted things, and the minutes that one of them takes: an assumption of ours. Null: the act takes its own time. */
const units = {
  question: [t('问', 'questions'), 1],
  photo: [t('张照片', 'photo(s)'), 1],
  measure: [t('个尺寸', 'measures'), 3],
  reading: [t('个测点', 'points'), 0.5],
  trial: [t('次', 'trials'), 0.1],
  try: [t('次 OBU 交易', 'tries of OBUs'), 0.2],
  packet: [t('包', 'packets'), 0.01],
  probe: [t('包', 'probes'), null],
  run: [t('次传输', 'transfers'), null],
  signal: [t('次读数', 'readings'), null],
  clock: [t('次时差', 'offsets'), null],
} as const satisfies Record<string, readonly [BilingualText, number | null]>
type Unit = keyof typeof units
/** By unit; `ready` for each lane. */
export const assumedMinutes: Readonly<Record<string, number>> = {
  ready: readyMin,
  ...Object.fromEntries(
    Object.entries(units).flatMap(([unit, [, min]]) => (min === null ? [] : [[unit, min]])),
  ),
}

const planInstruments = {
  camera: t('照相机或手机', 'Camera or phone'),
  tape: t('卷尺、倾角仪', 'Tape and inclinometer'),
  report: t('天线的检测报告', 'Test report of the antenna'),
  meter: t('在校准期内的场强仪与探头、支架', 'Calibrated field meter with probe and stand'),
  obu: t('测试 OBU', 'Test OBUs'),
  laptop: t('装有本软件的电脑', 'Computer with this program'),
  peer: t('平台侧运行 probe-server', 'probe-server at the platform'),
  modem: t('4G 或 5G 调制解调器', '4G or 5G modem'),
  gnss: t('北斗接收机', 'BeiDou receiver'),
  time: t('时间服务器的地址', 'Address of the time server'),
} as const
type Instrument = keyof typeof planInstruments

/** Acts of one track follow one another; tracks run at the same time. */
const planTracks = {
  person: t('在车道上', 'in the lane'),
  line: t('链路,自动进行', 'line, by itself'),
  clock: t('时钟,自动进行', 'clocks, by themselves'),
} as const
type Track = keyof typeof planTracks

/** A lane with an antenna, or a reader of an open lot: each is a survey by itself. */
interface PlannedLane extends OpenMember {
  readonly id: string
  readonly name: BilingualText
  /** Lanes beside it. */
  readonly neighbours: number
  readonly cameras: number
}

export interface PlanBasis {
  readonly lanes: readonly PlannedLane[]
  readonly access: OpenedBody['access']
  readonly hasPlatform: boolean
  readonly rules: Rules
}

/** `ms`: the time that the act takes by itself. `ifMarginal`: only where the levels of row 5 leave it open; not in the sum. */
function act(
  track: Track,
  rows: readonly ItemId[],
  instruments: readonly Instrument[],
  counted: Partial<Record<Unit, number>>,
  { ms = 0, ifMarginal = false } = {},
) {
  const entries = (Object.entries(counted) as [Unit, number][]).filter(([, n]) => n > 0)
  const byTable = entries.reduce((sum, [unit, n]) => sum + n * (units[unit][1] ?? 0), 0)
  const titles = surveyItems.filter(({ id }) => rows.includes(id)).map(({ title }) => title)
  const title = t(titles.map(({ zh }) => zh).join('、'), titles.map(({ en }) => en).join(', '))
  const counts = entries.map(([unit, n]) => ({ n, unit: units[unit][0] }))
  const minutes = Math.ceil(byTable + ms / minuteMs)
  return { rows, title, track, how: planTracks[track], instruments, counts, minutes, ifMarginal }
}
export type PlanAct = ReturnType<typeof act>

/** Opened as the form does it, with a middle of each lane beside it. */
function openedFor({ open, neighbours }: PlannedLane, { access, rules }: PlanBasis): OpenedBody {
  const grid = gridNamed(undefined, rules)
  const trigger = usualTrigger(grid)
  const neighbourAxesMm = [-grid.widthMm / 2, 1.5 * grid.widthMm].slice(0, neighbours)
  const zone = { ...usualPlan(grid, trigger), neighbourAxesMm }
  const at = open === undefined ? {} : { open }
  return { kind: 'opened', title: '', site: '', lane: '', grid, trigger, access, zone, ...at }
}

const checkTools: Partial<Record<ItemId, readonly Instrument[]>> = { D2: ['tape'], D4: ['report'] }

const checkActs = (opened: OpenedBody, rules: Rules): readonly PlanAct[] =>
  surveyItems.flatMap(({ id, questions = [] }): readonly PlanAct[] => {
    const parts = questions.filter(({ of }) => isAskedAt(of, opened))
    if (parts.length === 0) return []
    const photo = parts.filter((one) => one.photo).length
    const measure = id === 'D2' ? mountAdvice(rules, mountOf(opened)).length : 0
    const tools = [...(photo > 0 ? (['camera'] as const) : []), ...(checkTools[id] ?? [])]
    return [act('person', [id], tools, { question: parts.length, photo, measure })]
  })

/** The drift point, before and after the field. */
const driftReadings = 2

function zoneActs(opened: OpenedBody): readonly PlanAct[] {
  const reading = surveyPoints(opened).length + backgroundPlacesMin + driftReadings
  const places = insidePlaces(opened).length + ringPlaces(opened).length
  // The working run and the stress run.
  const trial = 2 * assumedCriterion.rounds * assumedCriterion.obusMin
  return [
    act('person', ['D5'], ['meter'], { reading }),
    act('person', ['D5'], ['obu'], { try: obusMin * places * triesMin }, { ifMarginal: true }),
    act('person', ['D6'], ['obu', 'laptop'], { trial }),
  ]
}

function lineActs({ access, rules }: PlanBasis): readonly PlanAct[] {
  const probe = Math.max(usualLook, probesWithoutLoss(rules.limit('D7', 'lossMax') / 100))
  const runs = rateRuns * rateStreams.length
  // The other direction runs in the pauses.
  const rateMs = (runs + 1) * rateRunMsMin + (runs - 1) * rateApartMs
  const modem = act(
    'line',
    ['D13'],
    ['laptop', 'modem'],
    { signal: signalReadingsMin },
    { ms: signalSpanMsMin },
  )
  return [
    act('line', ['D7', 'D8'], ['laptop'], { probe }, { ms: probe * probeEveryMsMin }),
    act('line', ['D9', 'D10'], ['laptop', 'peer'], { packet: usualLook }),
    act('line', ['D11', 'D12'], ['laptop', 'peer'], { run: 2 * runs }, { ms: rateMs }),
    ...(access === 'wire' ? [] : [modem]),
  ]
}

/** The clocks of the lane computer, by both sources, of its antenna, its cameras and the platform. */
function clockAct({ cameras }: PlannedLane, { hasPlatform }: PlanBasis): PlanAct {
  const clock = (3 + cameras + (hasPlatform ? 1 : 0)) * clockReadingsMin
  return act('clock', ['D14', 'D15'], ['laptop', 'gnss', 'time'], { clock }, { ms: clockSpanMsMin })
}

function laneOf(lane: PlannedLane, basis: PlanBasis) {
  const opened = openedFor(lane, basis)
  const zone = withoutZone(opened) === null ? zoneActs(opened) : []
  const acts = [
    ...checkActs(opened, basis.rules),
    ...zone,
    ...lineActs(basis),
    clockAct(lane, basis),
  ].filter(({ rows }) => rows.some((row) => basis.rules.asks(row)))
  const sums = Object.keys(planTracks).map((track) =>
    acts.reduce((sum, one) => sum + (one.track === track && !one.ifMarginal ? one.minutes : 0), 0),
  )
  const { id, name } = lane
  return { id, name, acts, minutes: readyMin + Math.max(...sums) }
}

export function dayPlan(basis: PlanBasis) {
  const lanes = basis.lanes.map((lane) => laneOf(lane, basis))
  const used = new Set(lanes.flatMap(({ acts }) => acts.flatMap(({ instruments }) => instruments)))
  const instruments = (Object.keys(planInstruments) as Instrument[])
    .filter((id) => used.has(id))
    .map((id) => ({
      id,
      words: planInstruments[id],
      pieces: id === 'obu' ? Math.max(obusMin, assumedCriterion.obusMin) : 1,
    }))
  return {
    instruments,
    lanes,
    minutes: lanes.reduce((sum, one) => sum + one.minutes, 0),
    assumed: t(
      `时间为本软件假定,未经实测;数量与判定所用的相同;链路最多可能到 ${lossProbesMax} 包;相邻车道按停车场文件的顺序`,
      `Minutes are assumed, never measured; counts are those of the verdict; packet loss may take up to ${lossProbesMax} packets; lanes lie in the order of the lot file`,
    ),
    assumedMinutes,
  }
}

export type DayPlan = ReturnType<typeof dayPlan>
