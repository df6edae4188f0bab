// Readings from a table measured elsewhere, with their origin.
// Unreadable values are reported with line, column and value.
import { basename } from 'node:path'
import { readFieldCsv, type CsvPlan, type CsvReading } from '#devices/pure/field/field-csv.ts'
import type { Origin } from '../../pure/file/origin.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { surveyDigests } from '../../files/open-survey.ts'

/** The readings of a text, or a LaneFault with line, column and value. */
export function readingsOf(file: string, text: string, plan: CsvPlan): readonly CsvReading[] {
  const read = readFieldCsv(text, plan)
  if (read.ok) return read.readings
  const { code, line, column, value, note } = read.fault
  const field = column === '' ? `line ${line}` : `line ${line}, ${column}`
  throw new LaneFault(code, { file, field, value, note })
}

/** `columns`: as given, or by the named profile. */
export const importOrigin = (file: string, bytes: Uint8Array, columns: object): Origin => ({
  how: 'imported',
  file: basename(file),
  fileSm3: surveyDigests().ofBytes(bytes),
  columns: JSON.stringify(columns),
})
