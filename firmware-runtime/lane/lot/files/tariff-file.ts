// Tariff files: read in version 1 or 2, checked, and refused with the wrong member. Every tariff that prices a stay was
// checked here; money/pure/billing trusts it.
import { t } from '#base/pure/words/fault-text.ts'
import { issueWhy } from '#base/pure/words/issue-why.ts'
import { z } from 'zod'
import type { Tariff, TariffBand, TariffCaps, TariffPlan } from '#money/pure/billing/tariff.ts'
import { type BilingualText, LaneFault } from '#base/pure/faults/faults.ts'
import type { Fen } from '#base/pure/values/fen.ts'
import { jsonPointer } from '#base/pure/data/json.ts'
import { readStrictJson } from '#base/process/strict-json.ts'
import { tariffSchema } from './tariff-schema.ts'
import {
  classesOf,
  liftVersionOne,
  placeIn,
  versionOneSchema,
  type VersionOne,
} from './tariff-version-1.ts'

const shownCharsMax = 80

const anyVersion: z.ZodType<Tariff | VersionOne> = z.discriminatedUnion('version', [
  tariffSchema as unknown as z.ZodObject<{ version: z.ZodLiteral<2> }>,
  versionOneSchema,
]) as never

export interface TariffWarning {
  /** JSON pointer. */
  readonly field: string
  readonly value: string
  readonly text: BilingualText
}

export interface CheckedTariff {
  readonly tariff: Tariff
  /** Allowed, but probably a mistake. */
  readonly warnings: readonly TariffWarning[]
}

/** A tariff from the bytes of a file. Throws LaneFault FILE-02 or TARIFF-01. */
export const readTariff = (source: Uint8Array | string, file: string): CheckedTariff =>
  checkTariff(readStrictJson(source, file), file)

/** A tariff from a value read elsewhere, for example a member of the lot file. */
export function checkTariff(value: unknown, file: string, at = ''): CheckedTariff {
  const parsed = anyVersion.safeParse(value)
  if (!parsed.success) throw refusal(parsed.error, value, file, at)
  const { data } = parsed
  const tariff = data.version === 1 ? liftVersionOne(data) : data
  const places = data.version === 1 ? placesOfVersionOne(data) : placesOf(data)
  const warnings = places.flatMap(warningsOf).map((one) => ({ ...one, field: at + one.field }))
  return { tariff, warnings }
}

/** JSON Schema (draft 2020-12) for editors and other tools; files of version 1 stay readable. */
export const tariffJsonSchema = (): unknown => z.toJSONSchema(tariffSchema)

function refusal(error: z.ZodError, value: unknown, file: string, at: string): LaneFault {
  const issue = error.issues[0]
  const extra = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : []
  const path = [...(issue?.path ?? []), ...extra]
  return new LaneFault('TARIFF-01', {
    file,
    field: at + jsonPointer(path),
    value: shown(valueAt(value, path)),
    note: issue === undefined ? t('不是费率', 'this is not a tariff') : issueWhy(issue),
  })
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let here: unknown = value
  for (const key of path) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, key)) return undefined
    here = Reflect.get(here, key)
  }
  return here
}

const shown = (value: unknown): string =>
  (value === undefined ? 'missing' : (JSON.stringify(value) ?? typeof value)).slice(
    0,
    shownCharsMax,
  )

/** A plan, and the positions in its file for warnings. */
interface PlanPlace {
  readonly plan: TariffPlan
  /** Absent: a file of version 1, which has no such member. */
  readonly planAt?: string
  readonly capAt: (member: keyof TariffCaps) => string
  readonly amountAt: string
}

const placesOf = ({ editions }: Tariff): PlanPlace[] =>
  editions.flatMap(({ plans }, e) =>
    plans.map((plan, p) => ({
      plan,
      planAt: `/editions/${e}/plans/${p}`,
      capAt: (member) => `/editions/${e}/plans/${p}/caps/${member}`,
      amountAt: `/editions/${e}/plans/${p}/bands`,
    })),
  )

/** The common numbers first, as in the file. */
function placesOfVersionOne(old: VersionOne): PlanPlace[] {
  const plans = liftVersionOne(old).editions[0]?.plans ?? []
  const places = plans.map((plan, index) => ({
    plan,
    capAt: () => placeIn(old, index, 'dailyCapFen'),
    amountAt: placeIn(old, index, 'firstFen'),
  }))
  const own = classesOf(old).length
  return [...places.slice(own), ...places.slice(0, own)]
}

/** The lowest price of the first period of a stay, in any band. */
const leastFirstFen = ({ bands, first }: TariffPlan): Fen =>
  first?.fen ?? Math.min(...bands.map(({ steps, visitFen }) => visitFen ?? steps?.[0]?.fen ?? 0))

