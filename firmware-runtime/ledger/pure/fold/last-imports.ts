// The last import of each list, with what its rows replaced: folded from its audit row, which says how many rows of the
// same transaction follow. It can be undone until another row of the list makes it final, or its time is over.
import type { LastImport, LotState } from '../lot/lot-state.ts'
import { dayMs, type InstantMs } from '#base/pure/values/instant.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { formerRows } from './former-rows.ts'

/** A wrong list is seen within days; after that its entries are in use. Ours. */
const undoMsMax = 7 * dayMs

const actWords = /^([a-z]+)\.(import|undo) (\d+)/
const isImported = (kind: string): kind is keyof typeof formerRows =>
  Object.hasOwn(formerRows, kind)

/** Called before the row is folded into the lists. */
export function foldImports(lot: LotState, row: LedgerRow): void {
  if (row.kind === 'audit') {
    const [, name = '', what, count] = actWords.exec(row.body.act) ?? []
    if (what === 'undo') lot.imports.delete(name)
    if (what !== 'import') return
    const { commandId: importId, by } = row.body
    const { atMs, seq } = row
    lot.imports.set(name, { importId, by, atMs, lastSeq: seq + Number(count), former: [] })
    return
  }
  if (!isImported(row.kind)) return
  for (const { lastSeq, former } of lot.imports.values())
    if (row.seq <= lastSeq) former.push(formerRows[row.kind](lot, row as never))
  // The undo of members would lose what a person entered since.
  const members = lot.imports.get('members')
  if (row.kind === 'member' && members !== undefined && row.seq > members.lastSeq)
    lot.imports.delete('members')
}

/** The import of this list that can be undone now. */
export function undoable(lot: LotState, name: string, nowMs: InstantMs): LastImport | null {
  const last = lot.imports.get(name)
  return last === undefined || nowMs - last.atMs > undoMsMax ? null : last
}
