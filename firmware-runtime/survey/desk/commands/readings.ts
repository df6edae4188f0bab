// `etc-lane survey readings`: shows a file of field readings, and imports it into a survey when one is named. Columns
// and units are given explicitly; one impossible value, and nothing is imported.
import { t } from '#base/pure/words/fault-text.ts'
import { readUpTo } from '#base/files/read-up-to.ts'
import { parkingGrid } from '../../pure/field/grid.ts'
import type { CsvPlan, CsvReading, LevelUnit } from '#devices/pure/field/field-csv.ts'
import { fieldBodies, unitOf } from '../../pure/field/field-bodies.ts'
import type { Origin } from '../../pure/file/origin.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { act, printed } from '#base/desk/commands/acts.ts'
import { needed, wrongFlag } from '#base/commands/command.ts'
import type { Given } from '#base/commands/usage-types.ts'
import { testerText } from '#devices/profiles/tester-text.ts'
import { withSurvey } from './record-into.ts'
import { testerProfile, type ChosenTester } from '../worker/tester-profile.ts'
import { readingsOf, importOrigin } from '../worker/csv-readings.ts'
import { tableText } from '#base/tables/table-text.ts'

const usage = [
  'survey readings --csv FILE (--x NAME --y NAME --level NAME ... [--z NAME] [--time NAME] [--place-unit mm|m] [--unit dBm|dBuV|dBuV/m] | --profile VENDOR/MODEL) [--data DIR] [--into FILE --instrument ID --by NAME [--place lane|neighbour|background|drift] [--reason TEXT]]',
] as const
type CsvValues = Given<typeof usage>

const csvBytesMax = 8_000_000

/** Columns, units and place that a profile defines must not be given again. */
const saidByProfile = ['x', 'y', 'z', 'time', 'place-unit', 'unit'] as const

function byProfile(id: string, values: CsvValues): ChosenTester {
  const twice = saidByProfile.find((name) => values[name] !== undefined)
  const field = values.level.length > 0 ? 'level' : twice
  if (field !== undefined) throw wrongFlag(`--${field}`, t('--profile 里已有', '--profile says it'))
  return testerProfile(id, values.data ?? null, '--profile')
}

function bytesOf(file: string): Uint8Array {
  const bytes = readUpTo(file, csvBytesMax)
  if (bytes.length > csvBytesMax)
    throw new LaneFault('METER-09', {
      file,
      note: t(`超过 ${csvBytesMax} 字节`, `more than ${csvBytesMax} bytes`),
    })
  return bytes
}

interface Taken {
  readonly readings: readonly CsvReading[]
  /** Null: no profile was chosen. */
  readonly profile: string | null
  readonly level: LevelUnit
  /** The file, and which column was used for what. */
  readonly origin: Origin
}

async function csvReadings(values: CsvValues): Promise<Taken> {
  const file = values.csv
  if (values.profile !== undefined) {
    const { encoding, plan, named } = byProfile(values.profile, values)
    const bytes = bytesOf(file)
    const text = testerText(bytes, encoding)
    if (text === null)
      throw new LaneFault('METER-09', {
        file,
        note: t(`不是 ${encoding}`, `this is no ${encoding}`),
      })
    const origin = importOrigin(file, bytes, { profile: named })
    return { readings: readingsOf(file, text, plan), profile: named, level: plan.level, origin }
  }
  const plan: CsvPlan = {
    columns: {
      x: needed(values.x, 'x'),
      y: needed(values.y, 'y'),
      z: values.z ?? null,
      levels: [needed(values.level[0], 'level'), ...values.level.slice(1)],
      time: values.time ?? null,
    },
    placeUnit: values['place-unit'] ?? 'mm',
    level: values.unit ?? 'dBm',
    heightMm: parkingGrid.heightMm,
  }
  const bytes = bytesOf(file)
  const origin = importOrigin(file, bytes, {
    ...plan.columns,
    placeUnit: plan.placeUnit,
    levelUnit: plan.level,
  })
  const { level } = plan
  return {
    readings: readingsOf(file, await tableText(bytes, file), plan),
    profile: null,
    level,
    origin,
  }
}

/** Records all readings in the survey, or none. */
function takenInto(
  file: string,
  { readings, profile, level, origin }: Taken,
  values: CsvValues,
): void {
  const of = {
    ...(profile === null ? {} : { profile }),
    instrumentId: needed(values.instrument, 'instrument'),
    antennaId: null,
    place: values.place ?? 'lane',
    ...(values.reason === undefined ? {} : { reason: values.reason }),
    ...unitOf(level),
  }
  const by = needed(values.by, 'by')
  withSurvey(file, ({ ledger }) => ledger.addAll([...fieldBodies(readings, of)], by, origin))
}

export const surveyReadings = act(usage, async (values) => {
  const taken = await csvReadings(values)
  const { readings, profile } = taken
  const { into = null } = values
  if (into !== null) takenInto(into, taken, values)
  const shown = readings.map(({ atMs, ...reading }) => ({
    ...reading,
    atIso: atMs === null ? null : isoOf(atMs),
  }))
  const answer = { ok: true, count: shown.length, into, profile, readings: shown }
  return printed(answer)
})
