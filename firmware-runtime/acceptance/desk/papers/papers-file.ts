// Reads DIR/papers.json, and whether a drill is due by it.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { drillState, emptyFolder, type PaperFolder } from '../../pure/papers/folder.ts'
import { systemWallClock } from '#base/time/system-clocks.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { parsed } from '#base/pure/data/json.ts'
import { loadLot } from '#lane/folder/lot-file.ts'
import { rulesHere } from '#lane/folder/rules-here.ts'
import { readText } from '#base/process/read-file.ts'

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
export function readPapers(dir: string): PaperFolder {
  const file = join(dir, 'papers.json')
  if (!existsSync(file)) return emptyFolder
  const checked = schema.safeParse(parsed(readText(file, bytesMax)))
  if (checked.success) return checked.data
  const field = `/${checked.error.issues[0]?.path.join('/') ?? ''}`
  throw new LaneFault('FILE-02', { file, field })
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
