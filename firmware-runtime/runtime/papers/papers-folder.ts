// The papers of a data folder: DIR/papers.json, written whole, and attachments as DIR/papers/DIGEST.
// Attachments are never deleted, because a review may refer to them.
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { drillState, emptyFolder, type PaperFolder } from '../../acceptance/papers/folder.ts'
import { systemWallClock } from '../../adapters/clocks/system-clocks.ts'
import { writeWhole } from '../../adapters/files/whole-file.ts'
import { PapersService } from '../../app/acceptance/papers-service.ts'
import { diskFault } from '../../core/faults/disk-fault.ts'
import { LaneFault } from '../../core/faults/faults.ts'
import type { InstantMs } from '../../core/values/instant.ts'
import { parsed } from '../../core/values/json.ts'
import { loadLot } from '../folder/lot-file.ts'
import { readText } from '../process/read-file.ts'
import { rulesHere } from '../folder/rules-here.ts'
import type { JudgingWorker } from '../acceptance/acceptance-folder.ts'
import type { AcceptanceService } from '../../app/acceptance/acceptance-service.ts'
import { readSession } from '../acceptance/sessions.ts'
import { isSimulatedLot } from '../acceptance/facts-here.ts'
import { paperFacts } from './paper-facts.ts'
import { PapersWorker } from './worker-client.ts'

const signed = { by: z.string(), atIso: z.string() }
const schema = z.strictObject({
  version: z.literal(1),
  answers: z.record(z.string(), z.strictObject({ text: z.string(), ...signed })),
  attachments: z.array(
    z.strictObject({
      paper: z.string(),
      name: z.string(),
      bytes: z.number(),
      digest: z.string().regex(/^[0-9a-f]{64}$/),
      ...signed,
    }),
  ),
  reviews: z.array(
    z.strictObject({
      paper: z.string(),
      accepted: z.boolean(),
      remark: z.string(),
      digest: z.string(),
      ...signed,
    }),
  ),
  drills: z.array(z.strictObject({ heldIso: z.string(), note: z.string(), ...signed })),
})

const bytesMax = 4 * 1024 * 1024

/** Throws FILE-02 for a file that does not contain papers. */
function readPapers(dir: string): PaperFolder {
  const file = join(dir, 'papers.json')
  if (!existsSync(file)) return emptyFolder
  const checked = schema.safeParse(parsed(readText(file, bytesMax)))
  if (checked.success) return checked.data
  const field = `/${checked.error.issues[0]?.path.join('/') ?? ''}`
  throw new LaneFault('FILE-02', { file, field })
}

function kept(file: string, write: () => void): void {
  try {
    write()
  } catch (error) {
    throw diskFault(error, { file })
  }
}

export function papersHere(dir: string): PapersService {
  const config = () => loadLot(dir).config
  const nowMs = (): number => systemWallClock().nowMs()
  return new PapersService({
    read: () => readPapers(dir),
    keep(folder) {
      const file = join(dir, 'papers.json')
      kept(file, () => writeWhole(file, JSON.stringify(folder)))
    },
    keepFile(digest, bytes) {
      const file = join(dir, 'papers', digest)
      kept(file, () => {
        mkdirSync(join(dir, 'papers'), { recursive: true })
        if (!existsSync(file)) writeWhole(file, bytes)
      })
    },
    facts: (folder) =>
      paperFacts({ dir, config: config(), session: readSession(dir), folder, nowMs: nowMs() }),
    isSimulated: () => isSimulatedLot(config()),
    drillDays: () => rulesHere(dir, config().provinceCode).limit('K9', 'every'),
    nowMs,
  })
}

/** Due from a month before the drill, when drills are on record; a lot without papers is not reminded. */
export function drillDue(dir: string) {
  const folder = readPapers(dir)
  const { provinceCode } = loadLot(dir).config
  const everyDays = rulesHere(dir, provinceCode).limit('K9', 'every')
  const { state, words, lastIso } = drillState(folder, everyDays, systemWallClock().nowMs())
  if (state !== 'soon' && state !== 'overdue') return []
  return [{ field: 'papers.json', value: lastIso ?? '', text: words }]
}

/** Acceptance items and papers of a running lot. */
export const acceptanceParts = (dir: string, worker: JudgingWorker, nowMs: () => InstantMs) => {
  const { report, acceptance } = new PapersWorker(dir)
  const load = async (): Promise<AcceptanceService> =>
    (await import('../acceptance/acceptance-folder.ts')).acceptanceHere(dir, worker, nowMs)
  let loaded: Promise<AcceptanceService> | null = null
  return {
    acceptance: { service: () => (loaded ??= load()), report: acceptance },
    papers: { service: papersHere(dir), report },
  }
}
