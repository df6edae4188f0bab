// Which lot made the ledger of a folder, and whether with simulators: read from its boot rows, beside the running lanes.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { provenanceOf, type Provenance } from '../../acceptance/provenance.ts'
import { bootsOf } from '../../adapters/sqlite/rows-since.ts'
import type { LotConfig } from '../../core/lot/config.ts'
import { simulatedLinks } from '../../core/lot/simulated-links.ts'
import type { InstantMs } from '../../core/values/instant.ts'
import { loadLot } from '../folder/lot-file.ts'

/** Of the starts in force since `sinceMs`. */
export function provenanceHere(dir: string, config: LotConfig, sinceMs: InstantMs): Provenance {
  const boots = existsSync(join(dir, 'ledger.db')) ? bootsOf(dir) : []
  return provenanceOf(boots, config, sinceMs)
}

/** True for a demo, and for a lot whose devices or platforms are simulators now. */
export const isSimulatedLot = (config: LotConfig): boolean =>
  config.mode === 'demo' || simulatedLinks(config).length > 0

/** True also when they were simulators at a start in force since `sinceMs`, whatever the lot file says now. */
export function isSimulatedHere(dir: string, sinceMs: InstantMs): boolean {
  const { config } = loadLot(dir)
  return isSimulatedLot(config) || provenanceHere(dir, config, sinceMs).simulated
}
