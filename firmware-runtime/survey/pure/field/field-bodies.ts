// Readings of a file as records of a survey.
import { note } from '#base/pure/words/notes.ts'
import type { CsvReading, LevelUnit } from '#devices/pure/field/field-csv.ts'
import { pointKey } from './grid.ts'
import type { FieldBody } from '../file/record.ts'

/** Why a point of a file that holds it more than once is there again. */
const againInFile = note('pointTwiceInFile')

/** Levels given as field strength already refer to 0 dBi. */
export const unitOf = (level: LevelUnit): Pick<FieldBody, 'unit'> =>
  level === 'dBuV/m' ? { unit: level } : {}

/** Readings as survey bodies, in the order of the file. */
export const fieldBodies = (
  readings: readonly CsvReading[],
  of: Pick<FieldBody, 'instrumentId' | 'antennaId' | 'place' | 'profile' | 'reason' | 'unit'>,
): readonly FieldBody[] => {
  const seen = new Set<string>()
  return readings.map(({ xMm, yMm, zMm, levelsDbm, channel }) => {
    const again = seen.has(pointKey({ xMm, yMm })) ? { reason: againInFile } : {}
    seen.add(pointKey({ xMm, yMm }))
    return {
      kind: 'field',
      xMm,
      yMm,
      zMm,
      levelsDbm,
      ...again,
      ...of,
      ...(channel === undefined ? {} : { channel }),
    }
  })
}
