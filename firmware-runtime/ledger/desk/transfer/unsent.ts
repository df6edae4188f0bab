// The queue of a folder from its ledger, with the frozen bodies of unsent records.
// Read-only, with or without a running lot.
import { openLedgerReader, type ReaderOptions } from '../../sqlite/ledger-reader.ts'
import { emptyFolded, foldStored, type Folded } from '../../pure/fold/folded.ts'
import { noRows } from '../../pure/queue/records.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'

type OutboxRow = Extract<LedgerRow, { kind: 'outbox' }>

interface Unsent extends Folded {
  /** Frozen bodies by outboxId. */
  readonly bodies: ReadonlyMap<string, { readonly body: string; readonly bodySm3: string }>
}

export function unsentIn(options: ReaderOptions): Unsent {
  using reader = openLedgerReader(options)
  const bodies = new Map<string, OutboxRow['body']>()
  const rows = new Map<number, OutboxRow>()
  const seqs = new Map<string, number>()
  const state = emptyFolded((seq) => rows.get(seq) ?? noRows(seq))
  for (const row of reader.rows()) {
    if (row.kind === 'outbox') {
      const { outboxId } = row.body
      bodies.set(outboxId, row.body)
      rows.set(row.seq, row)
      seqs.set(outboxId, row.seq)
    }
    foldStored(state, row, 0)
    if (row.kind !== 'outboxState' || row.body.state !== 'confirmed') continue
    const { outboxId } = row.body
    rows.delete(seqs.get(outboxId) ?? 0)
    bodies.delete(outboxId)
    seqs.delete(outboxId)
  }
  return { ...state, bodies }
}
