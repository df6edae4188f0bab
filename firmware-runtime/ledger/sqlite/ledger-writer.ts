// The only writer of a ledger: rows go in as one transaction, synced before `append` returns.
// After an error with an unknown result it refuses everything until the file is reopened (2.8).
import { t } from '#base/pure/words/fault-text.ts'
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { LedgerRow, RowDraft } from '#base/pure/rows/ledger-row.ts'
import { must, present } from '#base/pure/values/must.ts'
import type { Ledger, LedgerHead } from '../ports/ledger.ts'
import { rowsSm3, storedRows } from './chain.ts'
import { primaryCode, sqliteCode, sqliteConstraint, sqliteFull } from '#base/sqlite/connection.ts'
import type { HeadFile } from './head-file.ts'
import type { LedgerWatch } from './ledger-watch.ts'
import { headOf } from './inspect.ts'
import {
  bytesOfHash,
  chainBytes,
  ledgerRowOf,
  lowerHexOf,
  rowColumns,
  storedOf,
} from './row-text.ts'
import type { ChainKey, StoredRow } from './row-text.ts'

/** The head file is at most this many rows behind; then `append` itself writes it. */
const headRowsBehindMax = 32
/** The composition root calls `flush` at least this often while rows are written. */
export const headFlushMs = 1_000

export interface HeadWriter {
  /** Number of rows that the head file lacks. */
  readonly rowsBehind: number
  /** Writes and syncs the head when it is behind. Call when the lane is idle and each second. */
  flush(): void
}

interface WriterParts {
  readonly db: DatabaseSync
  readonly nodeId: string
  readonly key: ChainKey
  readonly head: LedgerHead
  readonly headFile: HeadFile
  readonly durability?: 'full' | 'simulated'
  /** Null: the files are not compared before rows are written. */
  readonly watch?: LedgerWatch | null
  /** Statements that a `flush` or the end runs before others read, for a new simulated ledger. */
  readonly later?: readonly string[]
}

/**
 * `simulated` commits when it writes the head: an append is a savepoint, with all rules of the table and undone alone;
 * a single row needs no savepoint, because SQLite undoes a failed statement. Only the death of the process, which is
 * not simulated, would show a difference.
 */
const ways = {
  full: {
    opens: null,
    begin: 'BEGIN IMMEDIATE',
    commit: 'COMMIT',
    undo: 'ROLLBACK',
    rowsBehindMax: headRowsBehindMax,
  },
  simulated: {
    opens: 'BEGIN IMMEDIATE',
    begin: 'SAVEPOINT one',
    commit: 'RELEASE one',
    undo: 'ROLLBACK TO one; RELEASE one',
    rowsBehindMax: 8_192,
  },
} as const

interface ChainedRow {
  readonly stored: StoredRow
  /** Hash of the row. */
  readonly bytes: Uint8Array
  readonly row: LedgerRow
}

export class LedgerWriter implements Ledger {
  readonly nodeId: string
  readonly headWriter: HeadWriter
  readonly #parts: WriterParts
  readonly #begin: StatementSync
  readonly #insert: StatementSync
  readonly #commit: StatementSync
  readonly #way: (typeof ways)['full' | 'simulated']
  #head: LedgerHead
  #headFileSeq: number
  #later: readonly string[]
  #state: 'open' | 'closed' | LaneFault = 'open'

