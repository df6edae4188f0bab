// The provincial rules for a lot: the equipment of each lane, and the access to its platform. The layout decides which
// devices a lane needs; the dialect has their names.
import type { RulesView } from '#base/calls/rules-views.ts'
import { layoutOf } from '#lane/pure/layouts/index.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import type { Dialect } from '#ledger/ports/dialect.ts'
import { defineCalls, type Lot } from '#base/desk/handlers/scope.ts'

type Config = Pick<LotConfig, 'provinceCode' | 'lanes'>

export function rulesOf(dialect: Dialect, { provinceCode, lanes }: Config): RulesView {
  // A pile or handheld is not in a lane, so the layout requirements do not apply to it.
  const inLayouts = lanes.filter(({ place }) => place === undefined)
  return {
    provinceCode,
    source: dialect.standard,
    layout: [...new Set(inLayouts.map(({ layout }) => layout))].join(' '),
    lanes: inLayouts.map((lane) => {
      const { devices } = layoutOf(lane)
      const needs = dialect.laneEquipment.flatMap(({ device, zh, en }) => {
        const clause = devices[device] ?? null
        return clause === null ? [] : [{ device, title: { zh, en }, clause }]
      })
      return { laneId: lane.id, layout: lane.layout, needs }
    }),
    access: dialect.accessFlow.map(({ clause, zh, en }) => ({ clause, title: { zh, en } })),
  }
}

export const ruleCalls = defineCalls(({ runtime, config }: Lot<'runtime' | 'config'>) => ({
  'rules.get': () => rulesOf(runtime.dialect, config),
}))
