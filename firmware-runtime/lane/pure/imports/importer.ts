// A list that a person brings to a running lot as a table: what a file would change, the rows that change it, and the rows
// that undo it. The columns of each list, the name of its act and its size stand with its table (base/pure/tables/).
import type { FaultCode } from '#base/pure/faults/faults.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import type { LotState } from '#ledger/pure/lot/lot-state.ts'
import type { BilingualText } from '#base/pure/words/fault-text.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import type { BadCell, BesideTable } from '#base/pure/tables/table.ts'

export interface ImportScene {
  readonly lot: LotState
  readonly config: LotConfig
  readonly nowMs: InstantMs
  /** A new number with this letter. */
  mint(letter: 'S'): string
  /** New codes of coupons. */
  couponCodes(count: number): readonly string[]
}

/** What every difference says of its file. */
interface FileDiff extends BesideTable {
  /** Empty: the file can be imported. */
  readonly bad: readonly BadCell[]
}

interface ReadFile<D extends FileDiff> {
  /** What the file would change; nothing is written by it. */
  readonly diff: D
  /** Must be the same when the file is written: its digest is part of the difference. */
  readonly basis: string
  /** For one transaction. `takeBack`: the file is the whole list, and so many entries end. */
  rows(takeBack: number | undefined): readonly RowDraft[]
}

export interface UndoScene {
  readonly lot: LotState
  readonly nowMs: InstantMs
  /** The car of this stay stands in a lane. */
  isInLane(stayId: string): boolean
}

/** `F`: what a row of it replaces, from ledger/pure/fold/former-rows.ts. */
interface Importer<D extends FileDiff, F> {
  /** A bad line. */
  readonly bad: FaultCode
  /** The list changed after the difference was made, or after the import that is to be undone. */
  readonly moved: { readonly code: FaultCode; readonly note?: BilingualText }
  read(text: string, at: ImportScene): ReadFile<D>
  /** The rows that restore them, for one transaction; what was used since the import stays. */
  restored(former: readonly F[], at: UndoScene): readonly RowDraft[]
}

export const defineImporter = <D extends FileDiff, F>(importer: Importer<D, F>): Importer<D, F> =>
  importer
