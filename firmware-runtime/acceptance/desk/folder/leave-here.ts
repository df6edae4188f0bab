// Facts of a folder for a person who leaves its lot (lane/pure/lot/leave-lines.ts): lot file, surveys, rows of the last days
// and measurements. Read beside the lanes; nothing in the folder is changed.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { rowsSince } from '#ledger/sqlite/rows-since.ts'
import { passedOf } from '#devices/desk/lane/device-try.ts'
import { withKept } from '#lane/desk/setup/draft-of-lot.ts'
import { proofSteps } from '#lane/desk/setup/lot-proof.ts'
import { allTests } from '#lane/desk/setup/row-tests.ts'
import { targetOf } from '#lane/desk/setup/setup-service.ts'
import { laneNames } from '#lane/pure/lot/lane-names.ts'
import { leaveLimits, type CarsRead, type LeaveFolder } from '#lane/pure/lot/leave-lines.ts'
import { dayMs, type InstantMs } from '#base/pure/values/instant.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { newestSurveys, surveyName } from '#survey/pure/file/newest.ts'
import type { SurveyLine } from '#survey/pure/file/survey-page.ts'
import { isSimulatedHere } from './provenance-here.ts'
import { loadLot } from '#lane/folder/lot-file.ts'
import { lotProof } from '#lane/desk/folder/lot-proof-here.ts'
import { measuredIn } from '#devices/desk/lane/measured-file.ts'

/** The device that read the car of a row. */
function readBy(row: LedgerRow): 'plates' | 'obus' | null {
  if (row.kind === 'stayOpened') {
    const { plate, noEntry, imported } = row.body
    return plate !== null && !noEntry && imported !== true ? 'plates' : null
  }
  if (row.kind === 'plateRead') return 'plates'
  if (row.kind === 'orderMade') return row.body.plateRaw === null ? null : 'plates'
  if (row.kind === 'armed') return 'obus'
  return row.kind === 'intent' && row.body.obuId !== null ? 'obus' : null
}

/** Each car once, by the lane in its row. */
export function carsOf(rows: readonly LedgerRow[]): Readonly<Record<string, CarsRead>> {
  const stays = new Map<string, { readonly plates: Set<string>; readonly obus: Set<string> }>()
  for (const row of rows) {
    const by = readBy(row)
    const { laneId, stayId } = row
    if (by === null || laneId === undefined || stayId === undefined) continue
    const own = stays.get(laneId) ?? { plates: new Set(), obus: new Set() }
    own[by].add(stayId)
    stays.set(laneId, own)
  }
  return Object.fromEntries(
    [...stays].map(([laneId, own]) => [laneId, { plates: own.plates.size, obus: own.obus.size }]),
  )
}

export function leaveHere(
  dir: string,
  surveys: readonly SurveyLine[],
  isSigned: (name: string) => boolean,
  nowMs: InstantMs,
): LeaveFolder {
  const files = loadLot(dir)
  const { config } = files
  const measured = measuredIn(dir)
  const draft = withKept(null, files)
  const proof = proofSteps(lotProof(dir, surveys), config)
  const since = nowMs - leaveLimits.lookedDays * dayMs
  const rows = existsSync(join(dir, 'ledger.db')) ? rowsSince(dir, since) : []
  const to = config.copies?.to ?? null
  const { copy } = measured
  const nameOf = laneNames(config)
  return {
    simulated: isSimulatedHere(dir, since),
    lanes: config.lanes.map(({ id, name, camera, rsu, barrier }) => ({
      laneId: id,
      name,
      hasCamera: camera !== null,
      hasAntenna: rsu !== null,
      hasBoom: barrier !== null,
    })),
    firstCar: proof.car,
    survey: proof.survey,
    unsigned: newestSurveys(surveys)
      .filter(({ name }) => !isSigned(name))
      .map(surveyName),
    cars: carsOf(rows),
    booms: Object.fromEntries(
      config.lanes.flatMap(({ id, barrier }) => {
        const seen = measured.booms[id]
        return seen !== undefined && seen.link === barrier ? [[id, seen]] : []
      }),
    ),
    copy: { to, tested: copy !== null && copy.to === to ? copy.tested : null },
    tests: allTests(draft, ({ id }) => nameOf(id)).map(({ wish, name }) => {
      const { laneId, device } = wish
      const found = measured.tried[`${laneId} ${device}`]
      return { name, device, laneId, passedAtIso: passedOf(found, targetOf(draft, wish)) }
    }),
  }
}
