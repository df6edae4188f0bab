// Which lot made the ledger of a folder, and whether with simulators: read from its boot rows, beside the running lanes.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { RecordedStarts } from '../../pure/platform-certificates.ts'
import { provenanceOf, type Provenance } from '../../pure/provenance.ts'
import { bootsOf, eventsOf } from '#ledger/sqlite/rows-since.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { simulatedLinks } from '#lane/pure/lot/simulated-links.ts'
import { dayMs, type InstantMs } from '#base/pure/values/instant.ts'
import { peerEvent } from '#base/pure/data/peer-certificate.ts'
import { loadLot } from '#lane/folder/lot-file.ts'

const bootsHere = (dir: string): RecordedStarts['boots'] =>
  existsSync(join(dir, 'ledger.db')) ? bootsOf(dir) : []

/** Where the rows of this lot begin. */
export const lotRowsHere = (
  dir: string,
  config: LotConfig,
): Pick<Provenance, 'fromSeq' | 'actsFromSeq' | 'fromMs'> =>
  provenanceOf({ boots: bootsHere(dir), events: [] }, config, 0)

/** Events before the start in force at `sinceMs` are left out, because a year has too many of them. */
export function recordedHere(dir: string, sinceMs: InstantMs): RecordedStarts {
  const boots = bootsHere(dir)
  if (boots.length === 0) return { boots, events: [] }
  const inForce = boots.slice(
    Math.max(
      boots.findLastIndex(({ atMs }) => atMs <= sinceMs),
      0,
    ),
  )
  // The clock may have been set back after a start.
  const fromMs = Math.min(...inForce.map(({ atMs }) => atMs)) - dayMs
  return { boots, events: eventsOf(dir, peerEvent, fromMs) }
}

/** Of the starts in force since `sinceMs`. */
const provenanceHere = (dir: string, config: LotConfig, sinceMs: InstantMs): Provenance =>
  provenanceOf(recordedHere(dir, sinceMs), config, sinceMs)

/** True for a demo, and for a lot whose devices or platforms are simulators now. */
export const isSimulatedLot = (config: LotConfig): boolean =>
  config.mode === 'demo' || simulatedLinks(config).length > 0

/** True also when they were simulators at a start in force since `sinceMs`, whatever the lot file says now. */
export function isSimulatedHere(dir: string, sinceMs: InstantMs): boolean {
  const { config } = loadLot(dir)
  return isSimulatedLot(config) || provenanceHere(dir, config, sinceMs).simulated
}
