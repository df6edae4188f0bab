// Detects that the files of an open ledger were removed, replaced, cut or overwritten, at each look and before each write.
// SQLite would continue with what it has in memory, and the rows would be lost at the end.
import { type BilingualText, joinedWhy, t, type Why } from '#base/pure/words/fault-text.ts'
import { lstatSync, statSync } from 'node:fs'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import type { LedgerHead } from '../ports/ledger.ts'
import { openReader, primaryCode, sqliteBusy, sqliteCode } from '#base/sqlite/connection.ts'
import { ledgerFiles } from './inspect.ts'
import { storedOfSql } from './row-text.ts'

interface Identity {
  readonly dev: bigint
  readonly ino: bigint
  readonly size: bigint
  /** Inode of the link in its place; null: it is the file itself. */
  readonly link: bigint | null
}

export interface LedgerWatch {
  /** Throws LEDGER-09 with the file and what happened to it, LEDGER-12 where the files cannot be reached. */
  look(): void
  /** The same before rows are written; before a charge the rows in the file are compared, too. */
  beforeWriting(kinds: readonly LedgerRow['kind'][]): void
}

/** Rows with which money begins to move, or is taken by hand; the payment of an outcome follows a charge that was looked at. */
const isCharge = (kinds: readonly LedgerRow['kind'][]): boolean =>
  kinds.some((kind) => kind === 'intent' || kind === 'pay') ||
  (kinds.includes('payment') && !kinds.includes('outcome'))

const stat = { bigint: true, throwIfNoEntry: false } as const

/**
 * By stat only: opening and closing the file would release SQLite's own locks on it. A link in the place of the file is
 * another file, also where it leads to the same one: SQLite would look for the log beside its target.
 */
function identityOf(file: string, lstat: typeof lstatSync): Identity | null {
  try {
    const own = lstat(file, stat)
    if (own === undefined) return null
    const { dev, ino, size } = own
    if (!own.isSymbolicLink()) return { dev, ino, size, link: null }
    const target = statSync(file, stat)
    return target === undefined
      ? null
      : { dev: target.dev, ino: target.ino, size: target.size, link: ino }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
    if (error.code === 'ENOTDIR') return null
    throw new LaneFault('LEDGER-12', { file, note: String(error.code) })
  }
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
  private turn = 0

  constructor(db: string, nodeId: string, head: LedgerHead) {
    this.db = db
    this.nodeId = nodeId
    const step = Math.max(1, Math.floor(head.seq / (knownRowsMax / 2)))
    const seqs = Array.from({ length: knownRowsMax / 2 }, (_, n) => head.seq - n * step)
    this.known = this.read(seqs.filter((seq) => seq > 0).reverse()) ?? []
  }

  /** Before a charge: the newest known row, and one of the others in turn. */
  firstLostOfTwo(head: LedgerHead): number | null {
    const [newest, ...others] = [...this.known].reverse()
    const other = others[this.turn++ % Math.max(1, others.length)]
    return this.lostOf(
      [newest, other].filter((one) => one !== undefined),
      head,
    )
  }

  /** Number of the first row that is missing or changed; null without one. */
  firstLost(head: LedgerHead): number | null {
    return this.lostOf(this.known, head)
  }

  private lostOf(known: readonly LedgerHead[], head: LedgerHead): number | null {
    const found = this.read(known.map(({ seq }) => seq))
    if (found === null) return null
    const lost = known.find(({ hash }, n) => found[n]?.hash !== hash)
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

/** Throws LEDGER-09; `before` null: the file was not there yet. */
function mustBeSame(file: string, before: Identity | null, now: Identity | null): void {
  if (before === null) return
  const stop = (note: BilingualText): never => {
    throw new LaneFault('LEDGER-09', { file, note })
  }
  if (now === null) return stop(t('车道运行时它被删除了', 'it was removed while the lanes ran'))
  if (now.link !== before.link || now.ino !== before.ino || now.dev !== before.dev)
    return stop(
      t(
        '车道运行时有另一个文件放到了它的位置',
        'another file was put in its place while the lanes ran',
      ),
    )
  if (now.size < before.size)
    stop(
      t(
        `车道运行时它从 ${before.size} 字节被截成 ${now.size} 字节`,
        `it was cut from ${before.size} to ${now.size} bytes while the lanes ran`,
      ),
    )
}

/** Call after the ledger was opened: all its files exist then, and no file ever becomes shorter. */
export function watchLedger(
  dir: string,
  nodeId: string,
  headOf: () => LedgerHead,
  lstat = lstatSync,
): LedgerWatch {
  const { db, wal, shm, head } = ledgerFiles(dir)
  const rows = new KnownRows(db, nodeId, headOf())
  let looks = 0
  const identity = (file: string): Identity | null => identityOf(file, lstat)
  const known = new Map([db, wal, shm, head].map((file) => [file, identity(file)]))
  const files = (): void => {
    for (const [file, before] of known) {
      const now = identity(file)
      mustBeSame(file, before, now)
      known.set(file, now)
    }
  }
  const inside = (lost: number | null): void => {
    if (lost !== null)
      throw overwritten(
        db,
        t(`第 ${lost} 行不再是写入时的样子`, `row ${lost} is not there as it was written`),
      )
  }
  return {
    look() {
      files()
      if (++looks % looksARead === 0) inside(rows.firstLost(headOf()))
    },
    beforeWriting(kinds) {
      files()
      if (isCharge(kinds)) inside(rows.firstLostOfTwo(headOf()))
    },
  }
}
