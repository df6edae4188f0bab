// SQLite's check of the tables and indexes of a whole ledger, and its mark in the folder.
// A short ledger is checked at a start, a long one beside the lanes, or at a start after a mark.
import { existsSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { syncFolder } from '#base/files/sync-folder.ts'
import { openReader, pragma } from '#base/sqlite/connection.ts'
import { openFault } from '#base/sqlite/open-fault.ts'
import { removePath } from '#base/files/held-path.ts'

/** A ledger of this size is checked in well under a second; a start must not take longer. */
const atStartBytesMax = 8 * 1024 * 1024
const damageCharsMax = 300

export const ledgerDb = (dir: string): string => join(dir, 'ledger.db')

/** A ledger too long for a start's check. */
export const isLong = (dir: string): boolean => {
  const found = statSync(ledgerDb(dir), { throwIfNoEntry: false })
  return found !== undefined && found.size > atStartBytesMax
}

/** Left by a run that found damage: the next start waits for the whole check. */
const suspectFile = (dir: string): string => join(dir, 'ledger.suspect')

export const isSuspect = (dir: string): boolean => existsSync(suspectFile(dir))

export function markSuspect(dir: string, what: string): void {
  const file = suspectFile(dir)
  try {
    writeFileSync(file, `${what}\n`, { flush: true, mode: 0o600 })
    syncFolder(dir)
  } catch (error) {
    throw openFault(error, file) ?? error
  }
}

/** The whole check found nothing. */
export const clearSuspect = (dir: string): void => removePath(suspectFile(dir), { force: true })

export function damageIn(db: DatabaseSync): string | null {
  // One fault is enough, and finding all faults of a broken file takes long.
  const found = pragma(db, 'integrity_check(1)')
  return found === 'ok' ? null : String(found).slice(0, damageCharsMax)
}

/** SQLite's finding about a ledger that may be written to meanwhile, or null. */
export function damageOf(dir: string): string | null {
  const file = ledgerDb(dir)
  let db: DatabaseSync | null = null
  try {
    db = openReader(file)
    return damageIn(db)
  } catch (error) {
    const fault = openFault(error, file)
    if (fault?.code !== 'LEDGER-05') throw fault ?? error
    return String(error).slice(0, damageCharsMax)
  } finally {
    db?.close()
  }
}
