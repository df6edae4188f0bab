// people.json: the accounts of a lot with the hashes of their secrets; a refusal names the wrong field. Only the
// service's user can read it, although it contains no plain secret.
import { issueWhy } from '#base/pure/words/issue-why.ts'
import { z } from 'zod'
import { accountActs, type People } from '#ledger/pure/people/people.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { jsonPointer } from '#base/pure/data/json.ts'
import { roles } from '#base/pure/values/roles.ts'
import { readStrictJson } from '#base/process/strict-json.ts'

const count = z.int().min(0)
const base64 = z.base64().max(100)
const secret = z.strictObject({
  // Limits the cost of one check; a file cannot demand more.
  n: z.literal([1024, 8192, 16_384, 32_768]),
  r: z.int().min(1).max(16),
  p: z.int().min(1).max(16),
  salt: base64,
  hash: base64,
})
const changed = z.strictObject({
  act: z.enum(accountActs),
  by: z.string().max(80),
  reason: z.string().max(200),
  atMs: count,
})
const account = z.strictObject({
  id: z.string().regex(/^p[1-9]\d{0,3}$/),
  name: z.string().min(1).max(60),
  role: z.enum(roles),
  secret: secret.nullable(),
  secretAtMs: count,
  mustChange: z.boolean(),
  lock: z.strictObject({ wrong: count, lockedAtMs: count.nullable(), lockMs: count }),
  isBarred: z.literal(true).exactOptional(),
  changed: changed.exactOptional(),
})
const peopleFile = z.strictObject({ version: z.literal(1), people: z.array(account).max(200) })

/** Throws FILE-02 or PEOPLE-11. */
export function readPeople(source: Uint8Array | string, file: string): People {
  const parsed = peopleFile.safeParse(readStrictJson(source, file))
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const extra = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : []
    const field = jsonPointer([...(issue?.path ?? []), ...extra])
    throw new LaneFault('PEOPLE-11', { file, field, note: issueWhy(issue) })
  }
  const { people } = parsed.data
  const twice = people.findIndex((one, at) => people.findIndex(({ id }) => id === one.id) < at)
  if (twice < 0) return people
  const value = people[twice]?.id ?? ''
  throw new LaneFault('PEOPLE-11', { file, field: `/people/${twice}/id`, value, note: 'twice' })
}

export const peopleText = (people: People): string =>
  `${JSON.stringify({ version: 1, people }, null, 2)}\n`
