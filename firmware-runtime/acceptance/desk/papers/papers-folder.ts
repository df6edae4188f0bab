// The papers of a data folder: DIR/papers.json, written whole, and attachments as DIR/papers/DIGEST.
// Attachments are never deleted, because a review may refer to them.
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { systemWallClock } from '#base/time/system-clocks.ts'
import { writeWhole } from '#base/files/whole-file.ts'
import { PapersService } from '../service/papers-service.ts'
import { orDiskFault } from '#base/pure/faults/disk-fault.ts'
import { loadLot } from '#lane/folder/lot-file.ts'
import { rulesHere } from '#lane/folder/rules-here.ts'
import { readSession } from '../folder/sessions.ts'
import { isSimulatedHere } from '../folder/provenance-here.ts'
import { paperFacts } from './paper-facts.ts'
import { readPapers } from './papers-file.ts'

export function papersHere(dir: string): PapersService {
  const config = () => loadLot(dir).config
  const nowMs = (): number => systemWallClock().nowMs()
  return new PapersService({
    read: () => readPapers(dir),
    keep(folder) {
      const file = join(dir, 'papers.json')
      orDiskFault({ file }, () => writeWhole(file, JSON.stringify(folder)))
    },
    keepFile(digest, bytes) {
      const file = join(dir, 'papers', digest)
      orDiskFault({ file }, () => {
        mkdirSync(join(dir, 'papers'), { recursive: true })
        if (!existsSync(file)) writeWhole(file, bytes)
      })
    },
    facts: (folder) =>
      paperFacts({ dir, config: config(), session: readSession(dir), folder, nowMs: nowMs() }),
    isSimulated: () => isSimulatedHere(dir, nowMs()),
    drillDays: () => rulesHere(dir, config().provinceCode).limit('K9', 'every'),
    nowMs,
  })
}
