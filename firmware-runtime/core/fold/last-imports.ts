// The last import of each list, with what its rows replaced: folded from its audit row, which says how many rows of the
// same transaction follow. It can be undone until another row of the list makes it final, or its time is over.
import { importers } from '../imports/table.ts'
import { dayMs, type InstantMs } from '../values/instant.ts'
import type { LedgerRow } from '../values/rows/ledger-row.ts'
import type { LastImport, LotState } from '../lot/lot-state.ts'

/** A wrong list is seen within days; after that its entries are in use. Ours. */
const undoMsMax = 7 * dayMs

type ImportName = keyof typeof importers

const actWords = /^([a-z]+)\.(import|undo) (\d+)/
const isImported = (name: string): name is ImportName => Object.hasOwn(importers, name)

/** Called before the row is folded into the lists. */
export function foldImports(lot: LotState, row: LedgerRow): void {
  if (row.kind === 'audit') {
    const [, name = '', what, count] = actWords.exec(row.body.act) ?? []
    if (!isImported(name)) return
    lot.imports.delete(name)
    if (what === 'undo') return
    const { commandId: importId, by } = row.body
    const { atMs, seq } = row
    lot.imports.set(name, { importId, by, atMs, lastSeq: seq + Number(count), former: [] })
    return
  }
  for (const [name, { lastSeq, former }] of lot.imports) {
    if (!isImported(name)) continue
    const { writes, isFinalByRow, formerOf } = importers[name]
    if (row.kind !== writes) continue
    if (row.seq <= lastSeq) former.push(formerOf(lot, row as never))
    else if (isFinalByRow === true) lot.imports.delete(name)
  }
}

/** The import of this list that can be undone now. */
export function undoable(lot: LotState, name: ImportName, nowMs: InstantMs): LastImport | null {
  const last = lot.imports.get(name)
  return last === undefined || nowMs - last.atMs > undoMsMax ? null : last
}
