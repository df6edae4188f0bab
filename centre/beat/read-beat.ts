// Reads a heartbeat strictly (docs/centre.md, "Heartbeats"): types and sizes; members that this program does not know come
// from newer ones and are left out.
import { z } from 'zod'
import { beatLimits, type Beat } from '#ledger/pure/centre/beat.ts'
import { isObject, parsed } from '#base/pure/data/json.ts'
import { Malformed } from '../door/batch.ts'
import { nodeShape } from '#ledger/pure/centre/row-feed.ts'

/** Text that a database takes: no control characters, no half of a pair. */
const text = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[^\p{C}]*$/u)
const word = text(80)
const both = z.object({ zh: text(400), en: text(400) })
const iso = z.string().regex(/^\d{4}-\d\d-\d\dT[\d:.]{5,12}(?:Z|[+-]\d\d:\d\d)$/)
const count = z.int().min(0)

const lane = z.object({
  laneId: word,
  name: both,
  direction: z.enum(['entry', 'exit']),
  state: word,
  isEtcReady: z.boolean().nullable(),
  waiting: z.object({ reason: word, sinceIso: iso }).nullable(),
  boom: word,
  boomFault: z.enum(['leftUp', 'openedAlone']).exactOptional(),
})
const device = z.object({
  laneId: word,
  kind: word,
  state: z.enum(['up', 'down', 'off']),
  reason: word.nullable(),
})
const matter = z.object({
  key: text(400),
  kind: word,
  what: both,
  sinceIso: iso.nullable(),
  isUrgent: z.boolean(),
})
const today = z.object({
  day: z.string().regex(/^\d{4}-\d\d-\d\d$/),
  entered: count,
  left: count,
  takings: z.array(z.object({ means: word, n: count, fen: count })).max(50),
})
const { lanesMax, devicesMax, mattersMax } = beatLimits
const beatShape: z.ZodType<Beat> = z.object({
  nodeId: z.string().regex(nodeShape),
  atIso: iso,
  lastSeq: count,
  version: word,
  build: word,
  spaces: z.object({ capacity: count, inside: count, free: count }),
  today,
  clock: z.object({ offsetMs: z.number().nullable(), ntp: word, isDoubtful: z.boolean() }),
  disk: z.object({ freeMb: z.number().min(0).nullable(), isLow: z.boolean() }).nullable(),
  queue: z.object({
    unsent: count,
    oldestAgeSec: z.number().min(0).nullable(),
    poison: count,
    exposureFen: count,
  }),
  platform: word,
  network: word,
  certificates: z.array(z.object({ of: word, toIso: iso })).max(50),
  lanes: z.array(lane).max(lanesMax),
  devices: z.array(device).max(devicesMax),
  matters: z.array(matter).max(mattersMax),
})

const at = (value: unknown, name: PropertyKey): unknown =>
  isObject(value) || Array.isArray(value) ? Reflect.get(value, name) : undefined
const shown = (value: unknown): string =>
  (typeof value === 'string' ? value : (JSON.stringify(value ?? undefined) ?? '')).slice(0, 80)

/** Throws Malformed for the first member that breaks a rule. */
export function readBeat(body: Uint8Array): Beat {
  const given = parsed(new TextDecoder().decode(body))
  const { data, error } = beatShape.safeParse(given)
  if (data !== undefined) return data
  const path = error.issues[0]?.path ?? []
  const value = shown(path.reduce(at, given))
  throw new Malformed({ field: path.length === 0 ? 'body' : path.join('.'), value })
}
