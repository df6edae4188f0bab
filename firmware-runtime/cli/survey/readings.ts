// `etc-lane survey readings`: looks at a file of field readings before any of it is taken.
// Which column is what, and in which unit, is said; the first value that cannot be is named.
import { readUpTo } from '../../adapters/files/read-up-to.ts'
import { parkingGrid } from '../../core/survey/grid.ts'
import {
  readFieldCsv,
  type CsvPlan,
  type CsvReading,
  type LevelUnit,
} from '../../core/survey/field-csv.ts'
import { LaneFault } from '../../core/values/faults.ts'
import { isoOf } from '../../core/values/instant.ts'
import { flags, needed, oneOf, type CliIo } from '../command.ts'

export const csvFlags = {
  csv: 'string',
  x: 'string',
  y: 'string',
  z: 'string',
  level: 'list',
  time: 'string',
  'place-unit': 'string',
  unit: 'string',
  'antenna-factor': 'string',
} as const

type CsvValues = ReturnType<typeof flags<typeof csvFlags>>['values']

const csvBytesMax = 8_000_000

function unitOf(values: CsvValues): LevelUnit {
  const unit = oneOf(values.unit, 'unit', ['dBm', 'dBuV/m'] as const, 'dBm')
  const factor = values['antenna-factor']
  if (unit === 'dBm') {
    if (factor === undefined) return { unit }
    throw new LaneFault('ARG-01', {
      field: '--antenna-factor',
      value: factor,
      note: 'only with --unit dBuV/m',
    })
  }
  const text = needed(factor, 'antenna-factor')
  if (!/^-?\d{1,3}(?:\.\d{1,3})?$/.test(text))
    throw new LaneFault('ARG-01', { field: '--antenna-factor', value: text, note: 'in dB/m' })
  return { unit, antennaFactorDb: Number(text) }
}

/** UTF-8, or what spreadsheets of a Chinese Windows write. */
function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    return new TextDecoder('gb18030').decode(bytes)
  }
}

/** The readings of a file, or a LaneFault that names line, column and value. */
export function csvReadings(values: CsvValues): readonly CsvReading[] {
  const file = needed(values.csv, 'csv')
  const plan: CsvPlan = {
    columns: {
      ...{ x: needed(values.x, 'x'), y: needed(values.y, 'y'), z: values.z ?? null },
      levels: [needed(values.level[0], 'level'), ...values.level.slice(1)],
      time: values.time ?? null,
    },
    placeUnit: oneOf(values['place-unit'], 'place-unit', ['mm', 'm'] as const, 'mm'),
    level: unitOf(values),
    heightMm: parkingGrid.heightMm,
  }
  const bytes = readUpTo(file, csvBytesMax)
  if (bytes.length > csvBytesMax)
    throw new LaneFault('METER-09', { file, note: `more than ${csvBytesMax} bytes` })
  const read = readFieldCsv(textOf(bytes), plan)
  if (read.ok) return read.readings
  const { code, line, column, value, note } = read.fault
  const field = column === '' ? `line ${line}` : `line ${line}, ${column}`
  throw new LaneFault(code, { file, field, value, note })
}

export function surveyReadings(args: readonly string[], io: CliIo): Promise<number> {
  const readings = csvReadings(flags(args, csvFlags).values).map(({ atMs, ...reading }) => ({
    ...reading,
    atIso: atMs === null ? null : isoOf(atMs),
  }))
  const answer = { ok: true, count: readings.length, readings }
  io.stdout(io.json ? `${JSON.stringify(answer)}\n` : `${JSON.stringify(answer, null, 2)}\n`)
  return Promise.resolve(0)
}
