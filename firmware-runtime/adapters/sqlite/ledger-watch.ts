// Whether the files of an open ledger are still those that were opened: not removed, replaced, cut short,
// or written over. SQLite goes on with what it remembers of them, and the rows are lost at the end.
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
  /** Throws LEDGER-09 with the file and what became of it. */
  look(): void
}

/** By name only: a file that is opened and closed again takes SQLite's own locks off it. */
function identityOf(file: string): Identity | null {
  const found = statSync(file, { bigint: true, throwIfNoEntry: false })
  return found === undefined || found.nlink === 0n ? null : found
}

/** Rows that are read again from the file, spread over the ledger; some two milliseconds. */
const knownRowsMax = 32
/** Of so many looks one reads rows; the files themselves are looked at each time. */
const looksARead = 3

/** Rows as they were written, to be found again by a connection that remembers nothing. */
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

  /** The first row that is not there as it was; null when all are. */
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

  /** Null where the file is in use for a moment. */
  private read(seqs: readonly number[]): LedgerHead[] | null {
    try {
      const db = openReader(this.db)
      try {
        const row = db.prepare('SELECT * FROM ledger_row WHERE nodeId = ? AND seq = ?')
        return seqs.map((seq) => {
          const found = row.get(this.nodeId, seq)
          return { seq, hash: found === undefined ? '' : storedOfSql(found).hash }
        })
      } finally {
        db.close()
      }
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

/** Call when the ledger is open: then all its files are there, and none of them ever shrinks. */
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
