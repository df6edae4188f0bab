// Tariff files of version 1 (ADR 10): free minutes, first and next period, one daily cap, vehicle classes. Converted to
// version 2 when read, with the same prices and lines.
import { z } from 'zod'
import type { Tariff, TariffPlan } from '#money/pure/billing/tariff.ts'
import { filedSchema } from '../../calls/member-schema.ts'
import { editionRow, planRow, tariffMembers } from '#money/pure/billing/tariff-members.ts'

const { freeMin, first } = planRow.members
const periodMinutes = filedSchema(first.members.min)
const stepAmount = filedSchema(first.members.fen)
const ruleShape = {
  freeMin: filedSchema(freeMin),
  firstPeriodMin: periodMinutes,
  firstFen: stepAmount,
  nextPeriodMin: periodMinutes,
  nextFen: stepAmount,
  dailyCapFen: stepAmount.nullable(),
}

const rulesSchema = z.strictObject(ruleShape)
const overrideSchema = rulesSchema.partial()

export const versionOneSchema = z.strictObject({
  id: filedSchema(tariffMembers.id),
  version: z.literal(1),
  name: filedSchema(tariffMembers.name),
  ...ruleShape,
  /** Day of the cap: from 00:00 at +08:00, or blocks of 24 h from the entry. */
  dayBoundary: z.enum(['calendar', '24h']),
  freeMinutesCounted: z.boolean(),
  graceAfterPayMin: filedSchema(editionRow.members.graceAfterPayMin),
  /** Differences by vehicle class, as in the OBU. */
  classes: z.record(z.string().regex(/^[1-9]\d?$/), overrideSchema).optional(),
})

export type VersionOne = z.infer<typeof versionOneSchema>
type Rules = z.infer<typeof rulesSchema>

/** Prices of a class: the common numbers, replaced by its own. */
const withOwn = (common: Rules, own: z.infer<typeof overrideSchema>): Rules => ({
  freeMin: own.freeMin ?? common.freeMin,
  firstPeriodMin: own.firstPeriodMin ?? common.firstPeriodMin,
  firstFen: own.firstFen ?? common.firstFen,
  nextPeriodMin: own.nextPeriodMin ?? common.nextPeriodMin,
  nextFen: own.nextFen ?? common.nextFen,
  dailyCapFen: own.dailyCapFen === undefined ? common.dailyCapFen : own.dailyCapFen,
})

function planOf(old: VersionOne, rules: Rules): TariffPlan {
  const { freeMin, firstPeriodMin, firstFen, nextPeriodMin, nextFen, dailyCapFen } = rules
  const first = { min: firstPeriodMin, fen: firstFen, times: 1 }
  const steps = [first, { min: nextPeriodMin, fen: nextFen }]
  const capFen = dailyCapFen ?? undefined
  return {
    freeMin,
    freeMinutesCounted: old.freeMinutesCounted,
    stepsRestart: 'never',
    bands: [{ from: '00:00', to: '24:00', steps }],
    caps: old.dayBoundary === 'calendar' ? { dayFen: capFen } : { day24hFen: capFen },
  }
}

/** The same tariff in version 2: one plan for each class, in the order of `classesOf`. */
export function liftVersionOne(old: VersionOne): Tariff {
  const own = classesOf(old).map((key) => ({
    when: { classes: [Number(key)] },
    ...planOf(old, withOwn(old, old.classes?.[key] ?? {})),
  }))
  return {
    id: old.id,
    version: 2,
    name: old.name,
    use: 'commercial',
    decidedBy: 'exit',
    days: { holidays: [], workdays: [] },
    editions: [{ graceAfterPayMin: old.graceAfterPayMin, plans: [...own, planOf(old, old)] }],
  }
}

export const classesOf = ({ classes }: VersionOne): readonly string[] => Object.keys(classes ?? {})

/** Position in the file of a number of a plan; without its own the common one applies. */
export function placeIn(old: VersionOne, planIndex: number, member: keyof Rules): string {
  const key = classesOf(old)[planIndex]
  if (key === undefined) return `/${member}`
  const own = old.classes?.[key] ?? {}
  return `/classes/${key}${Object.hasOwn(own, member) ? `/${member}` : ''}`
}
