// Reads the spaces of a drawing or table on this machine, up to the limit of its kind.
import { statSync } from 'node:fs'
import type { SpacesRead } from '../../calls/setup-views.ts'
import { orDiskFault } from '#base/pure/faults/disk-fault.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { drawingBytesMax, isDrawingFile, spacesOfFile } from '../../lot/files/spaces-file.ts'
import { readBytes } from '#base/process/read-file.ts'

const tableBytesMax = 800_000

/** Throws FILE-01, LOT-02. */
export async function spacesHere(file: string, layer?: string): Promise<SpacesRead> {
  const most = isDrawingFile(file) ? drawingBytesMax : tableBytesMax
  const { size } = orDiskFault({ file, otherwise: 'FILE-01' }, () => statSync(file))
  if (size > most)
    throw new LaneFault('FILE-01', {
      file,
      field: 'bytes',
      value: String(size),
      note: t(`最大 ${most} 字节`, `at most ${most} bytes`),
    })
  return spacesOfFile(readBytes(file, most), file, layer)
}
