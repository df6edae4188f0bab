// Inspects a data folder without changing it.
// The database is opened read-only, so that a folder that must stop the start stays as it was found.
import { accessSync, constants, existsSync, readdirSync, statSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'
import { join } from 'node:path'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { LedgerHead } from '../ports/ledger.ts'
import { foldFileNames } from '../files/fold-file.ts'
import { readBackupName } from '../files/upkeep-files.ts'
import { checkChain } from './chain.ts'
import { applicationId, openReader, openWriter, pragma } from '#base/sqlite/connection.ts'
import { type HeadReading, readHeadFile } from './head-file.ts'
import { openFault } from '#base/sqlite/open-fault.ts'
import type { DiskFacts } from './repair.ts'
import { type ChainKey, storedOfSql, zeroHash } from './row-text.ts'
import { damageIn, isLong, isSuspect, ledgerDb } from './whole-check.ts'

export const ledgerFiles = (
  dir: string,
): { db: string; wal: string; shm: string; journal: string; head: string } => ({
  db: ledgerDb(dir),
  wal: join(dir, 'ledger.db-wal'),
  shm: join(dir, 'ledger.db-shm'),
  journal: join(dir, 'ledger.db-journal'),
  head: join(dir, 'ledger.head'),
})

interface InspectOptions extends ChainKey {
  readonly dir: string
  readonly nodeId: string
  readonly schemaVersion: number
  /** Number of last rows that are checked; `verify` checks all. */
  readonly checkRows: number
  /** Rows after this one are checked in any case: a stored fold ends there. */
  readonly checkAfterSeq?: number | undefined
  /** This start made the chain key, so the key does not prove an earlier start. */
  readonly keyIsNew?: boolean | undefined
}

export interface Inspection {
  readonly facts: DiskFacts
  readonly schemaVersion: number
  readonly dbHead: LedgerHead
  readonly headFile: HeadReading
  /** First row with a wrong hash, or null. */
  readonly firstBadSeq: number | null
  /** SQLite's error message for a damaged file. */
  readonly damage: string
}

const bytesIn = (path: string): number => (existsSync(path) ? statSync(path).size : 0)

/** Throws DATA-01 when the folder or a file in it cannot be written; also for root on a read-only mount. */
export function mustBeWritable(dir: string): void {
  const files = ledgerFiles(dir)
  for (const path of [dir, files.db, files.wal, files.head]) {
    if (path !== dir && !existsSync(path)) continue
    try {
      accessSync(path, constants.R_OK | constants.W_OK)
    } catch (error) {
      throw new LaneFault('DATA-01', { file: path, note: String(error) })
    }
  }
}

/** Last row of the node; seq 0 and zeros for an empty ledger. */
export function headOf(db: DatabaseSync, nodeId: string): LedgerHead {
  const row = db
    .prepare('SELECT seq, hash FROM ledger_row WHERE nodeId = ? ORDER BY seq DESC LIMIT 1')
    .get(nodeId)
  if (row === undefined) return { seq: 0, hash: zeroHash }
  const { seq, hash } = storedOfSql(row)
  return { seq, hash }
}

/** Zeros for no row; empty where the row is missing. */
export function hashAt(db: DatabaseSync, nodeId: string, seq: number): string {
  if (seq === 0) return zeroHash
  const row = db
    .prepare('SELECT hash FROM ledger_row WHERE nodeId = ? AND seq = ?')
    .get(nodeId, seq)
  return row === undefined ? '' : storedOfSql(row).hash
}

type Schema = { readonly db: DiskFacts['db']; readonly version: number }

function schemaOf(db: DatabaseSync, options: InspectOptions): Schema {
  const version = Number(pragma(db, 'user_version'))
  const tables = Number(db.prepare('SELECT count(*) AS n FROM sqlite_schema').get()?.['n'])
  if (tables === 0 && version === 0) return { db: 'empty', version }
  if (pragma(db, 'application_id') !== applicationId) return { db: 'damaged', version }
  if (version > options.schemaVersion) return { db: 'newer', version }
  const ours = db.prepare('SELECT 1 FROM ledger_row WHERE nodeId = ? LIMIT 1').get(options.nodeId)
  const any = db.prepare('SELECT 1 FROM ledger_row LIMIT 1').get()
  if (ours === undefined && any !== undefined) return { db: 'foreign', version }
  return { db: version < options.schemaVersion ? 'older' : 'current', version }
}

function headStandingOf(
  db: DatabaseSync,
  nodeId: string,
  dbSeq: number,
  head: LedgerHead,
): DiskFacts['place'] {
  if (head.seq > dbSeq) return 'ahead'
  if (dbSeq === 0) return head.hash === zeroHash ? 'level' : 'differs'
  if (hashAt(db, nodeId, head.seq) !== head.hash) return 'differs'
  return head.seq === dbSeq ? 'level' : 'behind'
}

const nothing = { dbHead: { seq: 0, hash: zeroHash }, firstBadSeq: null, damage: '' } as const

interface Others {
  /** Rows of the newest nightly backup, from its name. */
  readonly backupRows: number
  readonly any: boolean
}

function othersIn({ dir, keyIsNew }: InspectOptions, hasDb: boolean): Others {
  const folder = join(dir, 'backup')
  const copies = existsSync(folder) ? readdirSync(folder).filter((f) => f.endsWith('.db')) : []
  const backupRows = Math.max(0, ...copies.map((name) => readBackupName(name)?.rows ?? 0))
  const isKept = existsSync(foldFileNames(dir).now)
  // A first start makes the database file before the key, so beside such a file the key proves nothing.
  const isKeyed = !hasDb && keyIsNew !== true && existsSync(join(dir, 'keys', 'chain.key'))
  return { backupRows, any: copies.length > 0 || isKept || isKeyed }
}

/** A stored fold may be newer than a restored backup; the head file was removed in that case. */
function othersOf(found: Others, options: InspectOptions, dbSeq: number, head: HeadReading) {
  const keptSeq = head.head === null ? 0 : (options.checkAfterSeq ?? 0)
  if (Math.max(found.backupRows, keptSeq) > dbSeq) return 'newer'
  return found.any ? 'some' : 'none'
}

/**
 * The hash chain proves rows, not the indexes beside them: a wrong index hides rows or fails at the next car. A longer
 * ledger is checked beside the lanes (lane/lot/upkeep/index-check.ts) and by each backup.
 */
const indexDamage = (db: DatabaseSync, dir: string): string | null =>
  isLong(dir) && !isSuspect(dir) ? null : damageIn(db)

function inspectDb(
  db: DatabaseSync,
  options: InspectOptions,
  wal: DiskFacts['wal'],
  headFile: HeadReading,
): Inspection {
  const schema = schemaOf(db, options)
  const { db: state } = schema
  const beside = othersIn(options, true)
  const others = othersOf(beside, options, 0, headFile)
  const base = {
    db: state,
    wal,
    head: headFile.state,
    place: 'none',
    chain: 'none',
    others,
  } as const
  const found = { ...nothing, schemaVersion: schema.version, headFile }
  if (schema.db === 'empty') {
    const past = headFile.head !== null && headFile.head.seq > 0
    const place = headFile.head === null ? 'none' : past ? 'ahead' : 'level'
    return { ...found, facts: { ...base, place } }
  }
  if (schema.db !== 'current' && schema.db !== 'older') return { ...found, facts: base }
  const dbHead = headOf(db, options.nodeId)
  const place =
    headFile.head === null ? 'none' : headStandingOf(db, options.nodeId, dbHead.seq, headFile.head)
  const { checkRows, checkAfterSeq = Infinity } = options
  const afterSeq = Math.min(dbHead.seq - checkRows, checkAfterSeq)
  const check = checkChain(db, options, Math.max(0, afterSeq))
  const chain: DiskFacts['chain'] = check.firstBadSeq === null ? 'ok' : 'broken'
  const torn = chain === 'ok' ? indexDamage(db, options.dir) : null
  if (torn !== null) return { ...found, damage: torn, facts: { ...base, db: 'damaged' } }
  const facts = {
    ...base,
    place,
    chain,
    others: othersOf(beside, options, dbHead.seq, headFile),
  } as const
  return { ...found, dbHead, firstBadSeq: check.firstBadSeq, facts }
}

/** A hot rollback journal can only be played back by a writer; in normal running no such journal exists. */
const openForLook = (files: ReturnType<typeof ledgerFiles>): DatabaseSync =>
  bytesIn(files.journal) > 0 ? openWriter(files.db, 'FULL') : openReader(files.db)

export function inspect(options: InspectOptions): Inspection {
  const files = ledgerFiles(options.dir)
  const headFile = readHeadFile(files.head)
  const wal = bytesIn(files.wal) > 0 ? 'left' : 'none'
  const isBare = bytesIn(files.db) === 0
  // A first start that was interrupted after making the file: its key is made now.
  const isFirst = isBare && options.keyIsNew === true && wal === 'none'
  const hasDb = existsSync(files.db) && !isFirst
  const others = othersOf(othersIn(options, hasDb), options, 0, headFile)
  const base = { wal, head: headFile.state, place: 'none', chain: 'none', others } as const
  const found = { ...nothing, schemaVersion: 0, headFile }
  // SQLite deletes the write-ahead log of an empty database, and with it every row in it.
  const gone = !hasDb || (isBare && wal === 'left')
  if (gone) return { ...found, facts: { ...base, db: 'absent' } }
  let db: DatabaseSync | null = null
  try {
    db = openForLook(files)
    return inspectDb(db, options, wal, headFile)
  } catch (error) {
    const fault = openFault(error, files.db)
    // A folder in its place does not pass.
    const mayPass = fault?.detail.mayPass === true && statSync(files.db).isFile()
    if (fault?.code !== 'LEDGER-05' || mayPass) throw fault ?? error
    return { ...found, damage: String(error), facts: { ...base, db: 'damaged' } }
  } finally {
    db?.close()
  }
}
