// Shared by rows 14 and 15 of table D.1: the clocks of the lane computer, cameras, antenna and platform, each against the
// source, over half an hour. A measuring laptop is only the reference and is not judged.
// The table says "in sync" without a figure: the limit of the pack is that of P24 (platform-access.md), and marked as such.
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { dayMs, minuteMs, type InstantMs } from '#base/pure/values/instant.ts'
import type { Rules } from '#base/pure/rules/rule-pack.ts'
import { isExcused } from '../checks.ts'
import { identityOf } from '../file/identity.ts'
import { examplesAtMs, finding, notMeasured, type ItemExample } from '../item.ts'
import { because, nextStep, type Reason } from '../next-steps.ts'
import { insideWords } from '../field/outside.ts'
import { checkKey, type Ran, type SurveyProject } from '../file/project.ts'
import { rulesOf } from '../survey-rules.ts'
import type { CheckBody, ClockBody, Finding, ItemId, SurveyBody, Verdict } from '../file/record.ts'

const clockRules = { ntp: 'D15', beidou: 'D14' } as const
export const offsetLimitOf = (rules: Rules, source: ClockBody['source']): number =>
  rules.limit(clockRules[source], 'offsetMax')
export const clockReadingsMin = 7
export const clockSpanMsMin = 30 * minuteMs
export const clockAssumed = t(
  '原文未给限值:各时钟按 |偏差| + 不确定度不超过限值、30 分钟内至少 7 次、两次同步相隔 10 至 30 分钟判定,撤回的读数仍计(本软件约定)',
  'The text states no limit; ours: of each clock |offset| + uncertainty within the limit, 7 readings in 30 min, two synchronisations 10 to 30 min apart, withdrawn readings count',
)

export const clockNames: Readonly<Record<NonNullable<ClockBody['of']>, BilingualText>> = {
  lane: t('车道机', 'lane computer'),
  camera: t('摄像机', 'camera'),
  rsu: t('天线', 'antenna'),
  platform: t('平台', 'platform'),
  ruler: t('参考时钟', 'reference clock'),
}
const judgedClocks = ['lane', 'camera', 'rsu', 'platform'] as const
type JudgedClock = (typeof judgedClocks)[number]

type Reading = Ran<ClockBody>
type State = 'pass' | 'fail' | 'marginal' | 'incomplete'

interface ClockFinding {
  readonly state: State
  readonly words: Reason
  readonly worstMs: number
  /** What was read of one clock; absent: the finding is of none. */
  readonly read?: ClockRead
}

interface ClockRead {
  readonly name: BilingualText
  /** With the withdrawn ones. */
  readonly readings: readonly Reading[]
  readonly worst: Reading
  /** Number of readings that stand, and the time from the first to the last. */
  readonly standing: number
  readonly spanMs: number
}

/** One clock in a report; without readings the words say why. */
interface ClockRow extends Pick<ClockFinding, 'read'> {
  readonly name: BilingualText
  readonly words: BilingualText
  readonly state: Verdict
}

/** A record made before this member was of the computer of the lane. */
const clockOf = ({ of }: ClockBody): NonNullable<ClockBody['of']> => of ?? 'lane'

const seconds = (ms: number): string => (ms / 1000).toFixed(3)

function lacking(readings: readonly Reading[], spanMs: number): Reason | null {
  if (readings.some(({ offsetMs }) => Math.abs(offsetMs) > dayMs))
    return because(
      'source',
      '日期相差一天以上,是时间源故障',
      'the date is more than a day away: a fault of the source',
    )
  if (readings.some(({ errorMs }) => errorMs <= 0))
    return because('ruler', '不确定度为 0 的读数不可能', 'an uncertainty of 0 cannot be')
  if (readings.length >= clockReadingsMin && spanMs >= clockSpanMsMin) return null
  return because(
    'readClock',
    `须在 30 分钟内读 ${clockReadingsMin} 次以上`,
    `${clockReadingsMin} readings in 30 min are asked`,
  )
}

const worseOf = (a: Reading, b: Reading): Reading =>
  Math.abs(b.offsetMs) + b.errorMs > Math.abs(a.offsetMs) + a.errorMs ? b : a

/** A withdrawn reading that was typed may be a typing error: it proves no fail, and keeps the row from passing. */
const isProof = ({ goneFor, origin }: Reading): boolean =>
  goneFor === undefined || origin?.how !== 'typed'

