// space-cameras.json of a data folder: what speaks against the view of each camera of spaces, and the positions of its presets,
// for the next run of the program. An entry belongs to a source and its link: another camera starts without one.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { diskFault, isDiskError } from '#base/pure/faults/disk-fault.ts'
import type { LaneFault } from '#base/pure/faults/faults.ts'
import { parsed } from '#base/pure/data/json.ts'
import { writeWhole } from '#base/files/whole-file.ts'

const positionShape = z.strictObject({ panDeg: z.number(), tiltDeg: z.number(), zoom: z.number() })
const cameraShape = z.strictObject({
  link: z.string(),
  faults: z.record(z.string(), z.enum(['turned', 'unchecked', 'blind'])),
  positions: z.record(z.string(), positionShape),
})
const keptShape = z.record(z.string(), cameraShape)
type Kept = z.infer<typeof keptShape>
export type KeptCamera = Omit<z.infer<typeof cameraShape>, 'link'>

function keptIn(file: string): Kept {
  try {
    return keptShape.safeParse(parsed(readFileSync(file, 'utf8'))).data ?? {}
  } catch (error) {
    if (isDiskError(error)) return {}
    throw error
  }
}

export interface SpaceCameras {
  /** Null: nothing is known of that camera. */
  of(sourceId: string, link: string): KeptCamera | null
  keep(sourceId: string, link: string, camera: KeptCamera): void
}

/** `failed`: what is known of a camera was not written. */
export function spaceCameras(dir: string, failed: (fault: LaneFault) => void): SpaceCameras {
  const file = join(dir, 'space-cameras.json')
  let kept = keptIn(file)
  return {
    of(sourceId, link) {
      const found = Object.hasOwn(kept, sourceId) ? kept[sourceId] : undefined
      return found?.link === link ? { faults: found.faults, positions: found.positions } : null
    },
    keep(sourceId, link, camera) {
      kept = { ...kept, [sourceId]: { link, ...camera } }
      try {
        writeWhole(file, `${JSON.stringify(kept, null, 2)}\n`)
      } catch (error) {
        if (!isDiskError(error)) throw error
        failed(diskFault(error, { file }))
      }
    },
  }
}
