// Field readings from a table of another instrument: columns are assigned by the user, never guessed, and units are
// converted only on request. A file with one bad value is refused completely, with line, column and value.
import { type Why, whyIn } from '#base/pure/faults/faults.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { parseIso, type InstantMs } from '#base/pure/values/instant.ts'
import { readCell, rowsOf, type TextRow } from '#base/pure/data/table-rows.ts'
import type { MeterFaultCode } from '#base/pure/faults/meter-faults.ts'

/** By the name in its header, or by its position from 1. */
export type Column = string | number

interface FieldColumns {
  readonly x: Column
  readonly y: Column
  /** Null: every reading is at the height of the plan. */
  readonly z: Column | null
  /** One or more levels a reading. */
  readonly levels: readonly Column[]
  /** Null: the file has no times. */
  readonly time: Column | null
  /** On which channel it was read; kept as it is written. */
  readonly channel?: Column | null
}

/** Form of a table, where the user states it instead of its detection from the first line. */
export interface TableForm {
  readonly separator: ',' | ';' | '\t'
  readonly header: boolean
  readonly decimal: '.' | ','
  /** `2026-03-01 09:30:00` is Beijing time. */
  readonly time: 'iso' | 'local'
}

/**
 * dBm and dBuV (over 50 ohms: P = U - 107) are of the probe, whose gain its instrument states; field strength is of no
 * probe: into 0 dBi at 5.8 GHz P = E - 152.5.
 */
export type LevelUnit = 'dBm' | 'dBuV' | 'dBuV/m'

export interface CsvPlan {
  readonly columns: FieldColumns
  readonly placeUnit: 'mm' | 'm'
  readonly level: LevelUnit
  readonly heightMm: number
  /** Left out: a header, a point, and the separator that the header has most of. */
  readonly form?: TableForm
}

export interface CsvReading {
  readonly line: number
  readonly xMm: number
  readonly yMm: number
  readonly zMm: number
  readonly levelsDbm: readonly number[]
  readonly atMs: InstantMs | null
  readonly channel?: string
}

interface CsvFault {
  readonly code: Extract<MeterFaultCode, 'METER-08' | 'METER-09'>
  /** From 1, as editors count. */
  readonly line: number
  readonly column: string
  readonly value: string
  readonly note: Why
}

type CsvResult =
  | { readonly ok: true; readonly readings: readonly CsvReading[] }
  | { readonly ok: false; readonly fault: CsvFault }

/** Beyond these nothing on site reads: 33 dBm leave the antenna, and noise in 5 MHz is at -107 dBm. */
const csvLevelDbm = { min: -140, max: 20 } as const
const positionMmMax = 100_000
/** As wide as a row of any maker's can be. */
const channelCharsMax = 20
const charsMax = 8_000_000
const csvReadingsMax = 100_000
const shownChars = 60
/** Offset subtracted from a level to get dBm. */
const offDb: Readonly<Record<LevelUnit, number>> = { dBm: 0, dBuV: 107, 'dBuV/m': 152.5 }

class Bad extends Error {
  readonly fault: CsvFault
  constructor(fault: CsvFault) {
    super(whyIn(fault.note))
    this.fault = { ...fault, value: fault.value.slice(0, shownChars) }
  }
}

const foreign = (note: Why, line = 1, value = ''): Bad =>
  new Bad({ code: 'METER-09', line, column: '', value, note })

interface Table {
  readonly header: readonly string[]
  readonly rows: readonly TextRow[]
}

const oddQuote = (line: number, behind: string | null): never => {
  if (behind === null) throw foreign(t('引号没有结束', 'a quote that is never closed'), line)
  throw foreign(t('引号后面还有字', 'letters behind a quote'), line, behind)
}

function tableOf(text: string, form: TableForm | undefined): Table {
  if (text.length > charsMax)
    throw foreign(t(`超过 ${charsMax} 个字符`, `more than ${charsMax} characters`))
  // Binary data has control characters or replacement characters.
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if ((code < 32 && code !== 9 && code !== 10 && code !== 13) || code === 0xfffd)
      throw foreign(t('不是文本', 'this is no text'), text.slice(0, i).split('\n').length)
  }
  const rows = rowsOf(text, { separator: form?.separator, odd: oddQuote }).map((row) => ({
    ...row,
    cells: row.cells.map(readCell),
  }))
  const [first, ...below] = rows
  if (first === undefined) throw foreign(t('文件是空的', 'it is empty'))
  if (form?.header !== false) return { header: first.cells, rows: below }
  return { header: first.cells.map((_, i) => `#${i + 1}`), rows }
}

function indexOf(header: readonly string[], name: Column): number {
  if (typeof name === 'number') {
    if (name <= header.length) return name - 1
    const note = t(`共有 ${header.length} 列`, `there are ${header.length} columns`)
    throw new Bad({ code: 'METER-09', line: 1, column: `#${name}`, value: '', note })
  }
  const found = header.flatMap((one, i) => (one === name ? [i] : []))
  const [index] = found
  if (index === undefined || found.length > 1)
    throw new Bad({
      code: 'METER-09',
      line: 1,
      column: name,
      value: header.join(', '),
      note:
        index === undefined
          ? t('没有这一列', 'there is no such column')
          : t('有两列同名', 'two columns have this name'),
    })
  return index
}

