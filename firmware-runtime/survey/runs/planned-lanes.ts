// What of a lot file is surveyed: each lane with an antenna, and each reader of an open lot, with the lanes beside it and the
// cameras whose clocks are read.
import { openLayoutOf, openOf } from '#lane/pure/layouts/index.ts'
import { joinedPlatform, type LaneConfig, type LotConfig } from '#base/pure/lot/config.ts'
import { runningLot } from '#base/pure/lot/streets.ts'
import { openPlaces, type OpenPlace } from '#base/pure/values/open-readers.ts'
import type { Rules } from '#base/pure/rules/rule-pack.ts'
import { dayPlan, type DayPlan, type PlanBasis } from '../pure/day-plan.ts'

/** The reader of a lane of an open layout; null: a lane with a boom. */
function readerOf({ layout, place }: LaneConfig, open: string | null): OpenPlace | null {
  if (openOf(layout) === null && place === undefined) return null
  const own = openPlaces.filter((one) => one.layout === (openOf(layout) === null ? open : layout))
  const isCarried = place !== undefined && place.kind !== 'etc-pile'
  return own.find(({ reader }) => isCarried === /^(?:handheld|patrolCar)$/.test(reader)) ?? null
}

export function planOfLot(lot: LotConfig, access: PlanBasis['access'], rules: Rules): DayPlan {
  const { lanes } = runningLot(lot)
  const open = openLayoutOf(lot)
  const surveyed = lanes.filter(({ rsu }) => rsu !== null)
  return dayPlan({
    access,
    rules,
    hasPlatform: joinedPlatform(lot) !== null,
    lanes: surveyed.map((lane) => {
      const beside = lanes.filter(({ place }) => place?.kind === lane.place?.kind)
      const at = beside.indexOf(lane)
      const reader = readerOf(lane, open)
      return {
        id: lane.id,
        name: lane.name,
        neighbours: [beside[at - 1], beside[at + 1]].filter((one) => one !== undefined).length,
        cameras: lane.camera === null ? 0 : 1,
        ...(reader === null ? {} : { open: reader }),
      }
    }),
  })
}

export const plansOf = (lot: LotConfig, rules: Rules) => ({
  wire: planOfLot(lot, 'wire', rules),
  mobile: planOfLot(lot, 'mobile', rules),
})