  constructor(parts: WriterParts) {
    this.#parts = parts
    this.nodeId = parts.nodeId
    this.#head = parts.head
    this.#headFileSeq = parts.head.seq
    this.#later = parts.later ?? []
    this.#way = ways[parts.durability ?? 'full']
    this.#begin = parts.db.prepare(this.#way.begin)
    this.#insert = parts.db.prepare(
      `INSERT INTO ledger_row (${rowColumns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    this.#commit = parts.db.prepare(this.#way.commit)
    const rowsBehind = (): number => this.#head.seq - this.#headFileSeq
    const flush = (): void => this.#makeWhole()
    this.headWriter = {
      get rowsBehind() {
        return rowsBehind()
      },
      flush,
    }
  }

  get head(): LedgerHead {
    return this.#head
  }

  append(drafts: readonly RowDraft[]): readonly LedgerRow[] {
    this.#mustWork()
    if (drafts.length === 0) return []
    this.#mustBeOurs(drafts)
    const rows = this.#chain(drafts)
    const { opens } = this.#way
    const isOne = opens !== null && rows.length === 1
    try {
      if (opens !== null && !this.#parts.db.isTransaction) this.#parts.db.exec(opens)
      if (!isOne) this.#begin.run()
      for (const { stored, bytes } of rows) this.#write(stored, bytes)
      if (!isOne) this.#commit.run()
    } catch (error) {
      throw this.#failed(error, isOne)
    }
    const last = present(rows.at(-1), 'there is at least one row').row
    this.#head = { seq: last.seq, hash: last.hash }
    if (this.headWriter.rowsBehind >= this.#way.rowsBehindMax) this.#flushHead()
    return rows.map((r) => r.row)
  }

  *rows(afterSeq: number): Generator<LedgerRow> {
    this.#mustWork()
    const from = Math.max(0, afterSeq)
    let prevHash = '0'.repeat(64)
    for (const stored of storedRows(this.#parts.db, this.nodeId, Math.max(0, from - 1))) {
      if (stored.seq > from) yield ledgerRowOf(stored, prevHash)
      prevHash = stored.hash
    }
  }

  rowsSm3(fromSeq: number, toSeq: number): string {
    this.#mustWork()
    const { db, key } = this.#parts
    return rowsSm3(db, { crypto: key.crypto, nodeId: this.nodeId }, fromSeq, toSeq)
  }

  close(): void {
    if (this.#state === 'closed') return
    const wasOpen = this.#state === 'open'
    try {
      if (wasOpen) this.#makeWhole()
    } finally {
      // A head that cannot be written stays behind, and the next start reads the rows.
      this.#state = 'closed'
      this.#parts.headFile.close()
      this.#parts.db.close()
    }
  }

  #chain(drafts: readonly RowDraft[]): readonly ChainedRow[] {
    let { seq, hash } = this.#head
    let bytes = bytesOfHash(hash)
    return drafts.map((draft) => {
      const stored = storedOf(draft, this.nodeId, seq + 1)
      const prevHash = hash
      bytes = chainBytes(this.#parts.key, bytes, stored)
      hash = lowerHexOf(bytes)
      seq++
      return { stored, bytes, row: { ...draft, nodeId: this.nodeId, seq, prevHash, hash } }
    })
  }

  #write(row: StoredRow, hash: Uint8Array): void {
    this.#insert.run(
      row.nodeId,
      row.seq,
      row.kind,
      row.atMs,
      row.laneId,
      row.stayId,
      row.orderId,
      row.deductionId,
      row.amountFen,
      row.bodyText,
      hash,
    )
  }

  #makeWhole(): void {
    this.#flushHead()
    for (const sql of this.#later) this.#parts.db.exec(sql)
    this.#later = []
  }

  #flushHead(): void {
    this.#mustWork()
    if (this.headWriter.rowsBehind === 0) return
    try {
      if (this.#parts.db.isTransaction) this.#parts.db.exec('COMMIT')
      this.#parts.headFile.write(this.#head)
    } catch (error) {
      throw this.#broken(error)
    }
    this.#headFileSeq = this.#head.seq
  }

  #mustWork(): void {
    must(this.#state !== 'closed', 'nobody uses a closed ledger')
    if (this.#state instanceof LaneFault) throw this.#state
  }

  /** A file in the place of ours takes nothing: rows written now would be lost, or mixed with others. */
  #mustBeOurs(drafts: readonly RowDraft[]): void {
    try {
      this.#parts.watch?.beforeWriting(drafts.map(({ kind }) => kind))
    } catch (error) {
      if (error instanceof LaneFault) this.#state = error
      throw error
    }
  }

  #broken(error: unknown): LaneFault {
    this.#state = new LaneFault('LEDGER-06', {
      note: t(
        '之前有一次写入失败,账本须重新打开',
        'an earlier write failed, the ledger must be reopened',
      ),
    })
    return new LaneFault('LEDGER-06', {
      note: `${String(error)} ${sqliteCode(error) ?? ''}`.trim(),
    })
  }

  /**
   * The meaning of an error inside the transaction. Only after a full disk is it certain that nothing was written.
   * `isUndone`: SQLite has rolled everything back.
   */
  #failed(error: unknown, isUndone: boolean): unknown {
    const code = sqliteCode(error)
    if (code === null) return this.#broken(error)
    const primary = primaryCode(code)
    if (primary !== sqliteFull && primary !== sqliteConstraint) return this.#broken(error)
    try {
      if (!isUndone && this.#parts.db.isTransaction) this.#parts.db.exec(this.#way.undo)
      const now = headOf(this.#parts.db, this.nodeId)
      if (now.seq !== this.#head.seq || now.hash !== this.#head.hash) return this.#broken(error)
    } catch (second) {
      return this.#broken(second)
    }
    if (primary === sqliteFull) return new LaneFault('DATA-02', { note: String(error) })
    return error
  }
}
