// A search of the ledger as its caller writes it, in the form that the ledger reads.
import type { ledgerCalls } from '../../calls/ledger.ts'
import type { RowArgs } from '#base/calls/rows.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { parseIso, type InstantMs } from '#base/pure/values/instant.ts'
import { normalisePlate } from '#base/pure/plates/plate.ts'
import type { LedgerQuery } from '../../ports/ledger-reader.ts'

type Query = RowArgs<(typeof ledgerCalls)['ledger.query']>

function timeOf(text: string | undefined, field: string): InstantMs | undefined {
  if (text === undefined) return undefined
  const atMs = parseIso(text)
  if (atMs === null)
    throw new LaneFault('API-01', {
      field,
      value: text,
      note: t('要 ISO 8601 并带时区', 'it must be ISO 8601 with a time zone'),
    })
  return atMs
}

/** Without an index a search is limited to this period: the worker serves others as well. */
const spanDaysMax = 31
const spanMsMax = spanDaysMax * 86_400_000

export function mustBeShort({ fromMs, toMs }: LedgerQuery): void {
  const spanMs = (toMs ?? Infinity) - (fromMs ?? -Infinity)
  if (spanMs <= spanMsMax) return
  throw new LaneFault('API-01', {
    field: '/from',
    note: t(`最多 ${spanDaysMax} 天`, `at most ${spanDaysMax} days`),
  })
}

/** Normal form of a part of a plate: upper case, without blanks and dots. */
const partOf = (text: string): string => text.toUpperCase().replaceAll(/[\s·.]/g, '')

/** A query in the form of the ledger: times as instants, the plate in normal form. */
export function filterOf(args: Partial<Query> & Pick<Query, 'from' | 'to'>): LedgerQuery {
  if (args.means !== undefined && args.kind !== 'payment' && args.kind !== 'refund')
    throw new LaneFault('API-01', {
      field: '/means',
      value: args.means,
      note: t('只有收费和退款有方式', 'only payments and refunds have a means of payment'),
    })
  const fromMs = timeOf(args.from, '/from')
  const toMs = timeOf(args.to, '/to')
  const part = partOf(args.platePart ?? '')
  const filter = {
    ...(fromMs === undefined ? {} : { fromMs }),
    ...(toMs === undefined ? {} : { toMs }),
    ...(part === '' ? {} : { platePart: part }),
    ...(args.by === undefined ? {} : { by: args.by.trim() }),
    ...(args.amountFen === undefined ? {} : { amountFen: args.amountFen }),
    ...(args.means === undefined ? {} : { means: args.means }),
    ...(args.order === 'newest' ? { newestFirst: true } : {}),
    // Text that is not a plate is searched as it is, and finds nothing (H09).
    ...(args.plate === undefined ? {} : { plate: normalisePlate(args.plate) ?? args.plate }),
    ...(args.stay === undefined ? {} : { stayId: args.stay }),
    ...(args.lane === undefined ? {} : { laneId: args.lane }),
    ...(args.after === undefined ? {} : { after: args.after }),
    ...(args.limit === undefined ? {} : { limit: args.limit }),
  }
  if (args.by !== undefined || args.amountFen !== undefined) mustBeShort(filter)
  return filter
}