function oneClock(
  name: BilingualText,
  readings: readonly Reading[],
  limitMs: number,
): ClockFinding {
  const standing = readings.filter(({ goneFor }) => goneFor === undefined)
  const [first, last] = [standing[0], standing.at(-1)]
  const worst = readings.reduce(worseOf)
  const spanMs = (last?.atMs ?? 0) - (first?.atMs ?? 0)
  const worstMs = Math.abs(worst.offsetMs) + worst.errorMs
  const sign = worst.offsetMs < 0 ? '-' : '+'
  const figure = `${sign}${seconds(Math.abs(worst.offsetMs))} s, U ${seconds(worst.errorMs)} s`
  const gone = worst.goneFor === undefined ? '' : worst.goneFor
  const said =
    gone === ''
      ? t(figure, figure)
      : t(`${figure}(已撤回:${gone})`, `${figure} (taken back: ${gone})`)
  const min = (spanMs / minuteMs).toFixed(0)
  const lacks = lacking(standing, spanMs)
  const surely = readings
    .filter(isProof)
    .some(
      ({ offsetMs, errorMs }) =>
        Math.abs(offsetMs) <= dayMs && Math.abs(offsetMs) - errorMs > limitMs,
    )
  const state = surely
    ? 'fail'
    : lacks !== null
      ? 'incomplete'
      : worstMs <= limitMs
        ? 'pass'
        : 'marginal'
  const code = state === 'fail' ? 'setClock' : (lacks?.next.code ?? 'ruler')
  const open = lacks === null ? t('', '') : t(`(${lacks.zh})`, ` (${lacks.en})`)
  return {
    state,
    worstMs,
    read: { name, readings, worst, standing: standing.length, spanMs },
    words: because(
      code,
      `${name.zh} ${said.zh},共 ${min} 分钟 ${standing.length} 次${open.zh}`,
      `${name.en} ${said.en}, ${standing.length} readings in ${min} min${open.en}`,
    ),
  }
}

interface SyncLimits {
  readonly minMs: number
  readonly maxMs: number
}

/**
 * True with two synchronisations so far apart, both within the survey and none later than its reading, apart from the minute
 * by which two computers may differ: nearer ones are one, and a client that stopped shows (A.3).
 */
function synchronises(
  readings: readonly Reading[],
  fromMs: InstantMs,
  { minMs, maxMs }: SyncLimits,
): boolean {
  const times = readings.flatMap(({ syncedAtMs, atMs }) =>
    syncedAtMs === undefined || syncedAtMs < fromMs || syncedAtMs > atMs + minuteMs
      ? []
      : [syncedAtMs],
  )
  const sorted = [...new Set(times)].toSorted((a, b) => a - b)
  return sorted.some((atMs) =>
    sorted.some((other) => other - atMs >= minMs && other - atMs <= maxMs),
  )
}

const open = (words: Reason): ClockFinding => ({ state: 'incomplete', words, worstMs: 0 })

/** True for a device that reports no time, as a named person has stated with a reason. */
const isSilent = (survey: SurveyProject, part: JudgedClock): boolean => {
  const check = survey.checks.get(checkKey('D15', part))
  return check !== undefined && isExcused(check)
}

const unread = (part: JudgedClock): ClockFinding => {
  const { zh, en } = clockNames[part]
  return open(because('readClock', `${zh}时钟未测`, `the clock of the ${en} was not read`))
}

const readOf = (survey: SurveyProject, part: JudgedClock): readonly Reading[] =>
  survey.clocks.filter((clock) => clockOf(clock) === part)

const devices = (
  survey: SurveyProject,
  limitMs: number,
  parts: readonly JudgedClock[] = judgedClocks.slice(1),
): readonly ClockFinding[] =>
  parts.flatMap((part) => {
    const own = readOf(survey, part)
    if (own.length === 0) return isSilent(survey, part) ? [] : [unread(part)]
    const each = Map.groupBy(own, ({ device = '' }) => identityOf(device))
    return [...each.values()].map((readings) => {
      const { zh, en } = clockNames[part]
      const { device = '' } = readings[0] ?? {}
      const name = t(`${zh} ${device}`.trim(), `${en} ${device}`.trim())
      return oneClock(name, readings, limitMs)
    })
  })

type SourceWord = (lane: readonly Reading[]) => ClockFinding | null

