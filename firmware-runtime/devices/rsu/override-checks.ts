// Checks of values that came from JSON: each answers what is wrong, with a pointer to the place.
// Small on purpose; a check is a function, and larger ones are made of smaller ones.
import type { VariantTable } from './table-types.ts'
import type { OverrideProblem } from './variant-override.ts'

export type Check = (value: unknown, at: string, base: VariantTable) => readonly OverrideProblem[]

export const problem = (at: string, text: string): readonly OverrideProblem[] => [{ at, text }]
export const none: readonly OverrideProblem[] = []

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const oneOf =
  (...allowed: readonly unknown[]): Check =>
  (value, at) =>
    allowed.includes(value) ? none : problem(at, `must be one of ${allowed.join(', ')}`)

export const whole =
  (least: number, most: number): Check =>
  (value, at) =>
    Number.isInteger(value) && Number(value) >= least && Number(value) <= most
      ? none
      : problem(at, `must be a whole number from ${least} to ${most}`)

export const text =
  (shape: RegExp): Check =>
  (value, at) =>
    typeof value === 'string' && shape.test(value) ? none : problem(at, `must be like ${shape}`)

export const listOf =
  (check: Check, least = 0): Check =>
  (value, at, base) => {
    if (!Array.isArray(value) || value.length < least)
      return problem(at, least === 0 ? 'must be a list' : `must be a list of at least ${least}`)
    const list: readonly unknown[] = value
    if (new Set(list.map((one) => JSON.stringify(one))).size !== list.length)
      return problem(at, 'names something twice')
    return list.flatMap((one, i) => check(one, `${at}/${i}`, base))
  }

/** An object of exactly these members; `partial`: of some of them. */
export const object =
  (members: Readonly<Record<string, Check>>, partial = false): Check =>
  (value, at, base) => {
    if (!isRecord(value)) return problem(at, 'must be an object')
    const unknown = Object.keys(value).filter((name) => !Object.hasOwn(members, name))
    const missing = partial ? [] : Object.keys(members).filter((name) => !(name in value))
    return [
      ...unknown.flatMap((name) => problem(`${at}/${name}`, 'is not known')),
      ...missing.flatMap((name) => problem(`${at}/${name}`, 'is missing')),
      ...Object.entries(members).flatMap(([name, check]) =>
        name in value ? check(value[name], `${at}/${name}`, base) : none,
      ),
    ]
  }

export const mapOf =
  (key: RegExp, check: Check): Check =>
  (value, at, base) => {
    if (!isRecord(value)) return problem(at, 'must be an object')
    return Object.entries(value).flatMap(([name, one]) =>
      key.test(name) ? check(one, `${at}/${name}`, base) : problem(`${at}/${name}`, `not ${key}`),
    )
  }

export const orNull =
  (check: Check): Check =>
  (value, at, base) =>
    value === null ? none : check(value, at, base)
