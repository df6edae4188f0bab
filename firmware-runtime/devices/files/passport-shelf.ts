// Passports of a data folder: DIR/passports/LANE-STAMP.etcpassport, one file each, never replaced.
// Written whole, synced and renamed: a power cut leaves a whole file or none.
import { t } from '#base/pure/words/fault-text.ts'
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { orDiskFault } from '#base/pure/faults/disk-fault.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { passportBytesMax } from '#base/pure/passport/container.ts'
import { openFault } from '#base/sqlite/open-fault.ts'
import { readUpTo } from '#base/files/read-up-to.ts'
import { removePath, renamePath } from '#base/files/held-path.ts'

const passportSuffix = '.etcpassport'
/** `exit-20261120T143000123.etcpassport`. */
const nameShape = /^([a-z][a-z0-9-]{0,15})-(\d{8}T\d{9})\.etcpassport$/

export function readPassportFile(file: string): Uint8Array {
  const bytes = orDiskFault({ file, otherwise: 'FILE-01' }, () => readUpTo(file, passportBytesMax))
  if (bytes.length <= passportBytesMax) return bytes
  throw new LaneFault('PASSPORT-01', {
    file,
    field: 'length',
    note: t('超过 64 MiB', 'longer than 64 MiB'),
  })
}

function writePassportFile(file: string, bytes: Uint8Array): void {
  const part = `${file}.part`
  try {
    writeFileSync(part, bytes, { mode: 0o600, flush: true })
    renamePath(part, file)
  } catch (error) {
    removePath(part, { force: true })
    throw openFault(error, file) ?? new LaneFault('FILE-01', { file, note: String(error) })
  }
}

export function keepPassportIn(
  dir: string,
  laneId: string,
  stamp: string,
  bytes: Uint8Array,
): string {
  const folder = join(dir, 'passports')
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  } catch (error) {
    throw openFault(error, folder) ?? error
  }
  const file = join(folder, `${laneId}-${stamp}${passportSuffix}`)
  writePassportFile(file, bytes)
  return file
}

/** Name of the lane's newest passport, by the time in its name; null without one. */
export function lastPassportIn(dir: string, laneId: string): string | null {
  const folder = join(dir, 'passports')
  if (!existsSync(folder)) return null
  const names = readdirSync(folder).filter((name) => nameShape.exec(name)?.[1] === laneId)
  const last = names.toSorted().at(-1)
  return last === undefined ? null : join(folder, last)
}
