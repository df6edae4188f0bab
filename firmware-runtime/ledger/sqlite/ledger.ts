// Opens the ledger of record: the repair table at start, then one append-only writer.
// Everything a lane relies on is durable when `append` returns (design.md section 4).
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { must, present } from '#base/pure/values/must.ts'
import type { Crypto } from '#base/ports/crypto.ts'
import type { Ledger } from '../ports/ledger.ts'
import { syncFolder } from '#base/files/sync-folder.ts'
import { copyBeforeMigration, newerNote } from './before-migration.ts'
import { openWriter, type Synchronous } from '#base/sqlite/connection.ts'
import { openHeadFile, type HeadFile } from './head-file.ts'
import { headOf, inspect, type Inspection, ledgerFiles, mustBeWritable } from './inspect.ts'
import { type LedgerWatch, watchLedger } from './ledger-watch.ts'
import { type HeadWriter, LedgerWriter } from './ledger-writer.ts'
import { migrate, migrations, newestVersion } from './migrations/index.ts'
import type { Migration } from './migrations/migration.ts'
import { openFault } from '#base/sqlite/open-fault.ts'
import { type RepairRow, repairRowsFor } from './repair.ts'
import { clearSuspect } from './whole-check.ts'

/** Cache for pages that wait for a simulated commit, and for making its indexes, KiB. */
const simulatedCacheKb = 12_288
/** Rows checked at start: more than a busy shift of one lot writes between two starts. */
const checkRowsAtStart = 2_000

export interface LedgerOptions {
  readonly dir: string
  readonly nodeId: string
  readonly chainKey: Uint8Array
  readonly crypto: Crypto
  /** `simulated` never syncs: for the deterministic harness only, refused in a production folder. */
  readonly durability: 'full' | 'simulated'
  /** Program version, for the notes. */
  readonly version: string
  /**
   * End of the stored fold that the start uses: all rows after it are checked, however many, so that no unchecked row
   * enters the fold (ADR 19).
   */
  readonly checkAfterSeq?: number | undefined
  /** The chain key was made by this start. */
  readonly keyIsNew?: boolean | undefined
}

export interface OpenedLedger {
  readonly ledger: Ledger
  readonly repair: { readonly letter: string; readonly note: BilingualText }
  readonly headWriter: HeadWriter
  /** Null: simulated, so nothing on the disk is the ledger yet. */
  readonly watch: LedgerWatch | null
}

/** Options for tests and for the tests of migrations. */
interface LedgerInternals {
  readonly synchronous: Synchronous
  readonly migrations: readonly Migration[]
  readonly checkRows: number
  readonly checkpointPages?: number
}

function mustNotBeProduction(dir: string): void {
  let text: string
  try {
    text = readFileSync(join(dir, 'lot.json'), 'utf8')
  } catch (error) {
    const absent = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    must(absent, 'a lot.json that cannot be read may be one of production')
    return
  }
  const lot: unknown = JSON.parse(text)
  const mode = typeof lot === 'object' && lot !== null && 'mode' in lot ? lot.mode : null
  must(mode === 'demo', 'simulated durability belongs to the harness, not to a production folder')
}

export function openLedger(options: LedgerOptions): OpenedLedger {
  if (options.durability === 'simulated') mustNotBeProduction(options.dir)
  return openLedgerWith(options, {
    synchronous: options.durability === 'full' ? 'FULL' : 'OFF',
    migrations,
    checkRows: checkRowsAtStart,
  })
}

function stopNote(found: Inspection, row: RepairRow, options: LedgerOptions): BilingualText {
  const { headFile, dbHead } = found
  const { firstBadSeq: bad, schemaVersion } = found
  const damage = found.damage === '' ? '' : `, ${found.damage}`
  const seqs = [dbHead.seq, headFile.head?.seq ?? null] as const
  const zh = [
    `账本到 ${seqs[0]}，账本头到 ${seqs[1] ?? '无'}`,
    ...(bad === null ? [] : [`第一个坏行 ${bad}`]),
  ].join(', ')
  const en = [
    `ledger at ${seqs[0]}, head at ${seqs[1] ?? 'none'}`,
    ...(bad === null ? [] : [`first bad row ${bad}`]),
  ].join(', ')
  const { version } = options
  return t(
    `${row.letter}: ${row.why.zh} (${zh}${damage}, 结构 ${schemaVersion}, 程序 ${version})`,
    `${row.letter}: ${row.why.en} (${en}${damage}, schema ${schemaVersion}, program ${version})`,
  )
}

