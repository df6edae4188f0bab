// `etc-lane survey readings`: a file of field readings, looked at, and taken into a survey where one is
// named. Which column is what, and in which unit, is said; one value that cannot be, and nothing is taken.
import { readUpTo } from '../../adapters/files/read-up-to.ts'
import { parkingGrid } from '../../core/survey/grid.ts'
import {
  fieldBodies,
  readFieldCsv,
  type CsvPlan,
  type CsvReading,
  type LevelUnit,
} from '../../core/survey/field-csv.ts'
import { LaneFault } from '../../core/values/faults.ts'
import { isoOf } from '../../core/values/instant.ts'
import { jsonText } from '../client.ts'
import { flags, needed, oneOf, type CliIo } from '../command.ts'
import { openSurvey } from './open-survey.ts'

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
  into: 'string',
  instrument: 'string',
  place: 'string',
  by: 'string',
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

/** All of them are records of the survey, or none is. */
function takenInto(file: string, readings: readonly CsvReading[], values: CsvValues): void {
  const of = {
    instrumentId: needed(values.instrument, 'instrument'),
    antennaId: null,
    place: oneOf(values.place, 'place', ['lane', 'neighbour'] as const, 'lane'),
  }
  const by = needed(values.by, 'by')
  const { book, writer } = openSurvey(file)
  try {
    book.addAll([...fieldBodies(readings, of)], by)
  } finally {
    writer.close()
  }
}

export function surveyReadings(args: readonly string[], io: CliIo): Promise<number> {
  const { values } = flags(args, csvFlags)
  const readings = csvReadings(values)
  const { into = null } = values
  if (into !== null) takenInto(into, readings, values)
  const shown = readings.map(({ atMs, ...reading }) => ({
    ...reading,
    atIso: atMs === null ? null : isoOf(atMs),
  }))
  const answer = { ok: true, count: shown.length, into, readings: shown }
  io.stdout(jsonText(answer, io.json))
  return Promise.resolve(0)
}
