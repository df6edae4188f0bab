// Observations of a lot that outlive a restart: DIR/measured.json, written whole. Passed device tests, counted opens
// and closes of booms, and the last copy that was restored by test. An unreadable file counts as no observations.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { writeWhole } from '#base/files/whole-file.ts'
import type { BoomOfLink } from '#lane/lot/upkeep/boom-cycles.ts'
import type { KeptTest } from '#lane/lot/upkeep/copy-scheduler.ts'
import type { PassedTests } from './device-try.ts'
import { isDiskError } from '#base/pure/faults/disk-fault.ts'
import { orIfFault } from '#base/pure/faults/on-fault.ts'
import { parsed } from '#base/pure/data/json.ts'
import { readText } from '#base/process/read-file.ts'

const count = z.int().min(0)
const damage = z.object({
  count,
  files: z.array(z.object({ file: z.string(), why: z.enum(['gone', 'cut', 'changed', 'torn']) })),
})
const schema = z.object({
  version: z.literal(1),
  /** By lane and device: what was tested and when it passed. */
  tried: z.record(z.string(), z.object({ of: z.string(), atIso: z.string() })),
  /** By lane: counts of the boom on one link. */
  booms: z.record(z.string(), z.object({ link: z.string(), opened: count, closed: count })),
  copy: z
    .object({
      to: z.string(),
      tested: z.object({
        atIso: z.string(),
        testedAtIso: z.string(),
        place: z.string(),
        headSeq: count,
        headHash: z.string(),
        opened: count,
        older: count,
        photos: z.object({ opened: count, damaged: damage }).nullable(),
      }),
    })
    .nullable(),
})
interface Measured {
  readonly version: 1
  readonly tried: PassedTests
  readonly booms: Readonly<Record<string, BoomOfLink>>
  readonly copy: KeptTest | null
}

const nothing: Measured = { version: 1, tried: {}, booms: {}, copy: null }
const bytesMax = 1024 * 1024

export function measuredIn(dir: string): Measured {
  const file = join(dir, 'measured.json')
  if (!existsSync(file)) return nothing
  return orIfFault(
    () => schema.safeParse(parsed(readText(file, bytesMax))).data ?? nothing,
    nothing,
  )
}

/** Disk errors are ignored: the observation is made again later. */
export function keepMeasured(dir: string, part: Partial<Omit<Measured, 'version'>>): void {
  const file = join(dir, 'measured.json')
  try {
    writeWhole(file, JSON.stringify({ ...measuredIn(dir), ...part }))
  } catch (error) {
    if (!isDiskError(error)) throw error
  }
}
