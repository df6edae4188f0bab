// Layouts in a lot file: a lane has its own or that of the lot, and only what its layout declares.
// Refusals name file, field and value; a pile or handheld has a layout's name and no lane of it.
import { laneOf } from '../../core/lane/layouts/index.ts'
import type { LaneConfig, LotConfig } from '../../core/lot/config.ts'
import { shownLink } from '../../core/values/camera-link.ts'
import { LaneFault } from '../../core/values/faults.ts'

/** As the file has it: a lane may leave out what its lot says for all. */
type WrittenLot = Omit<LotConfig, 'lanes'> & {
  readonly lanes: readonly (Omit<LaneConfig, 'layout'> & { readonly layout?: string | undefined })[]
}

const kinds = ['camera', 'barrier', 'display', 'rsu'] as const

const refusal = (file: string, field: string, value: string, note: string): LaneFault =>
  new LaneFault('LOT-02', { file, field, value, note })

/** Each lane with its layout, which is its own or that of the lot. */
export function withLayouts(lot: WrittenLot, file: string): LotConfig {
  const lanes = lot.lanes.map((lane, i) => {
    const layout = lane.layout ?? lot.layout
    if (layout === undefined)
      throw refusal(file, `/lanes/${i}/layout`, '', 'neither the lane nor the lot names a layout')
    return { ...lane, layout }
  })
  return { ...lot, lanes }
}

export function checkLayout(lane: LaneConfig, i: number, file: string): void {
  const { layout, direction } = lane
  if (lane.place !== undefined) return
  const refuse = (member: string, value: string, note: string): never => {
    throw refusal(file, `/lanes/${i}/${member}`, value, `layout ${layout} has no ${note}`)
  }
  const declared = laneOf(layout, direction) ?? refuse('direction', direction, `${direction} lane`)
  for (const kind of kinds) {
    const url = lane[kind]
    if (url !== null && declared.devices[kind] === undefined)
      refuse(kind, shownLink(url), `${kind} at its ${direction}`)
  }
  lane.sensors?.forEach(({ role }, n) => {
    if (!declared.triggers.includes(role))
      refuse(`sensors/${n}/role`, role, `sensor ${role} at its ${direction}`)
  })
}
