// The fault of a ledger that cannot be opened: full disk, missing rights, or damage.
// A full disk must not be reported as damage: it heals when there is space again.
import { type FaultCode, LaneFault } from '../pure/faults/faults.ts'
import { primaryCode, sqliteCode, sqliteFull, sqliteReadOnly } from './connection.ts'

/** The shared-memory file could not grow (SQLITE_IOERR_SHMSIZE). */
const shmSize = 4874
const perm = 3

const systemFaults: Record<string, FaultCode> = {
  ENOSPC: 'DATA-02',
  EDQUOT: 'DATA-02',
  EACCES: 'DATA-01',
  EPERM: 'DATA-01',
  EROFS: 'DATA-01',
}

/** Busy, locked, no memory, interrupted, disk error, cannot open now, lock protocol: the file itself may be sound. */
const passing: readonly number[] = [5, 6, 7, 9, 10, 14, 15]

function sqliteFault(code: number): FaultCode {
  const primary = primaryCode(code)
  if (primary === sqliteFull || code === shmSize) return 'DATA-02'
  if (primary === perm || primary === sqliteReadOnly) return 'DATA-01'
  return 'LEDGER-05'
}

/** The fault, or null when the error is a bug and not a disk error. */
export function openFault(error: unknown, file: string): LaneFault | null {
  if (error instanceof LaneFault) return error
  const detail = { file, note: String(error) }
  const code = sqliteCode(error)
  if (code !== null) {
    const may = passing.includes(primaryCode(code)) ? ({ mayPass: true } as const) : {}
    return new LaneFault(sqliteFault(code), { ...detail, ...may })
  }
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null
  const fault = systemFaults[error.code]
  return fault === undefined ? null : new LaneFault(fault, detail)
}
