// Kinds of cells of tables that are brought in and saved: what each is read from, written as, and what is said where it
// cannot be read. Dates and numbers are read as spreadsheets write them; a kind is pure data and two functions.
import { t, type BilingualText } from '../fault-text.ts'
import { dayMs, instantOf, isoOf, parseIso, type InstantMs } from '../instant.ts'
import { normalisePlate } from '../plates/plate.ts'

/** How a spreadsheet keeps it. */
export type CellShape = 'text' | 'number' | 'day' | 'time'

type CellRead<V> =
  | { readonly value: V }
  /** `shown`: what it was taken for, where that is not what stands there. */
  | { readonly bad: BilingualText; readonly shown?: string }

export interface CellKind<V> {
  readonly shape: CellShape
  readonly example: string
  /** What may stand in it, for who fills in the table. */
  readonly help: BilingualText
  read(text: string): CellRead<V>
  write(value: V): string
}

interface Said {
  readonly example: string
  readonly help: BilingualText
}

export const text = (
  said: Said,
  rule?: { fits: RegExp; bad: BilingualText },
): CellKind<string> => ({
  ...said,
  shape: 'text',
  read: (given) => (rule?.fits.test(given) === false ? { bad: rule.bad } : { value: given }),
  write: (value) => value,
})

/** Words with blanks, semicolons or enumeration commas between them. */
export const words = (said: Said): CellKind<readonly string[]> => ({
  ...said,
  shape: 'text',
  read: (given) => ({ value: given.split(/[\s;;、]+/u).filter((word) => word !== '') }),
  write: (value) => value.join(' '),
})

/** One of `named`, by its word or by its own name; `bad` where its list is too long to be said. */
export const oneOf = <K extends string>(
  heading: string,
  named: Readonly<Record<K, string>>,
  more: { readonly also?: ReadonlyMap<string, K>; readonly bad?: BilingualText } = {},
): CellKind<K> => {
  const keys = Object.keys(named) as K[]
  const list = keys.map((key) => named[key])
  const byWord = new Map<string, K>([
    ...(more.also ?? []),
    ...keys.flatMap((key): [string, K][] => [
      [named[key], key],
      [key, key],
    ]),
  ])
  const help = t(`${heading}为 ${list.join('、')}`, `one of ${keys.join(', ')}`)
  return {
    shape: 'text',
    example: list[0] ?? '',
    help,
    read: (given) => {
      const value = byWord.get(given)
      return value === undefined ? { bad: more.bad ?? help } : { value }
    },
    write: (value) => named[value],
  }
}

/** `1,234.50`, `12.0` and `1E+3` as plain digits; what is no such number stays as it is. */
export function plainNumber(given: string): string {
  let plain = given
  if (/^-?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(plain)) plain = plain.replaceAll(',', '')
  if (/^-?\d(?:\.\d{1,14})?E\+?(?:0?\d|1[0-4])$/i.test(plain)) plain = String(Number(plain))
  return plain.replace(/^(-?\d+)\.0+$/, '$1')
}

/** Its digits as text: what they are of stands in another column. */
export const number = (said: Said): CellKind<string> => ({
  ...said,
  shape: 'number',
  read: (given) => ({ value: plainNumber(given) }),
  write: (value) => value,
})

export const integer = (
  example: string,
  limit: { readonly digits: number; readonly min?: number; readonly max?: number },
  bad: BilingualText,
): CellKind<number> => ({
  shape: 'number',
  example,
  help: bad,
  read: (given) => {
    const plain = plainNumber(given)
    const value = /^\d+$/.test(plain) && plain.length <= limit.digits ? Number(plain) : NaN
    const isFit = value >= (limit.min ?? 0) && value <= (limit.max ?? Infinity)
    return isFit ? { value } : { bad }
  },
  write: String,
})

/** Whole fen of an amount in yuan; null: it is none. */
export function fenIn(given: string): number | null {
  const [, yuan, cents = ''] = /^(\d{1,6})(?:\.(\d{1,2}))?$/.exec(plainNumber(given)) ?? []
  return yuan === undefined ? null : Number(yuan) * 100 + Number(cents.padEnd(2, '0'))
}

