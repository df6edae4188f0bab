// Cell kinds of imported and saved tables: how each is parsed and written, and the message for a value that cannot be parsed.
// Dates and numbers are read as spreadsheets write them; a kind is pure data and two functions.
import { t, type BilingualText } from '../words/fault-text.ts'
import { isoOf, parseIso, type InstantMs } from '../values/instant.ts'
import { normalisePlate, platesIn, plateWords } from '../plates/plate.ts'
import type { DaysFrom } from '../words/table-remarks.ts'
import { writtenTime } from './written-time.ts'

/** Cell type in a spreadsheet. */
export type CellShape = 'text' | 'number' | 'day' | 'time'

type CellRead<V> =
  | { readonly value: V }
  /** `shown`: the value as it was interpreted, where that differs from the text. */
  | { readonly bad: BilingualText; readonly shown?: string }

export interface CellKind<V> {
  readonly shape: CellShape
  readonly example: string
  /** Allowed content, for the person who fills in the table. */
  readonly help: BilingualText
  /** `daysFrom`: of the workbook that the text comes from, for kinds that read a number as a day. */
  read(text: string, daysFrom?: DaysFrom): CellRead<V>
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

/** Words separated by blanks, semicolons or enumeration commas. */
export const words = (said: Said): CellKind<readonly string[]> => ({
  ...said,
  shape: 'text',
  read: (given) => ({ value: given.split(/[\s;;、]+/u).filter((word) => word !== '') }),
  write: (value) => value.join(' '),
})

/** One of `named`, by its word or its key; `bad`: a message where the list is too long to be printed. */
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

/** Converts `1,234.50`, `12.0` and `1E+3` to plain digits; other text stays unchanged. */
export function plainNumber(given: string): string {
  let plain = given
  if (/^-?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(plain)) plain = plain.replaceAll(',', '')
  if (/^-?\d(?:\.\d{1,14})?E\+?(?:0?\d|1[0-4])$/i.test(plain)) plain = String(Number(plain))
  return plain.replace(/^(-?\d+)\.0+$/, '$1')
}

/** The digits as text; another column gives their unit. */
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

/** Parses an amount in yuan to integer fen; null: not an amount. */
export function fenIn(given: string): number | null {
  const [, yuan, cents = ''] = /^(\d{1,6})(?:\.(\d{1,2}))?$/.exec(plainNumber(given)) ?? []
  return yuan === undefined ? null : Number(yuan) * 100 + Number(cents.padEnd(2, '0'))
}

/** Fen as yuan with two decimals, by integer arithmetic. */
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

/** The day of a written date, with or without a time; other text stays unchanged. */
export const dayOf = (given: string, daysFrom?: DaysFrom): string =>
  writtenTime(given, daysFrom)?.day ?? given

export const day = (example: string): CellKind<string> => ({
  shape: 'day',
  example,
  help: t(`日期,如 ${example}`, `a date such as ${example}`),
  read: (given, daysFrom) => {
    const value = dayOf(given, daysFrom)
    const bad = t('不是日期', `not a date such as ${example}`)
    return isDay(value) ? { value } : { bad, shown: value }
  },
  write: (value) => value,
})

/** Words of a last day that never comes; other systems write the last day of their calendar. */
const endless =
  /^(?:永久|永久有效|长期|长期有效|无期限|无限期|不限|9999[-/.年]12[-/.月]31日?(?:[ T].*)?)$/u

/** A last day; null for an empty cell and for one without end. */
export const lastDay = (example: string): CellKind<string | null> => {
  const kind = orNone(day(example))
  return {
    ...kind,
    read: (given, daysFrom) => (endless.test(given) ? { value: null } : kind.read(given, daysFrom)),
  }
}

/** Null: no time, or one outside this century, as clocks that were never set have them. */
export function timeOf(given: string, daysFrom?: DaysFrom): InstantMs | null {
  const written = writtenTime(given, daysFrom)
  return written?.day.startsWith('20') === true ? written.atMs : null
}

/** `2026-11-20 08:02:00`, in the time of the lot. */
const timeText = (atMs: InstantMs): string => isoOf(atMs).slice(0, 19).replace('T', ' ')

export const time = (example: string): CellKind<InstantMs> => ({
  shape: 'time',
  example,
  help: t(`时间,如 ${example}`, `a time such as ${example}`),
  read: (given, daysFrom) => {
    const value = timeOf(given, daysFrom)
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
    if (value !== null) return { value }
    const { length } = platesIn(given)
    return length > 1 ? { bad: manyPlates(length) } : { bad: t('不是车牌', 'not a number plate') }
  },
  write: (value) => value,
})

const manyPlates = (count: number): BilingualText =>
  t(
    `这一格有 ${count} 个车牌,每辆车写一行`,
    `${count} plates in this cell: write one line for each car`,
  )

/** Several cars, with any mark between them; a word that is no plate stays, and is refused by the rules of its list. */
export const plates = (said: Said): CellKind<readonly string[]> => ({
  ...said,
  shape: 'text',
  read: (given) => ({ value: plateWords(given) }),
  write: (value) => value.join(' '),
})

/** The same cell kind, with null for an empty cell. */
export const orNone = <V>(kind: CellKind<V>): CellKind<V | null> => ({
  ...kind,
  help: t(`${kind.help.zh},可以不填`, `${kind.help.en}, or empty`),
  read: (given, daysFrom) => (given === '' ? { value: null } : kind.read(given, daysFrom)),
  write: (value) => (value === null ? '' : kind.write(value)),
})
