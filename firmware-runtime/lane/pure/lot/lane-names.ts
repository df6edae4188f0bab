// What a lane is called in the lot file; its id where the lot has no such lane any longer.
// For sentences that are made in both languages.
import type { LotConfig } from '#base/pure/lot/config.ts'
import type { BilingualText } from '#base/pure/faults/faults.ts'

export const laneNames =
  ({ lanes }: Pick<LotConfig, 'lanes'>) =>
  (laneId: string): BilingualText =>
    lanes.find(({ id }) => id === laneId)?.name ?? { zh: laneId, en: laneId }