/** Two digits behind the point, by whole numbers alone. */
export const yuanOf = (fen: number): string =>
  `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`

const noAmount = t('应为金额,如 12.50', 'an amount such as 12.50')
export const yuan = (example: string): CellKind<number> => ({
  shape: 'number',
  example,
  help: noAmount,
  read: (given) => {
    const value = fenIn(given)
    return value === null ? { bad: noAmount } : { value }
  },
  write: yuanOf,
})

export function isDay(given: string): boolean {
  if (!/^20\d{2}-\d{2}-\d{2}$/.test(given)) return false
  const atMs = parseIso(`${given}T00:00:00+08:00`)
  return atMs !== null && isoOf(atMs).slice(0, 10) === given
}

const two = (part: string): string => part.padStart(2, '0')

/** Days of a spreadsheet are counted from the end of 1899; those of 1954 to 2119 are taken for one. */
const serialDay = /^[2-7]\d{4}(?:\.\d{1,15})?$/
const serialMs = (given: string): InstantMs =>
  instantOf(1899, 12, 30) + Math.round((Number(given) * dayMs) / 1_000) * 1_000

/** `2026/1/5`, `2026年1月5日`, a midnight, or the number that a spreadsheet keeps of a day; other text stays. */
export function dayOf(given: string): string {
  if (serialDay.test(plainNumber(given)) && Number.isInteger(Number(given)))
    return isoOf(serialMs(given)).slice(0, 10)
  const [, year, month = '', day = ''] =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]0{1,2}:00(?::00(?:\.0+)?)?)?$/.exec(given) ??
    []
  return year === undefined ? given : `${year}-${two(month)}-${two(day)}`
}

export const day = (example: string): CellKind<string> => ({
  shape: 'day',
  example,
  help: t(`日期,如 ${example}`, `a date such as ${example}`),
  read: (given) => {
    const value = dayOf(given)
    const bad = t('不是日期', `not a date such as ${example}`)
    return isDay(value) ? { value } : { bad, shown: value }
  },
  write: (value) => value,
})

/** `2026-11-20 08:02`, with slashes, seconds and parts of one as well, in the time of the lot; or ISO, in UTC too. */
export function timeOf(given: string): InstantMs | null {
  if (given.endsWith('Z')) return parseIso(given)
  if (serialDay.test(given)) return serialMs(given)
  const shape =
    /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})[ T](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d{1,3})?)?(?:\+08:00)?$/
  const [, year, month = '', of = '', hour = '', minute = '', second = '00'] =
    shape.exec(given) ?? []
  if (year === undefined) return null
  const iso = `${year}-${two(month)}-${two(of)}T${two(hour)}:${minute}:${second}`
  const atMs = parseIso(`${iso}+08:00`)
  return atMs !== null && isoOf(atMs).startsWith(iso) ? atMs : null
}

/** `2026-11-20 08:02:00`, in the time of the lot. */
const timeText = (atMs: InstantMs): string => isoOf(atMs).slice(0, 19).replace('T', ' ')

export const time = (example: string): CellKind<InstantMs> => ({
  shape: 'time',
  example,
  help: t(`时间,如 ${example}`, `a time such as ${example}`),
  read: (given) => {
    const value = timeOf(given)
    return value === null ? { bad: t('不是时间', `not a time such as ${example}`) } : { value }
  },
  write: timeText,
})

export const plate = (example: string): CellKind<string> => ({
  shape: 'text',
  example,
  help: t(`车牌,如 ${example}`, `a number plate such as ${example}`),
  read: (given) => {
    const value = normalisePlate(given)
    return value === null ? { bad: t('不是车牌', 'not a number plate') } : { value }
  },
  write: (value) => value,
})

/** The same cell, and nothing where it is left empty. */
export const orNone = <V>(kind: CellKind<V>): CellKind<V | null> => ({
  ...kind,
  help: t(`${kind.help.zh},可以不填`, `${kind.help.en}, or empty`),
  read: (given) => (given === '' ? { value: null } : kind.read(given)),
  write: (value) => (value === null ? '' : kind.write(value)),
})
