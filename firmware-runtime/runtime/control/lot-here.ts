// What matters of the inbox and finders of the search know of the lot beside the answers of calls.
import type { LotConfig } from '#base/pure/lot/config.ts'
import { evidenceDevices } from '#lane/pure/open/evidence-devices.ts'
import { bothOf } from '#base/pure/words/fault-text.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import type { MonoClock } from '#base/ports/clocks.ts'
import type { MatterPlace } from '../inbox/matter.ts'
import type { LotRuntime } from '#lane/lot/lot-runtime.ts'
import type { SearchPlace } from '../search/finder.ts'

interface HereParts {
  readonly config: LotConfig
  readonly runtime: Pick<LotRuntime, 'nowMs'>
  readonly mono: Pick<MonoClock, 'nowUs'>
}

/** Called at the start, from which the silence of devices that were never heard is counted. */
export function lotHere({ config, runtime, mono }: HereParts): () => MatterPlace & SearchPlace {
  const beganUs = mono.nowUs()
  const street = evidenceDevices(config)
  return () => {
    const nowMs = runtime.nowMs()
    return {
      config,
      street,
      nowMs,
      nowIso: isoOf(nowMs),
      laneName: (laneId) => config.lanes.find(({ id }) => id === laneId)?.name ?? bothOf(laneId),
      upMs: (mono.nowUs() - beganUs) / 1_000,
    }
  }
}
