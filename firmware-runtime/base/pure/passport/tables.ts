// What a lane passport holds, as tables of a SQLite database: one list says every column and its type.
// Writer, readers and the window go by this list; a database with other columns is no passport.
import type { Json } from '../data/json.ts'
import { hexOf } from '../data/bytes.ts'

/** A `?` allows null. `number` may have a fraction. */
type ColumnType = 'text' | 'text?' | 'whole' | 'whole?' | 'number?' | 'bytes'

export const passportTables = {
  /** Names and values that stand once: lot, lane, who made it, when, why. */
  about: { name: 'text', value: 'text?' },
  /** Identity of each device. `source`: `device` reported it, `config` is the lot file. */
  identity: { device: 'text', name: 'text', value: 'text?', source: 'text' },
  firmware: { device: 'text', version: 'text?', source: 'text' },
  /** `source`: `device` read back, `lastWritten` cannot be read, `recorded` by a person, `config`. */
  setting: {
    device: 'text',
    name: 'text',
    zh: 'text',
    en: 'text',
    value: 'number?',
    unit: 'text',
    source: 'text',
    atIso: 'text?',
    by: 'text?',
    photo: 'text?',
  },
  /** `print`: SM3 of the canonical JSON of the profile. */
  profile: {
    device: 'text',
    profile: 'text',
    status: 'text?',
    signature: 'text',
    signedBy: 'text?',
    print: 'text?',
  },
  photo: { photo: 'text', jpeg: 'bytes' },
  /** Proofs: the first car, trials of settings. `amountFen` null where no money moved. */
  test: {
    test: 'text',
    kind: 'text',
    atIso: 'text',
    result: 'text',
    by: 'text',
    amountFen: 'whole?',
    detail: 'text',
  },
  backup: {
    device: 'text',
    backup: 'text',
    atIso: 'text',
    by: 'text',
    reason: 'text',
    pinned: 'whole',
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, ColumnType>>>>

export type TableName = keyof typeof passportTables
export const tableNames = Object.keys(passportTables) as readonly TableName[]

type CellOf<T> = T extends 'text'
  ? string
  : T extends 'text?'
    ? string | null
    : T extends 'whole'
      ? number
      : T extends 'whole?' | 'number?'
        ? number | null
        : Uint8Array

export type PassportRow<N extends TableName> = {
  readonly [C in keyof (typeof passportTables)[N]]: CellOf<(typeof passportTables)[N][C]>
}
export type PassportContent = { readonly [N in TableName]: readonly PassportRow<N>[] }

export const emptyContent = (): { [N in TableName]: PassportRow<N>[] } => ({
  about: [],
  identity: [],
  firmware: [],
  setting: [],
  profile: [],
  photo: [],
  test: [],
  backup: [],
})

const fits: Readonly<Record<ColumnType, (value: unknown) => boolean>> = {
  text: (v) => typeof v === 'string',
  'text?': (v) => v === null || typeof v === 'string',
  whole: (v) => Number.isSafeInteger(v),
  'whole?': (v) => v === null || Number.isSafeInteger(v),
  'number?': (v) => v === null || (typeof v === 'number' && Number.isFinite(v)),
  bytes: (v) => v instanceof Uint8Array,
}

/** The rows of one table as the list says, or null when a cell is of another type. */
export function checkedRows<N extends TableName>(
  name: N,
  rows: readonly Readonly<Record<string, unknown>>[],
): PassportRow<N>[] | null {
  const columns: Readonly<Record<string, ColumnType>> = passportTables[name]
  const whole = rows.every((row) =>
    Object.entries(columns).every(([column, type]) => fits[type](row[column])),
  )
  return whole ? (rows.map((row) => ({ ...row })) as PassportRow<N>[]) : null
}

/** One table as JSON, for its digest: bytes as hex, columns in the order of the list. */
export function tableJson<N extends TableName>(name: N, rows: readonly PassportRow<N>[]): Json {
  const columns = Object.keys(passportTables[name]) as (keyof PassportRow<N>)[]
  const cell = (value: unknown): Json =>
    value instanceof Uint8Array ? hexOf(value) : (value as Json)
  return rows.map((row) => columns.map((column) => cell(row[column])))
}

export const selectSql = (name: TableName): string =>
  `SELECT ${Object.keys(passportTables[name]).join(', ')} FROM ${name} ORDER BY rowid`

const sqlTypes: Readonly<Record<ColumnType, string>> = {
  text: 'TEXT NOT NULL',
  'text?': 'TEXT',
  whole: 'INTEGER NOT NULL',
  'whole?': 'INTEGER',
  'number?': 'REAL',
  bytes: 'BLOB NOT NULL',
}

export function createSql(name: TableName): string {
  const columns = Object.entries(passportTables[name] as Readonly<Record<string, ColumnType>>)
  const words = columns.map(([column, type]) => `${column} ${sqlTypes[type]}`)
  return `CREATE TABLE ${name} (${words.join(', ')}) STRICT`
}

/** A value of the table `about`; null when it is not there. */
export const aboutOf = (content: PassportContent, name: string): string | null =>
  content.about.find((row) => row.name === name)?.value ?? null

const certificateIdShape = /^[A-Za-z0-9]{32}$/

/** Joint-test certificate id: 32 letters and digits (000 A.2.2 e). */
export const isCertificateId = (text: string): boolean => certificateIdShape.test(text)
