// status-list.json of a data folder: the cards that may not pay, with version and age (P18). Read at the start; a
// half-written or wrong file is refused by name, never used in part.
import { issueWhy } from '#base/pure/words/issue-why.ts'
import { z } from 'zod'
import type { StatusList } from '#ledger/pure/etc/status-list.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { parseIso } from '#base/pure/values/instant.ts'
import { jsonPointer } from '#base/pure/data/json.ts'
import { readStrictJson } from '#base/process/strict-json.ts'

const schema = z.strictObject({
  version: z.string().regex(/^[A-Za-z0-9._-]{1,40}$/),
  asOf: z.string(),
  /** 20 digits each: network 4 and card number 16. */
  cards: z.array(z.string().regex(/^\d{20}$/)).max(500_000),
})

export function readStatusList(source: Uint8Array | string, file: string): StatusList {
  const parsed = schema.safeParse(readStrictJson(source, file))
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const field = jsonPointer(issue?.path ?? [])
    throw new LaneFault('LIST-01', { file, field, note: issueWhy(issue) })
  }
  const { version, asOf, cards } = parsed.data
  const asOfMs = parseIso(asOf)
  if (asOfMs === null) throw new LaneFault('LIST-01', { file, field: '/asOf', value: asOf })
  const listed = new Set(cards)
  return { version, asOfMs, has: (no) => listed.has(no) }
}
