// Measuring for surveys in the survey worker: real links, clocks and probes for the measuring service, and readings of
// a file as records. One worker writes the files, so that two writes never overlap.
import { findMachine } from '#devices/find/machine.ts'
import { systemMonoClock, systemWallClock } from '#base/time/system-clocks.ts'
import type { CsvText } from '../../calls/measure.ts'
import type { MeasureChoice, MeasureChoices } from '../../calls/measure-views.ts'
import { testerRows } from '#devices/profiles/checks/tester.ts'
import type { CheckedProfile } from '#devices/profiles/read-profile.ts'
import { MeasureService, type MeasureServiceParts } from '../../runs/measure-service.ts'
import { fieldBodies, unitOf } from '../../pure/field/field-bodies.ts'
import { parkingGrid } from '../../pure/field/grid.ts'
import type { FieldBody } from '../../pure/file/record.ts'
import type { Origin } from '../../pure/file/origin.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { profilesOf } from '#devices/desk/profile/library.ts'
import { importOrigin, readingsOf } from './csv-readings.ts'
import { openMeter } from './open-meter.ts'
import { runnableOf } from './measure-runs.ts'
import { testerProfile } from './tester-profile.ts'

/** Hold time in ms for a simulated analyser, which sweeps in milliseconds; a real one is held for 400 ms. */
const simulatedHoldMs = 20

type Shelf = Pick<MeasureServiceParts, 'known' | 'write' | 'begin' | 'onChange'>

export const measureService = (dir: string, shelf: Shelf): MeasureService =>
  new MeasureService({
    ...shelf,
    mono: systemMonoClock(),
    clock: systemWallClock(),
    open: ({ profile, link, simulated }) =>
      openMeter(profile, link, dir, simulated ? { holdMs: simulatedHoldMs } : {}),
    runnable: (job) => runnableOf(job, dir),
  })

/** Instruments and modems of the library, built-in and imported, with this computer's network cards. */
export function measureChoices(dir: string): MeasureChoices {
  const choices = (found: readonly CheckedProfile[]): readonly MeasureChoice[] =>
    found.map(({ profile: { vendor, model, title } }) => ({ id: `${vendor}/${model}`, title }))
  const instruments = profilesOf(dir, 'instrument')
  const isTester = ({ profile }: CheckedProfile): boolean => profile.protocol.id === testerRows
  const cards = findMachine(null).cards()
  return {
    instruments: choices(instruments.filter((one) => !isTester(one))),
    testers: choices(instruments.filter(isTester)),
    modems: choices(profilesOf(dir, 'modem')),
    interfaces: [...new Set(cards.map(({ name }) => name))],
  }
}

/** The readings of a file as field records; throws METER-08 with line and column. */
export function csvBodies(args: CsvText, dir: string): readonly FieldBody[] {
  const { file, text, columns, placeUnit, levelUnit = 'dBm', instrumentId, place, profile } = args
  const why = args.reason === undefined ? {} : { reason: args.reason }
  const of = { instrumentId, antennaId: null, place, ...why }
  if (profile !== undefined) {
    const { plan, named } = testerProfile(profile, dir, '/profile')
    return fieldBodies(readingsOf(file, text, plan), {
      ...of,
      ...unitOf(plan.level),
      profile: named,
    })
  }
  if (columns === undefined) throw new LaneFault('ARG-01', { field: '/columns' })
  const { x, y, z, level, time } = columns
  const readings = readingsOf(file, text, {
    columns: { x, y, z, levels: [level], time },
    placeUnit,
    level: levelUnit,
    heightMm: parkingGrid.heightMm,
  })
  return fieldBodies(readings, { ...of, ...unitOf(levelUnit) })
}

/** The received text in UTF-8. */
export function csvOrigin({
  file,
  text,
  profile,
  columns,
  placeUnit,
  levelUnit = 'dBm',
}: CsvText): Origin {
  const map = profile === undefined ? { ...columns, placeUnit, levelUnit } : { profile }
  return importOrigin(file, new TextEncoder().encode(text), map)
}
