// The calls about cars inside: a recount closes the stays of cars that are not there, all of them or none. No money
// moves.
import type { Stay } from '#ledger/pure/lot/lot-state.ts'
import { closeBar, closingRow } from '#ledger/pure/lot/stays-to-check.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import type { LotRuntime } from '../../lot/lot-runtime.ts'
import { defineCalls, type Lot } from '#base/desk/handlers/scope.ts'

/** Why a recount cannot close the stay of a car. */
const barWords = {
  notInside: t('场内没有这次停车', 'no car inside has this stay'),
  carInLane: t('它的车在车道里', 'its car is in a lane'),
  chargeUnsettled: t('有扣费还没有结果', 'a charge still has no result'),
} as const

function barOf({ lanes }: LotRuntime, stay: Stay): ReturnType<typeof closeBar> {
  const hosts = [...lanes.values()]
  return closeBar(
    stay,
    hosts.some(({ state }) => state.car?.stayId === stay.stayId),
  )
}

const staysIn = ({ lot }: LotRuntime): readonly Stay[] =>
  [...lot.stays.values()].toSorted((a, b) => a.enteredAtMs - b.enteredAtMs)

export const insideCalls = defineCalls(({ runtime, acts }: Lot<'runtime' | 'acts'>) => ({
  'inside.list': () => {
    const rows = staysIn(runtime).map((stay) => ({
      stayId: stay.stayId,
      plate: stay.plate,
      colour: stay.colour,
      enteredAtIso: isoOf(stay.enteredAtMs),
      photoId: stay.photo,
      bar: barOf(runtime, stay),
    }))
    return { rows }
  },
  ...acts.table({
    'inside.recount': (args, act) => {
      const before = runtime.lot.stays.size
      const gone = [...new Set(args.gone)].map((stayId) => {
        const stay = runtime.lot.stays.get(stayId)
        const bar = stay === undefined ? 'notInside' : barOf(runtime, stay)
        if (stay !== undefined && bar === null) return stay
        const why = barWords[bar ?? 'notInside']
        throw new LaneFault('INSIDE-03', { field: '/gone', value: stayId, note: why })
      })
      const atMs = runtime.nowMs()
      runtime.append([
        act.row(`${gone.length} of ${before}`),
        ...gone.map((stay) => closingRow(stay, atMs, atMs)),
      ])
    },
  }),
}))
