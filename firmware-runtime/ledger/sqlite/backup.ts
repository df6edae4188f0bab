// Copies a ledger during writes, then opens the copy and checks it from the first row.
// A backup that was not read back does not count (reliability-security.md 2.9).
import { t, type Why } from '#base/pure/words/fault-text.ts'
import {
  closeSync,
  existsSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  statfsSync,
  statSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { backup, DatabaseSync } from 'node:sqlite'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { LedgerVerdict } from '../ports/ledger-reader.ts'
import type { NightlyBackup } from '../ports/upkeep-service.ts'
import { backupName, bytesInMb, nextBackupNumber, onDisk } from '../files/upkeep-files.ts'
import { syncFile, syncFolder } from '#base/files/sync-folder.ts'
import { openReader, pragma } from '#base/sqlite/connection.ts'
import { type HeadReading, readHeadFile } from './head-file.ts'
import { ledgerFiles } from './inspect.ts'
import type { ReaderOptions } from './ledger-reader.ts'
import { openFault } from '#base/sqlite/open-fault.ts'
import { verifyDb } from './verify.ts'
import { databasePath } from '#base/sqlite/database-path.ts'
import { removePath, renamePath } from '#base/files/held-path.ts'

interface BackupOptions extends ReaderOptions {
  /** Full path of the copy; an earlier copy there stays until the new one is proven. */
  readonly to: string
  /** Its final name, from its content; absent: `to`. */
  named?(verdict: LedgerVerdict): string
}

interface BackupResult {
  readonly file: string
  readonly verdict: LedgerVerdict
}

/** FAT32 takes no file of this length. */
const fatLength = 2 ** 32

/**
 * The place is tested first: SQLite would report an unwritable place, or a disk that takes no file of `bytes`, as a damaged
 * ledger.
 */
function mustTake(part: string, to: string, bytes: number): void {
  try {
    removePart(part)
    const handle = openSync(part, 'wx', 0o600)
    try {
      // On FAT a length is written out in full, so only one that it refuses is tried.
      if (bytes >= fatLength) ftruncateSync(handle, bytes)
      ftruncateSync(handle)
    } finally {
      closeSync(handle)
    }
  } catch (error) {
    const fault = openFault(error, to)
    if (existsSync(part)) removePart(part)
    if (fault?.code === 'DATA-02') throw fault
    if (String(error).includes('EFBIG'))
      throw new LaneFault('FILE-01', { file: to, note: String(error) })
    throw new LaneFault('FILE-01', {
      file: to,
      note: t(`那里放不了副本:${String(error)}`, `no copy can be put there: ${String(error)}`),
    })
  }
}

async function copy(from: string, to: string): Promise<void> {
  const db = openReader(from)
  try {
    // A read transaction: otherwise each row written meanwhile restarts the copy, which never ends beside a busy lot
    // (measured: 399 rows, 399 restarts).
    db.exec('BEGIN')
    pragma(db, 'schema_version')
    await backup(db, databasePath(to))
  } finally {
    db.close()
  }
  // One file without a log beside it, synced before it is renamed.
  const made = new DatabaseSync(databasePath(to))
  try {
    made.exec('PRAGMA synchronous = FULL')
    made.exec('PRAGMA journal_mode = DELETE')
  } finally {
    made.close()
  }
  syncFile(to)
}

/** Judged against the head from before the copy began: the copy has at least those rows. */
function verdictOf(part: string, options: BackupOptions, headFile: HeadReading): LedgerVerdict {
  using db = openReader(part)
  return verifyDb(db, { ...options, headFile })
}

/**
 * Throws FILE-01 without a place for it, DATA-02 on a full disk, LEDGER-03, -04 or -05 when the copy is not sound. The
 * last good copy stays in place.
 */
export async function backupLedger(options: BackupOptions): Promise<BackupResult> {
  const part = `${options.to}.part`
  const note = (why: Why): { file: string; note: Why } => ({ file: options.to, note: why })
  mustTake(
    part,
    options.to,
    statSync(ledgerFiles(options.dir).db, { throwIfNoEntry: false })?.size ?? 0,
  )
  try {
    const headFile = readHeadFile(ledgerFiles(options.dir).head)
    await copy(ledgerFiles(options.dir).db, part)
    const verdict = verdictOf(part, options, headFile)
    // An invalid checkpoint is reported and the copy kept: it has every row of the ledger.
    const unsound = verdict.faults.find(({ code }) => code !== 'LEDGER-07')
    if (unsound !== undefined)
      throw new LaneFault(unsound.code, note(t('这份备份不完好', 'the copy is not sound')))
    const file = options.named?.(verdict) ?? options.to
    renamePath(part, file)
    syncFolder(dirname(file))
    return { file, verdict }
  } catch (error) {
    removePart(part)
    throw openFault(error, options.to) ?? error
  }
}

/** Also removes files of an earlier process: an old log beside a new copy would be played into it. */
function removePart(part: string): void {
  for (const tail of ['', '-wal', '-shm', '-journal']) removePath(`${part}${tail}`, { force: true })
}

/** `DIR/backup/NAME.db`, the name being given by the caller, which owns the clock. */
export const backupPath = (dir: string, name: string): string => join(dir, 'backup', `${name}.db`)

/** A copy must leave the space that the ledger needs. */
const reserveBytes = 64 * bytesInMb

export function mustHaveRoom(dir: string): void {
  const { db, wal } = ledgerFiles(dir)
  const needed = [db, wal].reduce(
    (sum, file) => sum + (existsSync(file) ? statSync(file).size : 0),
    0,
  )
  const { bavail, bsize } = statfsSync(dir)
  if (bavail * bsize >= needed + reserveBytes) return
  const [free, wanted] = [bavail * bsize, needed + reserveBytes].map((n) =>
    Math.ceil(n / bytesInMb),
  )
  throw new LaneFault('DATA-02', { file: db, note: `${wanted} MB wanted, ${free} MB free` })
}

/** The backup of one night: numbered and dated, with its rows in the name. */
export async function backupNightly(
  options: ReaderOptions,
  atMs: InstantMs,
): Promise<NightlyBackup> {
  const folder = join(options.dir, 'backup')
  const number = onDisk(folder, () => {
    mustHaveRoom(options.dir)
    mkdirSync(folder, { recursive: true })
    return nextBackupNumber(folder)
  })
  const nameOf = ({ rows }: LedgerVerdict): string => backupName({ number, atMs, rows })
  const { verdict } = await backupLedger({
    ...options,
    to: backupPath(options.dir, 'nightly'),
    named: (found) => join(folder, nameOf(found)),
  })
  const copy = { file: nameOf(verdict), number, atMs, rows: verdict.rows }
  return { copy, fault: verdict.faults[0] ?? null }
}
