// Builds the ledger of an older program from that of a newer one: the copy from before the migration, and the later rows
// verbatim, each checked by the chain key. The newer file is only read; its rows, numbers and hashes stay the same.
import { copyFileSync, existsSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { removePath, renamePath } from '#base/files/held-path.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { t } from '#base/pure/words/fault-text.ts'
import type { LedgerHead } from '../ports/ledger.ts'
import { syncFile, syncFolder } from '#base/files/sync-folder.ts'
import { mustHaveRoom } from './backup.ts'
import { copyName } from './before-migration.ts'
import { checkChain, storedRows } from './chain.ts'
import {
  applicationId,
  openReader,
  openWriter,
  pragma,
  primaryCode,
  sqliteCode,
  sqliteConstraint,
} from '#base/sqlite/connection.ts'
import { headOf, ledgerFiles } from './inspect.ts'
import { migrate, newestVersion } from './migrations/index.ts'
import type { Migration } from './migrations/migration.ts'
import { openFault } from '#base/sqlite/open-fault.ts'
import {
  bytesOfHash,
  chainBytes,
  lowerHexOf,
  rowColumns,
  type ChainKey,
  type StoredRow,
} from './row-text.ts'
import { isSchemaWhole } from './schema-check.ts'
import { damageIn } from './whole-check.ts'

/** Moments of a way back after which the next start goes on, or begins again; in order. */
export const olderSteps = [
  'begun',
  'based',
  'carried',
  'proved',
  'made',
  'aside',
  'logAside',
  'placed',
] as const
type OlderStep = (typeof olderSteps)[number]

interface OlderOptions extends ChainKey {
  readonly dir: string
  readonly nodeId: string
  /** Version of the newer program, for the name of the file that is kept aside. */
  readonly newer: string
  /** All schemas that this program knows. */
  readonly migrations: readonly Migration[]
  /** For tests: called when the step is done. */
  reached?(step: OlderStep): void
}

interface OlderLedger {
  readonly head: LedgerHead
  /** Rows of the copy from before; 0: all rows were carried over; null: an earlier start made the file. */
  readonly copied: number | null
  /** Where the newer file lies now. */
  readonly aside: string
}

/** Unknown rows that are named; the others are only in the file. */
const unknownMax = 1_000
/** Rows of a transaction: a year of a lot is written in some hundred. */
const batchRows = 5_000

interface UnknownRow {
  readonly seq: number
  readonly kind: string
}

/**
 * Rows of a ledger that came back which this program does not know, oldest first; they are in the chain all the same. Older
 * rows, of a time before the newest copy that a migration left, are not looked at.
 */
export function unknownRows(
  { dir, nodeId, migrations }: Pick<OlderOptions, 'dir' | 'nodeId' | 'migrations'>,
  isKnown: (row: StoredRow) => boolean,
): readonly UnknownRow[] {
  using db = openReader(ledgerFiles(dir).db)
  const [copy] = copiesIn(dir, newestVersion(migrations))
  const unknown: UnknownRow[] = []
  for (const row of storedRows(db, nodeId, copy?.rows ?? 0))
    if (unknown.length < unknownMax && !isKnown(row)) unknown.push({ seq: row.seq, kind: row.kind })
  return unknown
}

const tails = ['', '-wal', '-shm', '-journal'] as const

/** Where the file of a newer program is kept. */
export const newerAside = (file: string, newer: string): string =>
  `${file}.newer-${newer.replaceAll(/[^\w.-]/g, '_')}`

const filesOf = (dir: string, newer: string) => ({
  ...ledgerFiles(dir),
  part: join(dir, 'ledger.db.older.part'),
  made: join(dir, 'ledger.db.older'),
  aside: newerAside(ledgerFiles(dir).db, newer),
})

/** Schema of the ledger of a folder; null: there is none. Throws LEDGER-05 and DATA-01 where it cannot be read. */
export function schemaHere(dir: string): number | null {
  const { db: file } = ledgerFiles(dir)
  if (!existsSync(file)) return null
  try {
    using db = openReader(file)
    return Number(pragma(db, 'user_version'))
  } catch (error) {
    throw openFault(error, file) ?? error
  }
}

/** The newer file was moved aside, and the older one is not in its place yet. */
export const isBetween = (dir: string): boolean =>
  existsSync(join(dir, 'ledger.db.older')) && !existsSync(ledgerFiles(dir).db)

/**
 * Rows of the ledger from the first start of a version on, the newest run of its starts; 0: it started none. For a ledger of
 * any schema; null where it cannot be read.
 */
export function rowsBy(dir: string, nodeId: string, version: string): number | null {
  const starts = `SELECT seq, json_extract(body, '$.version') AS version FROM ledger_row
    WHERE kind = 'boot' AND nodeId = ? ORDER BY seq DESC`
  try {
    using db = openReader(ledgerFiles(dir).db)
    let first: number | null = null
    for (const row of db.prepare(starts).iterate(nodeId)) {
      if (row['version'] !== version) break
      first = Number(row['seq'])
    }
    return first === null ? 0 : headOf(db, nodeId).seq - first + 1
  } catch (error) {
    if (sqliteCode(error) === null) throw error
    return null
  }
}

const hashAt = (db: DatabaseSync, nodeId: string, seq: number): string | null => {
  for (const row of storedRows(db, nodeId, seq - 1)) return row.seq === seq ? row.hash : null
  return null
}

/** Copies from before a migration that this program could read, those with the most rows first. */
function copiesIn(dir: string, known: number) {
  const folder = join(dir, 'backup')
  const found = (existsSync(folder) ? readdirSync(folder) : []).flatMap((name) => {
    const copy = copyName(name)
    return copy !== null && copy.schema <= known ? [{ file: join(folder, name), ...copy }] : []
  })
  return found.toSorted((a, b) => b.rows - a.rows)
}

/** Whole, with an unbroken chain, and with the very rows of the newer file up to its end. */
function isSound(file: string, rows: number, newer: DatabaseSync, options: OlderOptions): boolean {
  try {
    using db = openReader(file)
    const schema = Number(pragma(db, 'user_version'))
    if (pragma(db, 'application_id') !== applicationId || damageIn(db) !== null) return false
    if (!isSchemaWhole(db, schema, options.migrations)) return false
    const { firstBadSeq, last } = checkChain(db, options, 0)
    const isWhole = firstBadSeq === null && last.seq === rows
    return isWhole && hashAt(newer, options.nodeId, rows) === last.hash
  } catch (error) {
    if (sqliteCode(error) === null) throw error
    return false
  }
}

function removePart(part: string): void {
  for (const tail of tails) removePath(`${part}${tail}`, { force: true })
}

/** The base in the part: the newest sound copy, else an empty ledger. Returns its number of rows. */
function based(part: string, newer: DatabaseSync, options: OlderOptions): number {
  const { dir, migrations } = options
  const copy = copiesIn(dir, newestVersion(migrations)).find(({ file, rows }) =>
    isSound(file, rows, newer, options),
  )
  if (copy === undefined) writeFileSync(part, '', { mode: 0o600 })
  else copyFileSync(copy.file, part)
  using db = openWriter(part, 'FULL')
  migrate(db, Number(pragma(db, 'user_version')), migrations)
  return copy?.rows ?? 0
}

/** Appends the rows after the base. Throws LEDGER-04 at the first row that the chain does not prove. */
function carry(part: string, newer: DatabaseSync, options: OlderOptions): void {
  const { dir, nodeId } = options
  const { db: file } = ledgerFiles(dir)
  using db = openWriter(part, 'FULL')
  const insert = db.prepare(
    `INSERT INTO ledger_row (${rowColumns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  let { seq, hash } = headOf(db, nodeId)
  let bytes = bytesOfHash(hash)
  db.exec('BEGIN IMMEDIATE')
  for (const row of storedRows(newer, nodeId, seq)) {
    bytes = chainBytes(options, bytes, row)
    hash = lowerHexOf(bytes)
    if (row.seq !== seq + 1 || row.hash !== hash)
      throw new LaneFault('LEDGER-04', { file, field: `seq ${row.seq}` })
    ;({ seq } = row)
    const refs = [row.laneId, row.stayId, row.orderId, row.deductionId]
    const { kind, atMs, amountFen, bodyText } = row
    try {
      insert.run(nodeId, seq, kind, atMs, ...refs, amountFen, bodyText, bytes)
    } catch (error) {
      if (primaryCode(sqliteCode(error) ?? 0) !== sqliteConstraint) throw error
      throw new LaneFault('LEDGER-10', {
        file,
        field: `seq ${seq}`,
        value: kind,
        note: String(error),
      })
    }
    if (seq % batchRows === 0) db.exec('COMMIT; BEGIN IMMEDIATE')
  }
  // One file without a log, so that it can be renamed.
  db.exec('COMMIT; PRAGMA journal_mode = DELETE')
}

const countOf = (db: DatabaseSync): number =>
  Number(db.prepare('SELECT count(*) AS n FROM ledger_row').get()?.['n'])

/** Throws LEDGER-03 unless the file has every row of the newer one, and LEDGER-05 unless SQLite finds it whole. */
function mustBeSame(part: string, newer: DatabaseSync, { dir, nodeId }: OlderOptions): void {
  using db = openReader(part)
  const { db: file } = ledgerFiles(dir)
  const [mine, theirs] = [headOf(db, nodeId), headOf(newer, nodeId)]
  const isSame = mine.seq === theirs.seq && mine.hash === theirs.hash
  if (!isSame || countOf(db) !== countOf(newer))
    throw new LaneFault('LEDGER-03', {
      file,
      note: t('有几行带不过来', 'some rows cannot be carried over'),
    })
  const damage = damageIn(db)
  if (damage !== null) throw new LaneFault('LEDGER-05', { file: part, note: damage })
}

/** Builds `ledger.db.older`, whole and synced; the newer ledger stays as it is. Returns the rows of the copy. */
function make(options: OlderOptions): number {
  const { dir, newer: version, reached } = options
  const { db: file, part, made } = filesOf(dir, version)
  mustHaveRoom(dir)
  for (const left of [part, made]) removePart(left)
  reached?.('begun')
  using newer = openReader(file)
  // One view of the newer file, whoever looks at it meanwhile.
  newer.exec('BEGIN')
  const copied = based(part, newer, options)
  reached?.('based')
  carry(part, newer, options)
  reached?.('carried')
  mustBeSame(part, newer, options)
  syncFile(part)
  reached?.('proved')
  renamePath(part, made)
  syncFolder(dir)
  reached?.('made')
  return copied
}

/** Puts the made file in place of the newer one, which is kept with its log; goes on where an earlier swap ended. */
function swap({ dir, newer, reached }: OlderOptions): string {
  const { db, wal, made, aside } = filesOf(dir, newer)
  if (existsSync(db)) {
    // Of an earlier attempt with this version: rows are only added, so the present file has all of it.
    for (const tail of tails) removePath(`${aside}${tail}`, { force: true })
    renamePath(db, aside)
    syncFolder(dir)
  }
  reached?.('aside')
  // A log of the newer file beside the older one would be played into it.
  if (existsSync(wal) && statSync(wal).size > 0) renamePath(wal, `${aside}-wal`)
  removePath(wal, { force: true })
  removePath(`${db}-shm`, { force: true })
  syncFolder(dir)
  reached?.('logAside')
  renamePath(made, db)
  syncFolder(dir)
  reached?.('placed')
  return aside
}

function headIn(file: string, nodeId: string): LedgerHead {
  using db = openReader(file)
  return headOf(db, nodeId)
}

/**
 * Replaces a ledger of a newer schema by one of this program with the same rows. Throws LEDGER-03, -04, -05, -10, DATA-01 or
 * DATA-02; then the newer ledger is in its place. Killed at any moment it is called again.
 */
export function toOlderLedger(options: OlderOptions): OlderLedger {
  const { dir, newer } = options
  const { db, part, made } = filesOf(dir, newer)
  try {
    const copied = isBetween(dir) ? null : make(options)
    const head = headIn(made, options.nodeId)
    return { copied, head, aside: swap(options) }
  } catch (error) {
    removePart(part)
    throw openFault(error, db) ?? error
  }
}