/** Why the server of one of these readings proves nothing; null: it does. A receiver may hang on the lane's computer. */
const ownServer = (survey: SurveyProject, readings: readonly Reading[]): Reason | null =>
  insideWords(
    survey,
    readings.flatMap(({ source, server, serverAddress, serverIsSelf }) =>
      source === 'ntp'
        ? [server, serverAddress ?? server].map((address) => ({
            address,
            isSelf: serverIsSelf === true,
          }))
        : [],
    ),
  )

/** `sourceWord`: further requirement on the source of the lane's clock. */
export function judgeClock(
  survey: SurveyProject,
  source: ClockBody['source'],
  sourceWord: SourceWord = () => null,
): Finding {
  if (!survey.clocks.some((clock) => clock.source === source)) return notMeasured()
  const ofLane = readOf(survey, 'lane')
  const lane = ofLane.filter((clock) => clock.source === source)
  const extra = sourceWord(lane)
  const rules = rulesOf(survey.opened)
  const [row, limitMs] = [clockRules[source], offsetLimitOf(rules, source)]
  const apart: SyncLimits = {
    minMs: 1_000 * rules.limit(row, 'syncApartMin'),
    maxMs: 1_000 * rules.limit(row, 'syncApartMax'),
  }
  const unsynced = because(
    'sync',
    `勘测期间未见相隔 ${apart.minMs / minuteMs} 至 ${apart.maxMs / minuteMs} 分钟的两次同步(chrony)`,
    `no two synchronisations ${apart.minMs / minuteMs} to ${apart.maxMs / minuteMs} min apart were seen during this survey (chrony)`,
  )
  const byOthers = ofLane.filter(
    (one) => one.goneFor === undefined && ownServer(survey, [one]) === null,
  )
  const inside = ownServer(
    survey,
    survey.clocks.filter(
      (one) =>
        one.goneFor === undefined &&
        (clockOf(one) === 'lane' ? one.source === source : one.of !== 'ruler'),
    ),
  )
  const all: ClockFinding[] = [
    lane.length === 0 ? unread('lane') : oneClock(clockNames.lane, lane, limitMs),
    ...(extra === null ? [] : [extra]),
    ...(inside === null ? [] : [open(inside)]),
    ...(lane.length === 0 || synchronises(byOthers, survey.beganAtMs, apart)
      ? []
      : [open(unsynced)]),
    ...devices(survey, limitMs),
  ]
  const order: readonly State[] = ['fail', 'incomplete', 'marginal', 'pass']
  const state = order.find((one) => all.some((each) => each.state === one)) ?? 'incomplete'
  const words = all.map((one) => one.words)
  const worst = Math.max(...all.map(({ worstMs }) => worstMs))
  const readings = survey.clocks.filter(
    (clock) => clock.source === source && clock.goneFor === undefined,
  ).length
  const limitSec = limitMs / 1000
  const limit = t(`;限值 ${limitSec} s`, `; limit ${limitSec} s`)
  return finding(
    state,
    {
      zh: words.map(({ zh }) => zh).join(';') + limit.zh,
      en: words.map(({ en }) => en).join('; ') + limit.en,
      next: all.find((one) => one.state === state)?.words.next ?? nextStep('readClock'),
    },
    readings,
    lane.length === 0 ? null : { value: worst, unit: 'ms' },
  )
}

/** Each clock that rows 14 and 15 judge: the lane's by each source, the others once, by the stricter limit. */
export function clockRows(survey: SurveyProject): readonly ClockRow[] {
  const rules = rulesOf(survey.opened)
  const sources = (['beidou', 'ntp'] as const).filter((source) =>
    survey.clocks.some((clock) => clock.source === source),
  )
  const limitMs = Math.min(...sources.map((source) => offsetLimitOf(rules, source)))
  const lane = sources.flatMap((source) => {
    const own = readOf(survey, 'lane').filter((clock) => clock.source === source)
    return own.length === 0 ? [] : [oneClock(clockNames.lane, own, offsetLimitOf(rules, source))]
  })
  return judgedClocks.flatMap((part): readonly ClockRow[] => {
    const found = part === 'lane' && lane.length > 0 ? lane : devices(survey, limitMs, [part])
    const name = clockNames[part]
    if (found.length > 0) return found.map((one) => ({ name: one.read?.name ?? name, ...one }))
    const { remark = '' } = survey.checks.get(checkKey('D15', part)) ?? {}
    return [{ name, state: 'notApplicable', words: t(remark, remark) }]
  })
}

