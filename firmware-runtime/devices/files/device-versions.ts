// device-versions.json of a data folder: what each device of a lane said of its version, and what was accepted. An
// unreadable file counts as none: the next reading begins it anew, and the next look at the passport completes it.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { isDiskError, orDiskFault } from '#base/pure/faults/disk-fault.ts'
import { parsed } from '#base/pure/data/json.ts'
import type { KeptVersions, VersionStore } from '../ports/version-store.ts'
import { writeWhole } from '#base/files/whole-file.ts'

const text = z.string().max(200).nullable()
const reading = { version: text, hardware: text, serial: text }
const shape = z.record(
  z.string(),
  z.strictObject({
    last: z.strictObject({ ...reading, sinceMs: z.int(), readAtMs: z.int() }).nullable(),
    silentSinceMs: z.int().nullable(),
    accepted: z
      .strictObject({
        ...reading,
        atMs: z.int(),
        by: z.string(),
        how: z.enum(['first', 'person', 'passport']),
      })
      .nullable(),
  }),
)

export const deviceVersionsIn = (dir: string): string => join(dir, 'device-versions.json')

export function readDeviceVersions(file: string): KeptVersions {
  try {
    return shape.safeParse(parsed(readFileSync(file, 'utf8'))).data ?? {}
  } catch (error) {
    if (isDiskError(error)) return {}
    throw error
  }
}

export function deviceVersionStore(dir: string): VersionStore {
  const file = deviceVersionsIn(dir)
  return {
    load: () => readDeviceVersions(file),
    keep: (versions) =>
      orDiskFault({ file }, () => writeWhole(file, `${JSON.stringify(versions, null, 2)}\n`)),
  }
}
