// The tariff calls: trying a draft anywhere; reading, replaying and saving in a running lot. A draft is checked here at
// every call; its prices are computed outside the lanes' thread.
import { needed } from '#base/desk/handlers/no-folder.ts'
import { defineCalls, type Lot } from '#base/desk/handlers/scope.ts'
import { createHash } from 'node:crypto'
import type { ArgsOf } from '#runtime/api/table.ts'
import type { Who } from '#base/calls/rows.ts'
import type { TariffCheckView, TariffVersionView } from '../../calls/tariff-views.ts'
import { price } from '../../pure/billing/price.ts'
import { curveOf } from '../../pure/billing/tariff-curve.ts'
import { pastChange } from '../../pure/billing/tariff-past.ts'
import type { Tariff } from '../../pure/billing/tariff.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { isoOf, parseIso, type InstantMs } from '#base/pure/values/instant.ts'
import { canonicalJson, jsonPointer } from '#base/pure/data/json.ts'
import type { TariffService } from '../../ports/tariff-service.ts'
import { withDays } from '#lane/lot/files/day-list.ts'
import { checkTariff } from '#lane/lot/files/tariff-file.ts'
import { tariffRefusals } from '#lane/lot/files/tariff-refusals.ts'
import type { TariffReplays } from '../../tariff/tariff-replays.ts'
import { handlersOf, type Act } from '#base/desk/handlers/act-table.ts'

/** The tariff of a lot that runs. */
export interface TariffParts {
  readonly service: TariffService
  readonly replays: TariffReplays
  readonly areas: readonly string[]
  /** The tariff by which the lanes price now. */
  current(): Tariff
  nowMs(): InstantMs
  versions(): readonly TariffVersionView[]
  /** Writes it to disk, not yet in force; the returned function puts it into force from the next car on. */
  prepare(tariff: Tariff, who: Pick<Who, 'by' | 'reason'>): () => void
}

/** Without lanes prices are computed at once. */
export const pricesHere: TariffService = {
  tariffPrices: (tariff, stays) =>
    Promise.resolve(stays.map(({ fromMs, toMs, vehicle }) => price(tariff, fromMs, toMs, vehicle))),
  tariffCurve: (tariff, range) => Promise.resolve(curveOf(tariff, range)),
}

const digestOf = (tariff: Tariff): string =>
  createHash('sha256').update(canonicalJson(tariff)).digest('hex')

const draftOf = ({ tariff }: { readonly tariff: unknown }): Tariff => checkTariff(tariff, '').tariff

function timeOf(text: string, field: string): InstantMs {
  const atMs = parseIso(text)
  if (atMs === null) throw new LaneFault('API-01', { field, value: text })
  return atMs
}

/** `lot`: also applies the refusals of a running lot. */
function checked(draft: unknown, lot: TariffParts | null): TariffCheckView {
  const refusals = tariffRefusals(draft)
  if (refusals.length > 0) return { refusals, warnings: [] }
  const { tariff, warnings } = checkTariff(draft, '')
  const past = lot === null ? null : pastChange(lot.current(), tariff, lot.nowMs())
  return {
    refusals: past === null ? [] : [{ field: jsonPointer(past.path), text: past.text }],
    warnings: warnings.map(({ field, text }) => ({ field, text })),
  }
}

/** Trying a draft: also on the workbench, with `lot` null. */
export function tariffTrial(lot: TariffParts | null) {
  const service = lot?.service ?? pricesHere
  return handlersOf({
    'tariff.check': ({ tariff }) => checked(tariff, lot),
    async 'tariff.price'(args) {
      const stays = args.stays.map(({ fromIso, toIso, vehicle }, i) => ({
        fromMs: timeOf(fromIso, `/stays/${i}/fromIso`),
        toMs: timeOf(toIso, `/stays/${i}/toIso`),
        vehicle,
      }))
      const prices = await service.tariffPrices(draftOf(args), stays)
      return {
        prices: prices.map(({ amountFen, lines }) => ({
          amountFen,
          lines: lines.map(({ fromMs, toMs, ...rest }) => ({
            fromIso: isoOf(fromMs),
            toIso: isoOf(toMs),
            ...rest,
          })),
        })),
      }
    },
    'tariff.curve': (args) => {
      const { minutes, vehicle } = args
      const fromMs = timeOf(args.fromIso, '/fromIso')
      return service.tariffCurve(draftOf(args), { fromMs, minutes, vehicle })
    },
    'tariff.days': (args) => withDays(draftOf(args), args.text, args.file),
  })
}

export const tariffCalls = defineCalls(({ acts, tariff }: Lot<'acts', { tariff: TariffParts }>) => {
  const lot = needed(tariff, 'LOT-01')
  return {
    ...tariffTrial(tariff ?? null),
    'tariff.get': () => {
      const { areas, current, nowMs, versions } = lot()
      const tariff = current()
      return {
        tariff,
        digest: digestOf(tariff),
        nowIso: isoOf(nowMs()),
        areas,
        versions: versions(),
      }
    },
    'tariff.replay': (args) => {
      const window = {
        fromMs: args.fromIso === undefined ? -Infinity : timeOf(args.fromIso, '/fromIso'),
        toMs: args.toIso === undefined ? Infinity : timeOf(args.toIso, '/toIso'),
      }
      return lot().replays.start(draftOf(args), window)
    },
    'tariff.replayState': () => lot().replays.view,
    'tariff.replayStop': () => lot().replays.stop(),
    ...acts.table({ 'tariff.save': (args, act) => save(lot(), args, act) }),
  }
})

function save(lot: TariffParts, args: ArgsOf<'tariff.save'>, act: Act): void {
  const tariff = draftOf(args)
  if (digestOf(lot.current()) !== args.digest)
    throw new LaneFault('TARIFF-04', { field: '/digest' })
  const past = pastChange(lot.current(), tariff, lot.nowMs())
  if (past !== null)
    throw new LaneFault('TARIFF-03', { field: jsonPointer(past.path), note: past.text })
  const putInForce = lot.prepare(tariff, { by: args.by, reason: args.reason })
  act.audit(digestOf(tariff).slice(0, 16))
  putInForce()
}
