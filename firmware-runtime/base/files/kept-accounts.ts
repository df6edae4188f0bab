// platforms.json of a data folder: the platform account of the running configuration. Data from another account is
// begun anew.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { diskFault, isDiskError } from '../pure/faults/disk-fault.ts'
import type { LaneFault } from '../pure/faults/faults.ts'
import { isSameAccount, type PlatformAccount } from '../pure/values/platform-account.ts'
import { canonicalJson, parsed } from '../pure/data/json.ts'
import { writeWhole } from './whole-file.ts'

export const accountShape = z.strictObject({
  appId: z.string(),
  url: z.string(),
  keys: z.array(z.string()),
})
const keptShape = z.strictObject({ configuration: accountShape.optional() })
type Kept = z.infer<typeof keptShape>
type KeptOf = keyof Kept

const fileOf = (dir: string): string => join(dir, 'platforms.json')

function keptIn(dir: string): Kept {
  try {
    return keptShape.safeParse(parsed(readFileSync(fileOf(dir), 'utf8'))).data ?? {}
  } catch (error) {
    if (isDiskError(error)) return {}
    throw error
  }
}

/** Whether data was stored for another platform account; data without an account counts as of the present one. */
export function isOfAnother(dir: string, what: KeptOf, account: PlatformAccount): boolean {
  const whose = keptIn(dir)[what]
  return whose !== undefined && !isSameAccount(whose, account)
}

/** Returns the disk fault that prevented the write: the next start then begins anew once more. */
export function keepAccount(dir: string, what: KeptOf, account: PlatformAccount): LaneFault | null {
  const kept = keptIn(dir)
  const next = { ...kept, [what]: account }
  if (canonicalJson(next) === canonicalJson(kept)) return null
  const file = fileOf(dir)
  try {
    writeWhole(file, `${JSON.stringify(next, null, 2)}\n`)
    return null
  } catch (error) {
    return diskFault(error, { file })
  }
}
