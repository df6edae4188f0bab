// A tariff in words: each value with its edition, vehicles and part of the day. Editions, plans, bands and dates are
// identified by content and not by index: adding one moves no other.
import type {
  Tariff,
  TariffBand,
  TariffPackage,
  TariffPlan,
  TariffStep,
} from '#money/pure/billing/tariff.ts'
import { colourWords, dayWords } from '#money/pure/billing/tariff-members.ts'
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { canonicalJson } from '#base/pure/data/json.ts'
import { leavesOf, type Leaf } from './leaves.ts'

interface TariffLeaf extends Leaf {
  /** Its place, outermost first; empty when the tariff has only one. */
  readonly where: readonly BilingualText[]
}
type Where = readonly BilingualText[]
type Path = readonly string[]

const joined = (parts: readonly BilingualText[]): BilingualText =>
  t(parts.map(({ zh }) => zh).join('、'), parts.map(({ en }) => en).join(', '))

const timeOf = (iso: string): string => iso.slice(0, 16).replace('T', ' ')

const editionText = (validFrom: string | undefined): BilingualText =>
  validFrom === undefined
    ? t('最初的版本', 'first edition')
    : t(`${timeOf(validFrom)} 起的版本`, `edition from ${timeOf(validFrom)}`)

function vehiclesText({ when }: TariffPlan): BilingualText {
  if (when === undefined) return t('所有其他车', 'all other vehicles')
  const { classes = [], colours = [], newEnergy, areas = [] } = when
  return joined([
    ...classes.map((n) => t(`${n} 型车`, `class ${n}`)),
    ...colours.map((one) => colourWords[one]),
    ...(newEnergy === undefined
      ? []
      : [newEnergy ? t('新能源车', 'new energy') : t('非新能源车', 'not new energy')]),
    ...areas.map((area) => t(`区域 ${area}`, `area ${area}`)),
  ])
}

function bandText({ days, from, to, name }: TariffBand): BilingualText {
  const span = t(`${from}–${to}`, `${from}–${to}`)
  const named = name === undefined ? [] : [name]
  return joined([...named, ...(days ?? []).map((day) => dayWords[day]), span])
}

/** Equal entries are numbered in order. */
function idsOf<T>(all: readonly T[], idOf: (one: T) => string): readonly (readonly [string, T])[] {
  const seen = new Map<string, number>()
  return all.map((one) => {
    const id = idOf(one)
    const n = (seen.get(id) ?? 0) + 1
    seen.set(id, n)
    return [n === 1 ? id : `${id} (${n})`, one]
  })
}

const at = (value: object, path: Path, where: Where): TariffLeaf[] =>
  leavesOf(value, path).map((leaf) => ({ ...leaf, where }))

/** A list without an order: each value is its own key. */
const listed = (values: readonly (string | number)[], path: Path, where: Where): TariffLeaf[] =>
  values.map((value) => ({ path: [...path, String(value)], value, where }))

const stepsOf = (steps: readonly TariffStep[], path: Path, where: Where): TariffLeaf[] =>
  steps.flatMap((step, i) => {
    const isLast = i + 1 === steps.length
    const id = i === 0 ? (isLast ? 'each' : 'first') : isLast ? 'further' : `${i + 1}`
    return at(step, [...path, 'steps', id], where)
  })

function bandsOf({ bands }: TariffPlan, path: Path, where: Where): TariffLeaf[] {
  const named = idsOf(bands, ({ days, from, to }) => `${(days ?? []).join(' ')} ${from}-${to}`)
  return named.flatMap(([id, band]) => {
    const { days = [], steps = [], ...rest } = band
    const own = [...path, 'bands', id]
    const of = bands.length > 1 ? [...where, bandText(band)] : where
    return [...listed(days, [...own, 'days'], of), ...at(rest, own, of), ...stepsOf(steps, own, of)]
  })
}

const packagesOf = (all: readonly TariffPackage[], path: Path, where: Where): TariffLeaf[] =>
  idsOf(all, ({ name }) => name.zh).flatMap(([id, one]) => {
    const { days = [], ...rest } = one
    const own = [...path, 'packages', id]
    const of = [...where, one.name]
    return [...listed(days, [...own, 'days'], of), ...at(rest, own, of)]
  })

function plansOf(plans: readonly TariffPlan[], path: Path, where: Where): TariffLeaf[] {
  const named = idsOf(plans, ({ when }) => (when === undefined ? 'all' : canonicalJson(when)))
  return named.flatMap(([id, plan]) => {
    const { when, bands: _bands, packages = [], ...rest } = plan
    const { classes = [], colours = [], areas = [], ...whenRest } = when ?? {}
    const own = [...path, 'plans', id]
    const asks = [...own, 'when']
    const of = plans.length > 1 ? [...where, vehiclesText(plan)] : where
    return [
      ...listed(classes, [...asks, 'classes'], of),
      ...listed(colours, [...asks, 'colours'], of),
      ...listed(areas, [...asks, 'areas'], of),
      ...at(whenRest, asks, of),
      ...at(rest, own, of),
      ...bandsOf(plan, own, of),
      ...packagesOf(packages, own, of),
    ]
  })
}

/** Every value of a tariff, with its path by names. */
export function tariffLeaves({ days, editions, ...rest }: Tariff): readonly TariffLeaf[] {
  const dates = (['holidays', 'workdays'] as const).flatMap((kind) =>
    listed(days[kind], ['days', kind], []),
  )
  const named = idsOf(editions, ({ validFrom }) => validFrom ?? 'first')
  const priced = named.flatMap(([id, { plans, ...own }]) => {
    const path = ['editions', id]
    const where = editions.length > 1 ? [editionText(own.validFrom)] : []
    const { validFrom } = own
    const said = validFrom === undefined ? own : { ...own, validFrom: timeOf(validFrom) }
    return [...at(said, path, where), ...plansOf(plans, path, where)]
  })
  return [...at(rest, [], []), ...dates, ...priced]
}
