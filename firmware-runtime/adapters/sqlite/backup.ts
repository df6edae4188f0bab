// Copies a ledger while it is written to, then opens the copy and checks it from the first row.
// A backup that nobody read back does not count (reliability-security.md 2.9).
import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { backup, DatabaseSync } from 'node:sqlite'
import { LaneFault } from '../../core/values/faults.ts'
import type { LedgerVerdict } from '../../ports/ledger-reader.ts'
import { openReader, syncFolder } from './connection.ts'
import { readHeadFile } from './head-file.ts'
import type { HeadReading } from './head-file.ts'
import { ledgerFiles } from './inspect.ts'
import type { ReaderOptions } from './ledger-reader.ts'
import { openFault } from './open-fault.ts'
import { verifyDb } from './verify.ts'

export interface BackupOptions extends ReaderOptions {
  /** Full path of the copy; an earlier copy there stays until the new one is proven. */
  readonly to: string
}

export interface BackupResult {
  readonly file: string
  readonly verdict: LedgerVerdict
}

async function copy(from: string, to: string): Promise<void> {
  const db = openReader(from)
  try {
    await backup(db, to)
  } finally {
    db.close()
  }
  // One file that needs no log beside it, synced before it is named.
  const made = new DatabaseSync(to)
  try {
    made.exec('PRAGMA synchronous = FULL')
    made.exec('PRAGMA journal_mode = DELETE')
  } finally {
    made.close()
  }
  const fd = openSync(to, 'r+')
  try {
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}

/** Judged against the head as it was before the copy began: the copy has at least those rows. */
function verdictOf(part: string, options: BackupOptions, headFile: HeadReading): LedgerVerdict {
  const db = openReader(part)
  try {
    return verifyDb(db, { ...options, headFile })
  } finally {
    db.close()
  }
}

/** DATA-02: no room; LEDGER-03, -04 or -05: the copy is not sound. The last good copy stays in place. */
export async function backupLedger(options: BackupOptions): Promise<BackupResult> {
  const part = `${options.to}.part`
  const note = (why: string): { file: string; note: string } => ({ file: options.to, note: why })
  try {
    rmSync(part, { force: true })
    const headFile = readHeadFile(ledgerFiles(options.dir).head)
    await copy(ledgerFiles(options.dir).db, part)
    const verdict = verdictOf(part, options, headFile)
    const [unsound] = verdict.faults
    if (unsound !== undefined) throw new LaneFault(unsound.code, note('the copy is not sound'))
    renameSync(part, options.to)
    syncFolder(dirname(options.to))
    return { file: options.to, verdict }
  } catch (error) {
    for (const tail of ['', '-wal', '-shm', '-journal']) rmSync(`${part}${tail}`, { force: true })
    throw openFault(error, options.to) ?? error
  }
}

/** `DIR/backup/NAME.db`, the name being given by the caller, which owns the clock. */
export const backupPath = (dir: string, name: string): string => join(dir, 'backup', `${name}.db`)
