// The column map of a tester's file as its profile says it: which column is what, in which unit, how the table
// is written. Nothing is guessed; what the map itself cannot mean is named by its member.
import type { Why } from '#base/pure/faults/faults.ts'
import { t } from '#base/pure/words/fault-text.ts'
import type { Column, CsvPlan, LevelUnit, TableForm } from './field-csv.ts'

const testerSeparators = { comma: ',', semicolon: ';', tab: '\t' } as const
const testerDecimals = { point: '.', comma: ',' } as const
export const testerWords = {
  encoding: ['utf-8', 'gbk'],
  separator: Object.keys(testerSeparators),
  decimal: Object.keys(testerDecimals),
  placeUnit: ['mm', 'm'],
  levelUnit: ['dBm', 'dBuV', 'dBuV/m'],
  timeForm: ['iso', 'local'],
} as const
/** Optional data, and below the required data. */
export const testerMayData = ['z', 'time', 'channel', 'timeForm'] as const
export const testerData = [
  ...['encoding', 'separator', 'decimal', 'header', 'placeUnit', 'levelUnit'],
  ...['x', 'y', 'level'],
] as const
const columnNames = ['x', 'y', 'z', 'level', 'time', 'channel'] as const

export interface TesterMap {
  readonly encoding: 'utf-8' | 'gbk'
  readonly plan: Omit<CsvPlan, 'heightMm'>
}

interface MapFault {
  readonly member: string
  readonly value: unknown
  readonly note: Why
}

type TesterMapRead =
  | { readonly ok: true; readonly map: TesterMap }
  | { readonly ok: false; readonly faults: readonly MapFault[] }

type Data = Readonly<Record<string, unknown>>

const wordOf = <T extends string>(all: readonly T[], value: unknown): T | null =>
  all.find((one) => one === value) ?? null

function columnFaults(data: Data): readonly MapFault[] {
  const faults: MapFault[] = []
  const seen = new Map<unknown, string>()
  for (const member of columnNames) {
    const value = data[member]
    if (value === undefined) continue
    const isPosition = typeof value === 'number' && Number.isInteger(value) && value >= 1
    const isName = typeof value === 'string' && value.trim() === value && value !== ''
    const other = seen.get(value)
    if (!isPosition && !isName)
      faults.push({
        member,
        value,
        note: t('列名,或从 1 起的位置', 'a name, or a position from 1'),
      })
    else if (isName && data['header'] === false)
      faults.push({
        member,
        value,
        note: t('没有表头的列要写位置', 'without a header a column has a position'),
      })
    else if (other !== undefined)
      faults.push({ member, value, note: t(`这也是 ${other}`, `this is ${other}, too`) })
    seen.set(value, member)
  }
  return faults
}

export function testerMapOf(data: Data): TesterMapRead {
  const faults = [...columnFaults(data)]
  const separator = wordOf(Object.keys(testerSeparators), data['separator'])
  const decimal = wordOf(Object.keys(testerDecimals), data['decimal'])
  const encoding = wordOf(testerWords.encoding, data['encoding'])
  const placeUnit = wordOf(testerWords.placeUnit, data['placeUnit'])
  const { header } = data
  const level: LevelUnit | null = wordOf(testerWords.levelUnit, data['levelUnit'])
  const refuse = (member: string, note: Why): void =>
    void faults.push({ member, value: data[member], note })
  if (typeof header !== 'boolean') refuse('header', t('true 或 false', 'true or false'))
  if (separator === 'comma' && decimal === 'comma')
    refuse('decimal', t('它用来分隔各列', 'it separates columns'))
  for (const [member, found] of Object.entries({ separator, decimal, encoding, placeUnit }))
    if (found === null) refuse(member, t('不认识的词', 'no word that is known'))
  if (level === null) refuse('levelUnit', t('不认识的单位', 'no unit that is known'))
  if (faults.length > 0 || level === null || encoding === null || placeUnit === null)
    return { ok: false, faults }
  const column = (member: string): Column | null => (data[member] as Column | undefined) ?? null
  const form: TableForm = {
    separator: testerSeparators[separator as keyof typeof testerSeparators],
    decimal: testerDecimals[decimal as keyof typeof testerDecimals],
    header: header === true,
    time: data['timeForm'] === 'local' ? 'local' : 'iso',
  }
  const columns = {
    x: column('x') ?? 1,
    y: column('y') ?? 1,
    z: column('z'),
    time: column('time'),
    channel: column('channel'),
    levels: [column('level') ?? 1],
  }
  return { ok: true, map: { encoding, plan: { columns, placeUnit, level, form } } }
}
