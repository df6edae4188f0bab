// Files made at a person's request below the data folder: captures, and profiles for review.
// An existing file is never replaced.
import { t } from '../pure/words/fault-text.ts'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { orDiskFault } from '../pure/faults/disk-fault.ts'
import { LaneFault } from '../pure/faults/faults.ts'
import { exportFile } from './exported-file.ts'

const nameShape = /^[A-Za-z0-9][A-Za-z0-9._-]{0,80}$/

/** Throws FILE-03 when it exists, FILE-04 and FILE-05 when it cannot be written. */
export function keepFile(dir: string, folder: string, name: string, bytes: Uint8Array): string {
  const place = join(dir, ...folder.split('/'))
  const file = join(place, name)
  if (!nameShape.test(name))
    throw new LaneFault('FILE-01', { file, note: t('不是文件名', 'not a file name') })
  orDiskFault({ file, otherwise: 'FILE-05', whenFull: 'FILE-05' }, () =>
    mkdirSync(place, { recursive: true }),
  )
  exportFile(file, bytes)
  return file
}
