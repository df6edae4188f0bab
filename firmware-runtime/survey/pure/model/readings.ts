// Readings of a survey for the assistant, each with the mount and power of the antenna at that time.
// A setup applies to the readings after it; the first one also to those before it.
import { meanDbm } from '#base/pure/figures/burst.ts'
import { singleLevels } from '../field/field-readings.ts'
import { pointKey, type GridTemplate, type PointMm } from '../field/grid.ts'
import { fieldsOf, goneOf, projectOf, standingRecords, type FieldReading } from '../file/project.ts'
import type { SetupBody, SurveyRecord } from '../file/record.ts'
import type { ModelReading } from './fit.ts'
import type { Hanging } from './aim.ts'

export interface ReadingsWanted {
  /** Antenna; null: the measured one. */
  readonly antennaId: number | null
  /** Where it hangs, for a survey that does not say. */
  readonly at: PointMm | null
}

export interface AntennaReadings {
  readonly readings: readonly ModelReading[]
  /** As the last setup has it. */
  readonly now: Hanging
  readonly neighbours: readonly PointMm[]
  /** Standard deviation of readings of one place; null: fewer than four places were read again. */
  readonly noiseDb: number | null
}

/** Number of places with repeated readings needed to separate noise from shadowing. */
const repeatsMin = 4

/** Pooled over the places that were read more than once. */
function noiseOf(places: readonly (readonly number[])[]): number | null {
  const again = places.filter(({ length }) => length > 1)
  if (again.length < repeatsMin) return null
  let [squares, free] = [0, 0]
  for (const levels of again) {
    const mean = levels.reduce((sum, level) => sum + level, 0) / levels.length
    squares += levels.reduce((sum, level) => sum + (level - mean) ** 2, 0)
    free += levels.length - 1
  }
  return Math.sqrt(squares / free)
}

type SetupMember = 'setup' | 'heightMm' | 'downDeg' | 'yawDeg' | 'at' | 'settings/powerStep'

type AntennaReadingsAnswer =
  | { readonly ok: true; readonly found: AntennaReadings }
  | { readonly ok: false; readonly why: 'noSetup'; readonly missing: readonly SetupMember[] }
  | {
      readonly ok: false
      readonly why: 'manyAntennas'
      readonly antennas: readonly (number | null)[]
    }

/** A turn towards the lane is to the right from its left side and to the left from its right side. */
export const sideOf = (at: PointMm, grid: GridTemplate): 1 | -1 =>
  at.xMm <= grid.widthMm / 2 ? 1 : -1

function hangingOf(setup: SetupBody, grid: GridTemplate, wanted: PointMm | null) {
  const { heightMm, downDeg, yawDeg } = setup
  const at = wanted ?? setup.at ?? null
  const powerStep = setup.settings['powerStep'] ?? null
  const missing: SetupMember[] = []
  if (heightMm === null) missing.push('heightMm')
  if (downDeg === null) missing.push('downDeg')
  if (yawDeg === null) missing.push('yawDeg')
  if (at === null) missing.push('at')
  if (typeof powerStep !== 'number') missing.push('settings/powerStep')
  if (heightMm === null || downDeg === null || yawDeg === null) return { missing }
  if (at === null || typeof powerStep !== 'number') return { missing }
  const azimuthDeg = sideOf(at, grid) * yawDeg
  const mount = { xMm: at.xMm, yMm: at.yMm, heightMm, downDeg, azimuthDeg }
  const hanging: Hanging = { mount, powerStep }
  return { missing, hanging }
}

interface Taken {
  /** Readings of one point under one setup, of which the mean is used. */
  readonly fields: FieldReading[]
  readonly setup: SetupBody | null
}

/** Readings under a withdrawn setup belong to an unknown antenna setup. */ function takenOf(
  records: readonly SurveyRecord[],
): readonly Taken[] {
  const taken = new Map<string, Taken>()
  let setup: SetupBody | null = null
  let setups = 0
  let isKnown = true
  const gone = goneOf(records)
  const { fields } = fieldsOf(records)
  for (const record of records) {
    const { id, body } = record
    if (body.kind === 'setup') {
      setup = body
      setups++
      isKnown = !gone.has(id)
    }
    const field = fields.get(record)
    if (field?.place !== 'lane' || !isKnown) continue
    const key = [setups, field.antennaId, pointKey(field)].join()
    const there = taken.get(key)
    if (there === undefined) taken.set(key, { fields: [field], setup })
    else there.fields.push(field)
  }
  return [...taken.values()]
}

export function antennaReadings(
  records: readonly SurveyRecord[],
  grid: GridTemplate,
  wanted: ReadingsWanted,
): AntennaReadingsAnswer {
  const survey = projectOf(records)
  const all = takenOf(records)
  const antennas = [...new Set(all.flatMap(({ fields }) => fields[0]?.antennaId ?? null))]
  if (wanted.antennaId === null && antennas.length > 1)
    return { ok: false, why: 'manyAntennas', antennas }
  const first = standingRecords(records).find(({ body }) => body.kind === 'setup')?.body
  if (survey.setup === null || first?.kind !== 'setup')
    return { ok: false, why: 'noSetup', missing: ['setup'] }
  const now = hangingOf(survey.setup, grid, wanted.at)
  const missing = new Set(now.missing)
  const readings: ModelReading[] = []
  const places: (readonly number[])[] = []
  for (const { fields, setup } of all) {
    const [field] = fields
    if (field === undefined) continue
    if (wanted.antennaId !== null && field.antennaId !== wanted.antennaId) continue
    const then = hangingOf(setup ?? first, grid, wanted.at)
    for (const member of then.missing) missing.add(member)
    if (then.hanging === undefined) continue
    const levels = singleLevels(fields)
    places.push(levels)
    const levelDbm = meanDbm(levels)
    readings.push({ xMm: field.xMm, yMm: field.yMm, zMm: field.zMm, levelDbm, ...then.hanging })
  }
  if (missing.size > 0 || now.hanging === undefined)
    return { ok: false, why: 'noSetup', missing: [...missing] }
  const next = survey.fields.filter(({ place }) => place === 'neighbour')
  const neighbours = new Map(next.map((p) => [pointKey(p), { xMm: p.xMm, yMm: p.yMm }]))
  const found = { readings, now: now.hanging, neighbours: [...neighbours.values()] }
  return { ok: true, found: { ...found, noiseDb: noiseOf(places) } }
}

/** A fit costs the cube of its readings: more than these say little more and take minutes. */
export const readingsMax = 400

/** Spread evenly over the order in which they were taken. */
export const thinned = <T>(readings: readonly T[], max = readingsMax): readonly T[] =>
  readings.length <= max
    ? readings
    : Array.from(
        { length: max },
        (_, i) => readings[Math.floor((i * readings.length) / max)],
      ).filter((one) => one !== undefined)
