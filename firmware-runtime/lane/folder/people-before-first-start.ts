// Acts on a lot's people before its first start, when it has no ledger for their audit: kept in a file beside
// people.json, each durable before it is done. The first start writes them into the ledger.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { writeWhole } from '#base/files/whole-file.ts'
import type { LotParts } from '../lot/lot-parts.ts'
import { readStrictJson } from '#base/process/strict-json.ts'
import { orDiskFault } from '#base/pure/faults/disk-fault.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { issueWhy } from '#base/pure/words/issue-why.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { RowBodies } from '#base/pure/rows/ledger-row.ts'
import { readText } from '#base/process/read-file.ts'
import { removePath } from '#base/files/held-path.ts'

type AuditBody = RowBodies['audit']

const keptSchema = z.array(
  z.strictObject({
    atMs: z.int(),
    act: z.string(),
    by: z.string(),
    role: z.string(),
    reason: z.string(),
    commandId: z.string(),
    result: z.string(),
  }),
)
type Kept = z.infer<typeof keptSchema>

const fileOf = (dir: string): string => join(dir, 'people.before.json')

function kept(dir: string): Kept {
  const file = fileOf(dir)
  if (!existsSync(file)) return []
  const parsed = keptSchema.safeParse(readStrictJson(readText(file), file))
  if (parsed.success) return parsed.data
  throw new LaneFault('FILE-02', { file, note: issueWhy(parsed.error.issues[0]) })
}

/** On disk when it returns. */
export function keepAct(dir: string, atMs: InstantMs, body: AuditBody): void {
  const { act, by, role, reason, commandId, result } = body
  const all = [...kept(dir), { atMs, act, by, role, reason, commandId, result }]
  orDiskFault({ file: fileOf(dir) }, () =>
    writeWhole(fileOf(dir), `${JSON.stringify(all, null, 2)}\n`),
  )
}

/** Acts for the first start; none has a time after it. */
export const actsBefore = (dir: string): NonNullable<LotParts['before']> => ({
  rows: (nowMs) =>
    kept(dir).map(({ atMs, ...body }) => ({
      kind: 'audit' as const,
      atMs: Math.min(atMs, nowMs),
      body: body as AuditBody,
    })),
  written: () => removePath(fileOf(dir), { force: true }),
})
