// Detects that the files of an open ledger were removed, replaced, cut or overwritten.
// SQLite would continue with what it has in memory, and the rows would be lost at the end.
import { type BilingualText, joinedWhy, t, type Why } from '../../core/values/fault-text.ts'
import { statSync } from 'node:fs'
import { LaneFault } from '../../core/faults/faults.ts'
import type { LedgerHead } from '../../ports/ledger.ts'
import { openReader, primaryCode, sqliteBusy, sqliteCode } from './connection.ts'
import { ledgerFiles } from './inspect.ts'
import { storedOfSql } from './row-text.ts'

interface Identity {
  readonly dev: bigint
  readonly ino: bigint
  readonly size: bigint
}

export interface LedgerWatch {
  /** Throws LEDGER-09 with the file and what happened to it. */
  look(): void
}

/** By stat only: opening and closing the file would release SQLite's own locks on it. */
function identityOf(file: string): Identity | null {
  const found = statSync(file, { bigint: true, throwIfNoEntry: false })
  return found === undefined || found.nlink === 0n ? null : found
}

/** Number of rows that are read again, spread over the ledger; takes about 2 ms. */
const knownRowsMax = 32
/** One look in this many reads rows; the files are checked at each look. */
const looksARead = 3

/** Hashes of rows as written, compared with a fresh connection that has nothing cached. */
class KnownRows {
  private readonly db: string
  private readonly nodeId: string
  private known: LedgerHead[] = []

  constructor(db: string, nodeId: string, head: LedgerHead) {
    this.db = db
    this.nodeId = nodeId
    const step = Math.max(1, Math.floor(head.seq / (knownRowsMax / 2)))
    const seqs = Array.from({ length: knownRowsMax / 2 }, (_, n) => head.seq - n * step)
    this.known = this.read(seqs.filter((seq) => seq > 0).reverse()) ?? []
  }

  /** Number of the first row that is missing or changed; null without one. */
  firstLost(head: LedgerHead): number | null {
    const found = this.read(this.known.map(({ seq }) => seq))
    if (found === null) return null
    const lost = this.known.find(({ hash }, n) => found[n]?.hash !== hash)
    if (lost !== undefined) return lost.seq
    this.remember(head)
    return null
  }

  private remember(head: LedgerHead): void {
    if (head.seq === 0 || this.known.at(-1)?.seq === head.seq) return
    if (this.known.length >= knownRowsMax) this.known = this.known.filter((_, n) => n % 2 === 1)
    this.known.push(head)
  }

  /** Null while the file is locked. */
  private read(seqs: readonly number[]): LedgerHead[] | null {
    try {
      using db = openReader(this.db)
      const row = db.prepare('SELECT * FROM ledger_row WHERE nodeId = ? AND seq = ?')
      return seqs.map((seq) => {
        const found = row.get(this.nodeId, seq)
        return { seq, hash: found === undefined ? '' : storedOfSql(found).hash }
      })
    } catch (error) {
      const code = sqliteCode(error)
      if (code === null) throw error
      if (primaryCode(code) === sqliteBusy) return null
      throw overwritten(this.db, error instanceof Error ? error.message : '')
    }
  }
}

const overwritten = (file: string, what: Why): LaneFault =>
  new LaneFault('LEDGER-09', {
    file,
    note: joinedWhy([t('车道运行时它被覆盖了', 'it was written over while the lanes ran'), what]),
  })

/** Call after the ledger was opened: all its files exist then, and no file ever becomes shorter. */
export function watchLedger(dir: string, nodeId: string, headOf: () => LedgerHead): LedgerWatch {
  const { db, wal, head } = ledgerFiles(dir)
  const rows = new KnownRows(db, nodeId, headOf())
  let looks = 0
  const known = new Map([db, wal, head].map((file) => [file, identityOf(file)]))
  return {
    look() {
      for (const [file, before] of known) {
        const now = identityOf(file)
        if (before === null) {
          known.set(file, now)
          continue
        }
        const stop = (note: BilingualText): never => {
          throw new LaneFault('LEDGER-09', { file, note })
        }
        if (now === null)
          return stop(t('车道运行时它被删除了', 'it was removed while the lanes ran'))
        if (now.ino !== before.ino || now.dev !== before.dev)
          return stop(
            t(
              '车道运行时有另一个文件放到了它的位置',
              'another file was put in its place while the lanes ran',
            ),
          )
        if (now.size < before.size)
          return stop(
            t(
              `车道运行时它从 ${before.size} 字节被截成 ${now.size} 字节`,
              `it was cut from ${before.size} to ${now.size} bytes while the lanes ran`,
            ),
          )
        known.set(file, now)
      }
      if (++looks % looksARead !== 0) return
      const lost = rows.firstLost(headOf())
      if (lost !== null)
        throw overwritten(
          db,
          t(`第 ${lost} 行不再是写入时的样子`, `row ${lost} is not there as it was written`),
        )
    },
  }
}
