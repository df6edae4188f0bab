// How long the path of a data folder may be: SQLite takes names of up to 512 bytes, and those of backups are the longest in it.
// Chinese words take three bytes a character.
import { t } from '../../core/values/fault-text.ts'
import { resolve } from 'node:path'
import { LaneFault } from '../../core/faults/faults.ts'

/** 400 letters, or 133 Chinese characters; more than the 260 of old programs of Windows. */
const folderBytesMax = 400

/** DATA-03: a ledger there could not be opened, and would look damaged. */
export function mustFit(dir: string): void {
  const bytes = Buffer.byteLength(resolve(dir))
  if (bytes <= folderBytesMax) return
  const note = t(
    `${bytes} 字节,最多 ${folderBytesMax}`,
    `${bytes} bytes, at most ${folderBytesMax}`,
  )
  throw new LaneFault('DATA-03', { file: dir, note })
}
