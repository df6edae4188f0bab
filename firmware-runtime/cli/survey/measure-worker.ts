// What measures for surveys, on the survey worker: real links, clocks and probes behind the measuring desk,
// and readings of a file as records. One worker writes the files, so that two of its acts never cross.
import { findMachine } from '../../adapters/find/machine.ts'
import { readProfileFolder } from '../../adapters/files/profile-files.ts'
import { currentGeneration, generationFiles } from '../../adapters/files/profile-store.ts'
import { systemMonoClock, systemWallClock } from '../../adapters/clocks/system-clocks.ts'
import type { CsvText } from '../../api/calls/measure.ts'
import type { MeasureChoice, MeasureChoices } from '../../api/measure-views.ts'
import { testerRows } from '../../app/profiles/checks/tester.ts'
import { MeasureDesk, type MeasureDeskParts } from '../../app/survey/measure-desk.ts'
import { fieldBodies } from '../../core/survey/field-csv.ts'
import { parkingGrid } from '../../core/survey/grid.ts'
import type { FieldBody } from '../../core/survey/record.ts'
import type { Origin } from '../../core/survey/origin.ts'
import { LaneFault } from '../../core/values/faults.ts'
import { builtInFolder, profilesIn } from '../profile-library.ts'
import { importOrigin, readingsOf } from './readings.ts'
import { openMeter } from './meter.ts'
import { runnableOf } from './measure-runs.ts'
import { testerProfile } from './tester-profile.ts'

/** A simulated analyser sweeps in milliseconds: a real one is held for 400. */
const simulatedHoldMs = 20

type Shelf = Pick<MeasureDeskParts, 'known' | 'write' | 'told'>

export function measureDesk(dir: string, shelf: Shelf): MeasureDesk {
  return new MeasureDesk({
    ...shelf,
    mono: systemMonoClock(),
    clock: systemWallClock(),
    open: ({ profile, link, simulated }) =>
      openMeter(profile, link, dir, simulated ? { holdMs: simulatedHoldMs } : {}),
    runnable: runnableOf,
  })
}

const ofKind = (kind: 'instrument' | 'modem', paths: readonly string[]): readonly string[] => [
  ...new Set(
    paths.flatMap((path) => {
      const [, id] = new RegExp(`^${kind}/([^/]+/[^/]+)\\.json$`).exec(path) ?? []
      return id === undefined ? [] : [id]
    }),
  ),
]

/** Instruments and modems of the library and of what was imported, with this computer's cards. */
export function measureChoices(dir: string): MeasureChoices {
  const imported = generationFiles(dir, currentGeneration(dir).number)
  const paths = [...readProfileFolder(builtInFolder), ...imported].map(({ path }) => path)
  const profiles = profilesIn(dir)
  const choices = (kind: 'instrument' | 'modem'): readonly MeasureChoice[] =>
    ofKind(kind, paths)
      .toSorted()
      .flatMap((id) => {
        const found = profiles.find(kind, id)
        return found.ok ? [{ id, title: found.checked.profile.title }] : []
      })
  const cards = findMachine(null).cards()
  const all = choices('instrument')
  const isTester = ({ id }: MeasureChoice): boolean => {
    const found = profiles.find('instrument', id)
    return found.ok && found.checked.profile.protocol.id === testerRows
  }
  return {
    instruments: all.filter((one) => !isTester(one)),
    testers: all.filter(isTester),
    modems: choices('modem'),
    interfaces: [...new Set(cards.map(({ name }) => name))],
  }
}

/** The readings of a file as records of the field, or METER-08 with its line and column. */
export function csvBodies(args: CsvText, dir: string): readonly FieldBody[] {
  const { file, text, columns, placeUnit, antennaFactorDb, instrumentId, place, profile } = args
  const why = args.reason === undefined ? {} : { reason: args.reason }
  const of = { instrumentId, antennaId: null, place, ...why }
  if (profile !== undefined) {
    const { plan, named } = testerProfile(profile, dir, antennaFactorDb, '/profile')
    return fieldBodies(readingsOf(file, text, plan), { ...of, profile: named })
  }
  if (columns === undefined) throw new LaneFault('ARG-01', { field: '/columns' })
  const { x, y, z, level, time } = columns
  const readings = readingsOf(file, text, {
    columns: { x, y, z, levels: [level], time },
    placeUnit,
    level: antennaFactorDb === null ? { unit: 'dBm' } : { unit: 'dBuV/m', antennaFactorDb },
    heightMm: parkingGrid.heightMm,
  })
  return fieldBodies(readings, of)
}

/** The text as it came over: UTF-8. */
export function csvOrigin({ file, text, profile, columns, placeUnit }: CsvText): Origin {
  const map = profile === undefined ? { ...columns, placeUnit } : { profile }
  return importOrigin(file, new TextEncoder().encode(text), map)
}
