// Whether the files of an open ledger are still those that were opened: not removed, replaced or cut short.
// SQLite goes on writing into a file that has no name any more, and every row of it is lost at the end.
import { statSync } from 'node:fs'
import { LaneFault } from '../../core/values/faults.ts'
import { ledgerFiles } from './inspect.ts'

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

/** Call when the ledger is open: then all its files are there, and none of them ever shrinks. */
export function watchLedger(dir: string): LedgerWatch {
  const { db, wal, head } = ledgerFiles(dir)
  const known = new Map([db, wal, head].map((file) => [file, identityOf(file)]))
  return {
    look() {
      for (const [file, before] of known) {
        const now = identityOf(file)
        if (before === null) {
          known.set(file, now)
          continue
        }
        const stop = (note: string): never => {
          throw new LaneFault('LEDGER-09', { file, note })
        }
        if (now === null) return stop('it was removed while the lanes ran')
        if (now.ino !== before.ino || now.dev !== before.dev)
          return stop('another file was put in its place while the lanes ran')
        if (now.size < before.size)
          return stop(`it was cut from ${before.size} to ${now.size} bytes while the lanes ran`)
        known.set(file, now)
      }
    },
  }
}
