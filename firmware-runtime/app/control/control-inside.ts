// The calls about cars inside: a file of another system is compared, then written as stays in one transaction; a
// recount closes the stays of cars that are not there, all of them or none. No money moves.
import { createHash } from 'node:crypto'
import type { insideCalls } from '../../api/calls/inside.ts'
import type { InsideDiffView } from '../../api/inside-views.ts'
import type { LotConfig } from '../../core/lot/config.ts'
import { readInsideCsv, type CarInFile } from '../../core/lot/inside-csv.ts'
import type { Stay } from '../../core/lot/lot-state.ts'
import { closeBar, closingRow } from '../../core/lot/stays-to-check.ts'
import { t } from '../../core/values/fault-text.ts'
import { LaneFault } from '../../core/faults/faults.ts'
import { isoOf } from '../../core/values/instant.ts'
import type { RowDraft } from '../../core/values/rows/ledger-row.ts'
import { unusualPlates } from '../../core/values/plates/plate.ts'
import type { LotRuntime } from '../lot/lot-runtime.ts'
import type { ControlActs } from './control-acts.ts'
import type { HandlersOf } from './dispatcher.ts'
import { refuseBad } from './whole-table.ts'

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

/** The cars of a file, and what they would change. */
function read(
  runtime: LotRuntime,
  { lanes }: Pick<LotConfig, 'lanes'>,
  text: string,
): { added: readonly CarInFile[]; diff: InsideDiffView } {
  const { lot } = runtime
  const entries = lanes.flatMap(({ id, direction }) => (direction === 'entry' ? [id] : []))
  const at = { lanes: entries, nowMs: runtime.nowMs() }
  const { cars, bad, ...beside } = readInsideCsv(text, at)
  const isOk = bad.length === 0
  const added = isOk ? cars.filter(({ plate }) => !lot.byPlate.has(plate)) : []
  const same = isOk ? cars.length - added.length : 0
  const ids = staysIn(runtime)
    .map(({ stayId }) => stayId)
    .join(' ')
  const diff = {
    bad,
    ...beside,
    added: added.map(({ plate, colour, enteredAtMs }) => ({
      plate,
      colour,
      enteredAtIso: isoOf(enteredAtMs),
    })),
    unusual: unusualPlates(added.map(({ plate }) => plate)),
    same,
    missing: isOk ? lot.stays.size - same : 0,
    digest: createHash('sha256').update(ids).digest('hex'),
  }
  return { added, diff }
}

export const insideHandlers = (
  runtime: LotRuntime,
  config: LotConfig,
  acts: ControlActs,
): HandlersOf<keyof typeof insideCalls> => ({
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
  'inside.compare': ({ text }) => read(runtime, config, text).diff,
  ...acts.table({
    'inside.import': (args, act) => {
      const { added, diff } = read(runtime, config, args.text)
      refuseBad('INSIDE-01', diff.bad)
      if (diff.digest !== args.digest) throw new LaneFault('INSIDE-02', { field: '/digest' })
      const atMs = runtime.nowMs()
      const brought = { noEntry: false, photo: null, imported: true } as const
      const rows = added.map(({ plate, colour, enteredAtMs, laneId }): RowDraft => {
        const body = { plate, colour, enteredAtMs, ...brought }
        return { kind: 'stayOpened', atMs, laneId, stayId: runtime.mint('S'), body }
      })
      runtime.append([act.row(`${rows.length}`), ...rows])
    },
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
})