function warningsOf({ plan, planAt, capAt, amountAt }: PlanPlace): TariffWarning[] {
  const warnings: TariffWarning[] = []
  const warn = (field: string, fen: Fen, zh: string, en: string): void => {
    warnings.push({ field, value: String(fen), text: { zh, en } })
  }
  const firstFen = leastFirstFen(plan)
  for (const member of ['stayFen', 'dayFen', 'day24hFen'] as const) {
    const fen = plan.caps[member]
    if (fen === undefined || fen >= firstFen) continue
    const en = 'The cap is below the first period: every stay costs the cap'
    warn(capAt(member), fen, '封顶金额低于首时段金额，每次停车都按封顶收费', en)
  }
  const ofBands = plan.bands.flatMap((b) => [b.visitFen ?? 0, ...(b.steps ?? []).map((s) => s.fen)])
  const amounts = [plan.first?.fen ?? 0, ...ofBands]
  const isFree = amounts.every((fen) => fen === 0)
  if (isFree) warn(amountAt, 0, '该费率从不收费', 'This tariff never charges')
  return planAt === undefined || isFree ? warnings : [...warnings, ...approached(plan, planAt)]
}

/** Rules of a price notice that the file only approximates, with the member that would express them exactly. */
function approached(plan: TariffPlan, planAt: string): TariffWarning[] {
  const { bands, caps, stepsRestart, tailMin, first } = plan
  const warnings: TariffWarning[] = []
  const near = (field: string, value: string, zh: string, en: string): void => {
    warnings.push({ field: planAt + field, value, text: { zh, en } })
  }
  const hasFlat = ({ steps = [] }: TariffBand): boolean => steps.length > 1 && steps[0]?.times === 1
  if (
    stepsRestart === 'never' &&
    (caps.day24hFen ?? -1) >= leastFirstFen(plan) &&
    bands.some(hasFlat)
  )
    near(
      '/stepsRestart',
      stepsRestart,
      '封顶每 24 小时重新计算,时段却不重新计算:第二个 24 小时起按最后一档收费。每 24 小时重新计时写 24h',
      'The cap restarts every 24 h but the steps do not: from the second 24 h on, the last step is charged. Write 24h to restart both every 24 h',
    )
  for (const [b, { steps = [] }] of bands.entries()) {
    const at = steps.findIndex(({ fen }, i) => fen === 0 && i > 0 && i + 1 < steps.length)
    if (at > 0 && tailMin === undefined)
      near(
        `/bands/${b}/steps/${at}`,
        '0',
        '不计的尾数只在列出的几档里有效,之后不再有效。每次都不计写 tailMin',
        'A remainder that is not charged applies only to the listed steps and not after them. Write tailMin so that it applies to every stay',
      )
  }
  for (const [b, { steps = [] }] of bands.entries()) {
    if (bands.length === 1 || plan.periodsEndWithBand === true) break
    const last = steps.length - 1
    if (steps[last]?.fen !== 0) continue
    const isFree = steps.every(({ fen }) => fen === 0)
    near(
      `/bands/${b}/steps/${last}`,
      '0',
      isFree
        ? '免费的时段写成了 0 元的档:最后一个 0 元时段会延到下一个时段里,那段时间也不收。整段免费写 visitFen 0'
        : '0 元的档会延到下一个时段里,那段时间也不收。到点就按下一个时段收费写 periodsEndWithBand',
      isFree
        ? 'A free part of the day is written as steps: the last one goes on into the next band, which is not charged for that time. Write visitFen 0 to make exactly this part free'
        : 'The step that costs nothing goes on into the next band, which is not charged for that time. Write periodsEndWithBand to charge the next band from its beginning',
    )
  }
  const periods = [
    ...bands.flatMap(({ steps = [] }) => steps),
    ...(first === undefined ? [] : [first]),
  ]
  const shortest = Math.min(...periods.map(({ min }) => min))
  if (tailMin === shortest - 1)
    near(
      '/tailMin',
      String(tailMin),
      `不满一个时段不收费写成了尾数：第一个时段还是一开始就收，更长的时段只免最后 ${tailMin} 分钟。写 wholePeriods`,
      `Part units that are free are written as a remainder: the first period is charged once it has begun, and of longer periods only the last ${tailMin} min are free. Write wholePeriods`,
    )
  const b = bands.findIndex(hasFlat)
  const others = bands.some(({ steps }) => steps?.length === 1)
  if (b >= 0 && others && first === undefined)
    near(
      `/bands/${b}/steps/0`,
      String(bands[b]?.steps?.[0]?.fen ?? ''),
      '首档只在这个时段里收:在别的时段入场的车不付。不分时段的首档写 first',
      'The first step is charged only in this period: a car that enters in another period does not pay it. Write first for a first step in any period',
    )
  return warnings
}
