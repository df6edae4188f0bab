// The queue of a folder as its ledger has it, with the frozen bodies of what is unsent.
// Read-only, beside a runtime or without one.
import { openLedgerReader, type ReaderOptions } from '../../adapters/sqlite/ledger-reader.ts'
import { emptyFolded, foldStored, type Folded } from '../../core/fold/folded.ts'

interface Unsent extends Folded {
  /** Frozen bodies by outboxId. */
  readonly bodies: ReadonlyMap<string, { readonly body: string; readonly bodySm3: string }>
}

export function unsentIn(options: ReaderOptions): Unsent {
  const reader = openLedgerReader(options)
  try {
    const state = emptyFolded()
    const bodies = new Map<string, { body: string; bodySm3: string }>()
    for (const row of reader.rows()) {
      foldStored(state, row, 0)
      if (row.kind === 'outbox')
        bodies.set(row.body.outboxId, { body: row.body.body, bodySm3: row.body.bodySm3 })
      if (row.kind === 'outboxState' && row.body.state === 'confirmed')
        bodies.delete(row.body.outboxId)
    }
    return { ...state, bodies }
  } finally {
    reader.close()
  }
}
