// camera-clocks.json of a data folder: the clock of each camera against ours, for the next run of the program. An entry
// belongs to a lane and its link: another camera starts without one.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { diskFault, isDiskError } from '#base/pure/faults/disk-fault.ts'
import type { LaneFault } from '#base/pure/faults/faults.ts'
import { parsed } from '#base/pure/data/json.ts'
import { writeWhole } from '#base/files/whole-file.ts'

const clockShape = z.strictObject({
  link: z.string(),
  offsetMs: z.int(),
  isLocal: z.boolean().nullable(),
})
const keptShape = z.record(z.string(), clockShape)
type Kept = z.infer<typeof keptShape>
type Clock = Omit<z.infer<typeof clockShape>, 'link'>

function keptIn(file: string): Kept {
  try {
    return keptShape.safeParse(parsed(readFileSync(file, 'utf8'))).data ?? {}
  } catch (error) {
    if (isDiskError(error)) return {}
    throw error
  }
}

/** `failed`: a clock was not written; the next run measures it again. */
export function cameraClocks(dir: string, failed: (fault: LaneFault) => void) {
  const file = join(dir, 'camera-clocks.json')
  let kept = keptIn(file)
  return {
    of(laneId: string, link: string): Clock | null {
      const found = Object.hasOwn(kept, laneId) ? kept[laneId] : undefined
      return found?.link === link ? { offsetMs: found.offsetMs, isLocal: found.isLocal } : null
    },
    keep(laneId: string, link: string, { offsetMs, isLocal }: Clock): void {
      kept = { ...kept, [laneId]: { link, offsetMs: Math.round(offsetMs), isLocal } }
      try {
        writeWhole(file, `${JSON.stringify(kept, null, 2)}\n`)
      } catch (error) {
        if (!isDiskError(error)) throw error
        failed(diskFault(error, { file }))
      }
    },
  }
}
