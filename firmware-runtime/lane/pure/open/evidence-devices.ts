// What the devices of an open lot are called in the evidence of a stay, and which kind of witness each of them is. Pure.
import { openLayoutOf, openOf } from '../layouts/index.ts'
import type { OpenLayout } from '../layouts/layout.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { laneNames } from '../lot/lane-names.ts'
import { isSensorLink } from '#base/pure/lot/sensor-link.ts'
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'

/** What reads the OBU of a car at its space. */
export type SpaceReader = 'pile' | 'handheld' | 'patrol'

export interface EvidenceDevices {
  readonly collects: OpenLayout['collects']
  /** Null: the layout reads no OBU at the spaces. */
  readonly reader: SpaceReader | null
  nameOf(id: string): BilingualText
  /** A camera takes pictures, a sensor does not. By the link of the watcher; one that the lot file no longer has, by the layout. */
  watchOf(id: string): OpenLayout['watch']
}

function readerOf({ record, pile }: OpenLayout, collects: OpenLayout['collects']) {
  if (record === undefined) return null
  if (pile !== undefined) return 'pile'
  return collects === 'gantry' ? 'patrol' : 'handheld'
}

/** Null: the lot is no open lot. */
export function evidenceDevices(config: LotConfig): EvidenceDevices | null {
  const layout = openOf(openLayoutOf(config) ?? '')
  if (layout === null) return null
  const { watch, collects } = layout
  const laneName = laneNames(config)
  const watches = new Map<string, OpenLayout['watch']>(
    (config.spaces ?? []).map(({ id, link }) => [id, isSensorLink(link) ? 'sensor' : 'camera']),
  )
  return {
    collects,
    reader: readerOf(layout, collects),
    watchOf: (id) => watches.get(id) ?? watch,
    nameOf(id) {
      const kind = watches.get(id)
      if (kind === undefined) return laneName(id)
      return kind === 'camera'
        ? t(`泊位相机 ${id}`, `Space camera ${id}`)
        : t(`泊位检测器 ${id}`, `Space sensors ${id}`)
    },
  }
}
