// Tariff files: their schema, the checks a schema cannot make, and the refusal that names the member.
// Everything that prices a stay has passed here once; core/billing trusts it from then on.
import { z } from 'zod'
import type { Tariff, TariffRules } from '../../core/billing/tariff.ts'
import { rulesOf } from '../../core/billing/tariff.ts'
import { LaneFault } from '../../core/values/faults.ts'
import type { BilingualText } from '../../core/values/faults.ts'
import { jsonPointer, type Json } from '../../core/values/json.ts'
import { readStrictJson } from '../strict-json.ts'

/** 10,000 yuan for one period or one day: more is a slip of the pen (yuan written as fen twice over). */
const stepFenMax = 1_000_000
/** A week. A longer period is a season ticket, which is a pass and not a tariff. */
const periodMinMax = 10_080
const minutesPerDay = 1440
const shownCharsMax = 80

const stepFen = z.int().min(0).max(stepFenMax)
const periodMin = z.int().min(1).max(periodMinMax)
const word = z.string().trim().min(1).max(60)

const ruleShape = {
  freeMin: z.int().min(0).max(minutesPerDay).describe('A stay of this length or less is free'),
  firstPeriodMin: periodMin.describe('Length of the first period in minutes'),
  firstFen: stepFen.describe('Price of the first period in fen'),
  nextPeriodMin: periodMin.describe('Length of each further period in minutes'),
  nextFen: stepFen.describe('Price of each further started period in fen'),
  dailyCapFen: stepFen.nullable().describe('Most for one day in fen, null for no cap'),
}

const classOverride = z.strictObject(ruleShape).partial()

const tariffSchema = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/),
    version: z.literal(1),
    name: z.strictObject({ zh: word, en: word }),
    ...ruleShape,
    dayBoundary: z.enum(['calendar', '24h']),
    freeMinutesCounted: z.boolean().describe('Whether a charged stay pays from its entry on'),
    graceAfterPayMin: z.int().min(0).max(minutesPerDay),
    classes: z.record(z.string().regex(/^[1-9]\d?$/), classOverride).optional(),
  })
  .meta({ title: 'Tariff of a car park', description: 'Money is integer fen.' })

export interface TariffWarning {
  /** JSON pointer. */
  readonly field: string
  readonly value: string
  readonly text: BilingualText
}

export interface CheckedTariff {
  readonly tariff: Tariff
  /** Allowed, but probably not meant. */
  readonly warnings: readonly TariffWarning[]
}

/** A tariff from the bytes of a file. Throws LaneFault FILE-02 or TARIFF-01. */
export const readTariff = (source: Uint8Array | string, file: string): CheckedTariff =>
  checkTariff(readStrictJson(source, file), file)

/** A tariff from a value that was read elsewhere, for example a member of the lot file. */
export function checkTariff(value: unknown, file: string, at = ''): CheckedTariff {
  const parsed = tariffSchema.safeParse(value)
  if (!parsed.success) throw refusal(parsed.error, value, file, at)
  const tariff = withoutUndefined(parsed.data)
  return { tariff, warnings: warningsOf(tariff, at) }
}

/** JSON Schema (draft 2020-12) for editors and other people's tools. */
export const tariffJsonSchema = (): unknown => z.toJSONSchema(tariffSchema)

function refusal(error: z.ZodError, value: unknown, file: string, at: string): LaneFault {
  const issue = error.issues[0]
  const extra = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : []
  const path = [...(issue?.path ?? []), ...extra]
  return new LaneFault('TARIFF-01', {
    file,
    field: at + jsonPointer(path),
    value: shown(valueAt(value, path)),
    note: issue?.message ?? 'not a tariff',
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

/** `classes` and its members are either there or not; a member holding undefined is neither. */
function withoutUndefined(data: z.infer<typeof tariffSchema>): Tariff {
  const { classes, ...rest } = data
  if (classes === undefined) return rest
  const kept: Record<string, Partial<TariffRules>> = {}
  for (const [key, rules] of Object.entries(classes)) {
    kept[key] = Object.fromEntries(Object.entries(rules).filter(([, v]) => v !== undefined))
  }
  return { ...rest, classes: kept }
}

function warningsOf(tariff: Tariff, at: string): TariffWarning[] {
  const warnings: TariffWarning[] = []
  const places = Object.keys(tariff.classes ?? {}).map((key) => ({
    rules: rulesOf(tariff, Number(key)),
    pointer: `${at}/classes/${key}`,
    own: tariff.classes?.[key] ?? {},
  }))
  const all = [{ rules: tariff, pointer: at, own: tariff }, ...places]
  for (const { rules, pointer, own } of all) {
    const warn = (member: keyof TariffRules, value: Json, zh: string, en: string): void => {
      const field = `${pointer}${Object.hasOwn(own, member) ? `/${member}` : ''}`
      warnings.push({ field, value: shown(value), text: { zh, en } })
    }
    const { dailyCapFen, firstFen, nextFen } = rules
    if (dailyCapFen !== null && dailyCapFen < firstFen) {
      const en = 'The daily cap is below the first period: every stay costs the cap'
      warn('dailyCapFen', dailyCapFen, '封顶金额低于首时段金额,每次停车都按封顶收费', en)
    }
    if (firstFen === 0 && nextFen === 0) {
      warn('firstFen', firstFen, '该费率从不收费', 'This tariff never charges')
    }
  }
  return warnings
}