function judge(found: Inspection, options: LedgerOptions): RepairRow {
  const rows = repairRowsFor(found.facts)
  const row = present(rows[0], `a letter stands for ${JSON.stringify(found.facts)}`)
  must(rows.length === 1, `one letter stands for ${JSON.stringify(found.facts)}`)
  if (typeof row.action !== 'object') return row
  const { db, head } = ledgerFiles(options.dir)
  const file = row.letter === 'E' ? head : db
  throw new LaneFault(row.action.stop, { file, note: noteOfStop(found, row, options) })
}

function noteOfStop(found: Inspection, row: RepairRow, options: LedgerOptions): BilingualText {
  if (row.letter !== 'J') return stopNote(found, row, options)
  const { dir, version } = options
  const known = newestVersion(migrations)
  const schema = found.schemaVersion
  const { zh, en } = newerNote({ dir, file: ledgerFiles(dir).db, schema, known, version })
  return t(`${row.letter}: ${zh}`, `${row.letter}: ${en}`)
}

/** Migrates an older ledger; one that has rows is copied first. Returns what the note of the start says of it. */
function migrated(
  db: DatabaseSync,
  found: Inspection,
  options: LedgerOptions,
  list: readonly Migration[],
): BilingualText {
  const { dir, nodeId, durability } = options
  const schema = found.schemaVersion
  if (schema === newestVersion(list)) return t('', '')
  const head = found.dbHead
  const isKept = head.seq > 0 && durability === 'full'
  const file = isKept ? copyBeforeMigration(db, { dir, nodeId, schema, head }) : null
  migrate(db, schema, list)
  return file === null ? t('', '') : t(`;升级前的副本:${file}`, `; the copy from before: ${file}`)
}

/** The database file is made before the head: an interruption here is letter A or N, not E. */
function createDb(path: string, dir: string): void {
  writeFileSync(path, '', { flag: 'a', flush: true })
  syncFolder(dir)
}

/**
 * Drops the parts of a new simulated ledger that are not needed until others read it, and returns the statements that
 * make them again: indexes for searches only, and the trigger against gaps in the numbers, which is half the cost of an
 * insert. The only writer counts numbers itself, and the check of the chain at the end covers them.
 */
function bare(db: DatabaseSync): readonly string[] {
  const found = db
    .prepare(
      `SELECT type, name, sql FROM sqlite_schema
       WHERE (type = 'index' AND sql NOT LIKE 'CREATE UNIQUE%') OR name = 'ledger_row_in_order'`,
    )
    .all()
  for (const { type, name } of found) db.exec(`DROP ${String(type)} ${String(name)}`)
  return found.map(({ sql }) => String(sql))
}

/** `openLedger` with its internals open: for tests only, the product calls `openLedger`. */
export function openLedgerWith(options: LedgerOptions, internals: LedgerInternals): OpenedLedger {
  const { dir, nodeId, crypto, chainKey } = options
  const files = ledgerFiles(dir)
  mustBeWritable(dir)
  const schemaVersion = newestVersion(internals.migrations)
  const { checkRows } = internals
  const place = { dir, nodeId, crypto, chainKey, schemaVersion }
  const { checkAfterSeq, keyIsNew } = options
  const found = inspect({ ...place, checkRows, checkAfterSeq, keyIsNew })
  const row = judge(found, options)
  clearSuspect(dir)
  let db: DatabaseSync | null = null
  let headFile: HeadFile | null = null
  try {
    if (row.action === 'create') createDb(files.db, dir)
    db = openWriter(files.db, internals.synchronous, internals.checkpointPages)
    const copied = migrated(db, found, options, internals.migrations)
    const head = headOf(db, nodeId)
    must(head.seq === found.dbHead.seq, 'nobody wrote between the look and the opening')
    headFile = openHeadFile(files.head, internals.synchronous !== 'OFF')
    if (row.action !== 'go') headFile.write(head)
    const key = { crypto, chainKey }
    const { durability } = options
    const isSimulated = durability === 'simulated'
    // A large cache, so that pages are not written before the rare commits.
    if (isSimulated) db.exec(`PRAGMA cache_size = -${simulatedCacheKb}`)
    const later = isSimulated && row.action === 'create' ? bare(db) : []
    let writer: LedgerWriter | null = null
    const watch = isSimulated ? null : watchLedger(dir, nodeId, () => writer?.head ?? head)
    writer = new LedgerWriter({ db, nodeId, key, head, headFile, durability, watch, later })
    const { headWriter } = writer
    const { zh, en } = row.action === 'go' ? row.why : stopNote(found, row, options)
    const note = t(`${zh}${copied.zh}`, `${en}${copied.en}`)
    return { ledger: writer, repair: { letter: row.letter, note }, headWriter, watch }
  } catch (error) {
    headFile?.close()
    db?.close()
    throw openFault(error, files.db) ?? error
  }
}
