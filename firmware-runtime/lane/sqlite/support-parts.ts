// What a support file holds of a data folder: rows of a time span, the cars of these rows, and the traces of the newest.
// It is masked here, in the reading worker: only masked text goes on to the lanes' thread.
import {
  ledgerParts,
  supportRowsMax,
  supportTracesOf,
  type LedgerParts,
  type SupportAsk,
} from '../pure/support/ledger-parts.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { newestEvents } from '#ledger/files/event-file.ts'
import { readPassages } from '#ledger/files/passage-file.ts'
import type { OpenedReader } from '#ledger/sqlite/ledger-reader.ts'

/** The stays of these rows, by the newest of their rows. */
function staysOf(rows: readonly LedgerRow[]): readonly string[] {
  const newest = rows.toReversed().flatMap(({ stayId }) => stayId ?? [])
  return [...new Set(newest)]
}

export async function supportPartsOf(
  { span, timeline }: Pick<OpenedReader, 'span' | 'timeline'>,
  dir: string,
  ask: SupportAsk,
): Promise<LedgerParts> {
  const found = span(ask.fromMs, ask.toMs, supportRowsMax + 1)
  const rows = found.slice(-supportRowsMax)
  const stayIds = staysOf(rows)
  const stays = stayIds.map(timeline)
  const traced = new Set(stayIds.slice(0, supportTracesOf))
  const days = stays
    .slice(0, supportTracesOf)
    .flatMap((own) => own.map(({ atMs }) => isoOf(atMs).slice(0, 10)))
  const traces = await readPassages(dir, traced, [...new Set(days)])
  return ledgerParts(ask, {
    rows,
    stays,
    traces,
    isCut: found.length > rows.length,
    events: newestEvents(dir),
  })
}