/** Refuses a header whose unit contradicts the stated one. */
function checkUnit(name: string, unit: LevelUnit): void {
  const strength = /db\s*(?:u|µ|μ)\s*v\s*(\/\s*m)?/i.exec(name)
  const volts = strength?.[1] === undefined && unit === 'dBuV' ? 'dBuV' : 'dBuV/m'
  const says = strength !== null ? volts : /dbm\b/i.test(name) ? 'dBm' : unit
  if (says === unit) return
  throw new Bad({
    code: 'METER-08',
    line: 1,
    column: name,
    value: name,
    note: t(
      `列里写的是 ${says},而指定的是 ${unit}`,
      `the column says ${says}, and ${unit} was said of it`,
    ),
  })
}

const numberShape = /^[+-]?\d{1,9}(?:\.\d{1,9})?$/

interface Cell {
  readonly line: number
  readonly column: string
  readonly value: string
}

const bad = (cell: Cell, note: Why): Bad => new Bad({ code: 'METER-08', ...cell, note })

function numberIn(cell: Cell, { form }: CsvPlan): number {
  const comma = form?.decimal === ','
  const isOther = comma && cell.value.includes('.')
  const text = comma ? cell.value.replace(',', '.') : cell.value
  if (isOther || !numberShape.test(text))
    throw bad(
      cell,
      t(`应为数字,如 -45${comma ? ',' : '.'}3`, `a number like -45${comma ? ',' : '.'}3`),
    )
  return Number(text)
}

function mmIn(cell: Cell, plan: CsvPlan): number {
  const mm = Math.round(numberIn(cell, plan) * (plan.placeUnit === 'm' ? 1000 : 1))
  if (Math.abs(mm) > positionMmMax)
    throw bad(
      cell,
      t(`离车道超过 ${positionMmMax / 1000} m`, `beyond ${positionMmMax / 1000} m from the lane`),
    )
  return mm
}

function levelIn(cell: Cell, plan: CsvPlan): number {
  const { level } = plan
  const said = numberIn(cell, plan)
  const dbm = said - offDb[level]
  const { min, max } = csvLevelDbm
  if (dbm < min || dbm > max) {
    const isField = level === 'dBm' && said > max
    const hint = isField ? t(';是否以 dBuV/m 计?', '; is it in dBuV/m?') : t('', '')
    throw bad(
      cell,
      t(
        `${dbm.toFixed(1)} dBm 不在 ${min} 到 ${max} dBm 之间${hint.zh}`,
        `${dbm.toFixed(1)} dBm is not between ${min} and ${max} dBm${hint.en}`,
      ),
    )
  }
  return Math.round(dbm * 100) / 100
}

const localShape = /^(\d{4})[-/](\d{2})[-/](\d{2})[ T](\d{2}:\d{2}:\d{2})$/

function timeIn(cell: Cell, { form }: CsvPlan): InstantMs {
  const local = form?.time === 'local'
  const [, year, month, day, clock] = (local ? localShape.exec(cell.value) : null) ?? []
  const text = local ? `${year}-${month}-${day}T${clock}+08:00` : cell.value
  const atMs = parseIso(text)
  const like = local ? '2026-03-01 09:30:00' : '2026-03-01T09:30:00+08:00'
  if (atMs === null) throw bad(cell, t(`应为时间,如 ${like}`, `a time like ${like}`))
  return atMs
}

function channelIn(cell: Cell): string {
  const { length } = cell.value
  if (length === 0 || length > channelCharsMax)
    throw bad(cell, `1 to ${channelCharsMax} characters`)
  return cell.value
}

function readingsOf(text: string, plan: CsvPlan): readonly CsvReading[] {
  const { columns, level, form } = plan
  const { header, rows } = tableOf(text, form)
  const at = (name: Column): number => indexOf(header, name)
  const [x, y] = [at(columns.x), at(columns.y)]
  const z = columns.z === null ? null : at(columns.z)
  const time = columns.time === null ? null : at(columns.time)
  const channel =
    columns.channel === undefined || columns.channel === null ? null : at(columns.channel)
  const levels = columns.levels.map(at)
  const taken = [x, y, z, time, channel, ...levels].filter((index) => index !== null)
  if (form !== undefined && new Set(taken).size < taken.length)
    throw foreign(t('指定的列中有两列是同一列', 'two of the columns that are named are one'))
  if (levels.length === 0) throw foreign(t('没有指定电平的列', 'no column of levels is named'))
  if (form?.header !== false) for (const index of levels) checkUnit(header[index] ?? '', level)
  const readings: CsvReading[] = []
  for (const { line, cells: fields } of rows) {
    if (fields.length !== header.length)
      throw bad(
        { line, column: '', value: fields.join(',') },
        t(
          `${fields.length} 个字段,而有 ${header.length} 列`,
          `${fields.length} fields below ${header.length} columns`,
        ),
      )
    if (readings.length >= csvReadingsMax)
      throw foreign(t(`超过 ${csvReadingsMax} 行`, `more than ${csvReadingsMax} rows`), line)
    const cell = (index: number): Cell => ({
      line,
      column: header[index] ?? '',
      value: fields[index] ?? '',
    })
    readings.push({
      line,
      xMm: mmIn(cell(x), plan),
      yMm: mmIn(cell(y), plan),
      zMm: z === null ? plan.heightMm : mmIn(cell(z), plan),
      levelsDbm: levels.map((index) => levelIn(cell(index), plan)),
      atMs: time === null ? null : timeIn(cell(time), plan),
      ...(channel === null ? {} : { channel: channelIn(cell(channel)) }),
    })
  }
  if (readings.length === 0)
    throw foreign(t('表头下面没有数据', 'there is no row below its header'))
  return readings
}

export function readFieldCsv(text: string, plan: CsvPlan): CsvResult {
  try {
    return { ok: true, readings: readingsOf(text, plan) }
  } catch (error) {
    if (!(error instanceof Bad)) throw error
    return { ok: false, fault: error.fault }
  }
}
