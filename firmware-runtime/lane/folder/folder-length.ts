// The longest path of a data folder: SQLite accepts names of up to 512 bytes, and the backups have the longest names in
// it.
// Chinese characters take three bytes.
import { t } from '#base/pure/words/fault-text.ts'
import { resolve } from 'node:path'
import { LaneFault } from '#base/pure/faults/faults.ts'

/** 400 letters, or 133 Chinese characters; more than the 260 that old Windows programs support. */
const folderBytesMax = 400

/** Throws DATA-03: SQLite could not open a ledger under a longer path, which would look like damage. */
export function mustFit(dir: string): void {
  const bytes = Buffer.byteLength(resolve(dir))
  if (bytes <= folderBytesMax) return
  const note = t(
    `${bytes} 字节,最多 ${folderBytesMax}`,
    `${bytes} bytes, at most ${folderBytesMax}`,
  )
  throw new LaneFault('DATA-03', { file: dir, note })
}