export const sourceFinding = (state: State, zh: string, en: string): ClockFinding => ({
  state,
  words: because(state === 'marginal' ? 'again' : 'source', zh, en),
  worstMs: 0,
})

export const clock = (
  source: ClockBody['source'],
  constellation: string | null,
  offsetMs: number,
  more: Partial<ClockBody> = {},
): ClockBody => ({
  kind: 'clock',
  source,
  server: 'ntp.example',
  constellation,
  offsetMs,
  errorMs: 100,
  ...more,
})

/** Example of a device whose clock cannot be read, as stated by a person. */
const excused = (part: JudgedClock, item: ItemId = 'D15'): CheckBody => ({
  kind: 'check',
  item,
  part,
  answer: 'notApplicable',
  photos: [],
  remark: '示例:该型设备不回报时间',
})
const others: readonly SurveyBody[] = [excused('camera'), excused('rsu'), excused('platform')]

const stroke: SurveyBody = { ...excused('camera'), remark: '-' }
const syncedBy =
  (ms: number) =>
  (body: ClockBody): ClockBody =>
    body.syncedAtMs === undefined ? body : { ...body, syncedAtMs: body.syncedAtMs + ms }

export const clockExamples = (
  source: ClockBody['source'],
  constellation: string | null,
): readonly ItemExample[] => {
  /** A record a second: half an hour of them, synchronised by the quarter. */
  const half = (offsetMs: number, more: Partial<ClockBody> = {}): readonly ClockBody[] =>
    Array.from({ length: 1_801 }, (_, i) =>
      clock(source, constellation, offsetMs, {
        ...(i % 900 === 0 ? { syncedAtMs: examplesAtMs + i * 1_000 } : {}),
        ...more,
      }),
    )
  const camera = (offsetMs: number) => half(offsetMs, { of: 'camera', device: '2' })
  return [
    { verdict: 'incomplete', bodies: [] },
    { verdict: 'pass', bodies: [...others, ...half(-900)] },
    // Readings of the reference clock alone prove nothing about the lane.
    { verdict: 'incomplete', bodies: [...others, ...half(10, { of: 'ruler' })] },
    { verdict: 'incomplete', bodies: [...others, ...half(10).slice(0, 1_800)] },
    // No synchronisation seen, or long before, or dated tomorrow.
    { verdict: 'incomplete', bodies: [...others, ...half(10).map(syncedBy(-dayMs))] },
    { verdict: 'incomplete', bodies: [...others, ...half(10).map(syncedBy(dayMs))] },
    { verdict: 'incomplete', bodies: [...others, ...half(10).map(withoutSync)] },
    // A clock without a statement, or with a dash only.
    { verdict: 'incomplete', bodies: [stroke, ...others.slice(1), ...half(10)] },
    { verdict: 'incomplete', bodies: [...others.slice(1), ...half(10)] },
    { verdict: 'pass', bodies: [...others.slice(1), ...half(10), ...camera(310)] },
    { verdict: 'fail', bodies: [...others.slice(1), ...half(10), ...camera(1_101)] },
    { verdict: 'marginal', bodies: [...others, ...half(901)] },
    // Synchronisations a second apart are one.
    {
      verdict: 'incomplete',
      bodies: [...others, ...half(10).map((body, i) => withSync(body, i % 2))],
    },
    // A withdrawn reading that was off stays.
    {
      verdict: 'fail',
      bodies: [...others, ...half(10), clock(source, constellation, 5_000), gone],
    },
    ...(source === 'ntp'
      ? [
          {
            verdict: 'incomplete',
            bodies: [...others, ...half(10, { server: '127.0.0.1' })],
          } as const,
        ]
      : []),
    { verdict: 'fail', bodies: [...others, ...half(1_101)] },
    // Another day is a fault of the source, no offset.
    { verdict: 'incomplete', bodies: [...others, ...half(2 * dayMs)] },
    // Without a pulse a receiver cannot show 1 s where its own doubt is larger.
    { verdict: 'marginal', bodies: [...others, ...half(0, { errorMs: 1_001 })] },
  ]
}

/** Of the 1,805th record of an example: the others, half an hour, and one more. */
const gone: SurveyBody = { kind: 'withdrawn', recordId: 'r1805', reason: '示例:读数抄错一位' }

const withSync = (body: ClockBody, i: number): ClockBody => ({
  ...body,
  syncedAtMs: examplesAtMs + i * 1_000,
})

const withoutSync = ({ syncedAtMs: _, ...body }: ClockBody): ClockBody => body
