// The runs of an acceptance as the ledger keeps them: each start of a run and each verdict is an event row, which nobody
// can take back. The file of a run is an index of it; a failed or broken-off run stays in the package through these rows.
import { z } from 'zod'
import type { RedView } from '../../calls/acceptance-views.ts'
import { itemIds } from '../../pure/items/ids.ts'
import { verdicts, type AcceptanceItem } from '../../pure/item.ts'
import { isPlant } from '../../pure/plant.ts'
import { canonicalJson, parsed } from '#base/pure/data/json.ts'
import { isoOf, type InstantMs } from '#base/pure/values/instant.ts'
import type { LedgerRow, RowDraft } from '#base/pure/rows/ledger-row.ts'

export const eventType = 'acceptance'

const judgedSchema = z.strictObject({
  id: z.enum(itemIds),
  verdict: z.enum(verdicts),
  failed: z.array(z.string()),
  /** The assertion that failed under the planted fault, and when; null: no fault was planted. */
  red: z.strictObject({ assertion: z.string(), atIso: z.string() }).nullable(),
  /** Who left it out; absent: it was judged. */
  skipped: z.strictObject({ by: z.string().nullable(), atIso: z.string() }).optional(),
})

const noteSchema = z.strictObject({
  sessionId: z.string(),
  /** Start of the judged rows. */
  fromIso: z.string(),
  /** Host of the platform of an aimed run; null: the platform that the lot has joined. */
  aimedAt: z.string().nullable(),
  isRed: z.boolean(),
  /** Null: the run begins. */
  judged: z.array(judgedSchema).nullable(),
})

export type RunNote = z.infer<typeof noteSchema>
type JudgedNote = z.infer<typeof judgedSchema>

export const noteRow = (note: RunNote, atMs: InstantMs): RowDraft => ({
  kind: 'event',
  atMs,
  body: { type: eventType, detail: canonicalJson(note) },
})

/** A run with its verdicts in the order in which they were made; without one it was broken off. */
interface KeptRun {
  readonly atIso: string
  readonly isRed: boolean
  readonly judged: readonly JudgedNote[]
}

export interface KeptSession extends Pick<RunNote, 'sessionId' | 'fromIso' | 'aimedAt'> {
  readonly runs: readonly KeptRun[]
}

/** The sessions of these rows, in ledger order. */
export function keptSessions(rows: readonly LedgerRow[]): readonly KeptSession[] {
  const sessions = new Map<string, KeptSession>()
  for (const row of rows) {
    if (row.kind !== 'event' || row.body.type !== eventType) continue
    const { data: note } = noteSchema.safeParse(parsed(row.body.detail))
    if (note === undefined) continue
    const { sessionId, fromIso, aimedAt, isRed, judged } = note
    const { runs } = sessions.get(sessionId) ?? { runs: [] }
    const begun: KeptRun = { atIso: isoOf(row.atMs), isRed, judged: [] }
    const last = runs.at(-1) ?? begun
    const now =
      judged === null
        ? [...runs, begun]
        : [...runs.slice(0, -1), { ...last, judged: [...last.judged, ...judged] }]
    sessions.set(sessionId, { sessionId, fromIso, aimedAt, runs: now })
  }
  return [...sessions.values()]
}

/** True when a run of this session recorded this finding under the fault of this item, by the assertion that it turns. */
export const isRedKept = (
  sessions: readonly KeptSession[],
  sessionId: string | null,
  { id, plant }: Pick<AcceptanceItem, 'id' | 'plant'>,
  red: Pick<RedView, 'assertion' | 'atIso'>,
): boolean =>
  isPlant(plant) &&
  red.assertion === plant.turns &&
  sessions
    .filter((one) => one.sessionId === sessionId)
    .flatMap(({ runs }) => runs.flatMap(({ judged }) => judged))
    .some(
      (one) => one.id === id && one.red?.assertion === red.assertion && one.red.atIso === red.atIso,
    )
