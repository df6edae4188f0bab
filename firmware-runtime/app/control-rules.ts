// The rules of the province for a lot: what each of its lanes has, and how it is let in.
// Only what the dialect holds as data; a pile or handheld stands in no lane and needs none of it.
import type { LaneNeedView, RulesView } from '../api/rules-views.ts'
import type { LotConfig } from '../core/lot/config.ts'
import type { Dialect } from '../ports/dialect.ts'

const devices: Readonly<Record<string, LaneNeedView['device']>> = {
  camera: 'camera',
  barrier: 'barrier',
  display: 'display',
  antenna: 'rsu',
}

type Lot = Pick<LotConfig, 'provinceCode' | 'layout' | 'lanes'>

export const rulesOf = (dialect: Dialect, { provinceCode, layout, lanes }: Lot): RulesView => ({
  ...{ provinceCode, layout, source: dialect.standard },
  lanes: lanes
    .filter(({ place }) => place === undefined)
    .map(({ id, direction }) => ({
      laneId: id,
      needs: dialect.laneEquipment.flatMap(({ id: kind, at, zh, en, clause }) => {
        const device = devices[kind]
        const asked = direction === 'exit' || at === 'entry and exit'
        return device === undefined || !asked ? [] : [{ device, title: { zh, en }, clause }]
      }),
    })),
  access: dialect.accessFlow.map(({ clause, zh, en }) => ({ clause, title: { zh, en } })),
})
