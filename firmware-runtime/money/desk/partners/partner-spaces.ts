// Free spaces of the lot as partners, the web page and boards have them.
import type { LotConfig } from '#base/pure/lot/config.ts'
import { countsCars, freeSpaces } from '#lane/pure/lot/free-spaces.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import type { PartnerSpaces, SharedSpaces } from '../../ports/partner.ts'
import type { LotRuntime } from '#lane/lot/lot-runtime.ts'

export type SpacesLot = Pick<
  LotRuntime,
  'clockDoubt' | 'fullSinceMs' | 'headSeq' | 'isStopped' | 'lot' | 'nowMs' | 'openSpaces'
>

export function spacesNow(runtime: SpacesLot, config: LotConfig): SharedSpaces {
  const { clockDoubt, fullSinceMs, headSeq, isStopped, lot, openSpaces } = runtime
  const nowMs = runtime.nowMs()
  const isWatched = openSpaces === null ? null : (id: string): boolean => openSpaces.isHeard(id)
  const found = freeSpaces(config, lot, { nowMs, isWatched })
  const isCounting = !isStopped && fullSinceMs === null && clockDoubt === null
  return {
    ...found,
    atIso: isoOf(nowMs),
    isSure: isCounting && found.unwatched === 0,
    eventsAfter: headSeq,
  }
}

/** Null: the lot sees no cars come in. */
export const partnerSpaces = (runtime: SpacesLot, config: LotConfig): PartnerSpaces | null =>
  countsCars(config) ? { now: () => spacesNow(runtime, config) } : null
