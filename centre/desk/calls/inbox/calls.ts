// What waits for a person: feeds that stopped, alarms; and what did lately. A person takes it, makes it quiet, or ends it.
import { z } from 'zod'
import { ownDigest } from '#ledger/pure/centre/row-feed.ts'
import type { BilingualText } from '#base/pure/words/fault-text.ts'
import { selfEndingKinds } from '#base/pure/values/centre-matters.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { minuteMs } from '#base/pure/values/instant.ts'
import { passRow } from '../../../pairing/decide.ts'
import { logAct } from '../../acts.ts'
import {
  idText,
  known,
  mustHaveReason,
  noArguments,
  reasonText,
  seqNumber,
  type Asked,
  type CallRows,
} from '../../call.ts'
import type { InboxCalls, MatterView } from './views.ts'

const endedMax = 50

const mattersQuery = `SELECT m.matter_id, m.lot_id, m.node_id, m.kind, m.detail, m.since, m.ended_at,
  m.taken_at, m.taken_by, m.quiet_until,
  (SELECT name FROM centre.lot l WHERE l.lot_id = m.lot_id) AS lot_name,
  CASE WHEN m.kind IN ('aside', 'foldStopped') AND m.ended_at IS NULL THEN
    (SELECT json_build_object('seq', seq, 'digest', encode(digest, 'hex'), 'why', why)
      FROM desk.aside_row a WHERE a.lot_id = m.lot_id AND a.node_id = m.node_id
      AND passed_at IS NULL AND of_fold = (m.kind = 'foldStopped')
      AND (NOT of_fold OR seq::text = m.detail->>'seq') ORDER BY found_at DESC LIMIT 1) END AS aside,
  coalesce((SELECT json_agg(json_build_object('way', w.kind, 'why', s.why,
      'atMs', extract(epoch FROM s.begin_at) * 1000) ORDER BY s.begin_at, s.way_id)
    FROM desk.alarm_told s JOIN desk.alarm_way w USING (way_id)
    WHERE s.matter_id = m.matter_id), '[]') AS told
  FROM (SELECT * FROM desk.matter WHERE ended_at IS NULL UNION ALL
    (SELECT * FROM desk.matter WHERE ended_at IS NOT NULL ORDER BY ended_at DESC LIMIT ${endedMax})) m
  ORDER BY m.ended_at DESC NULLS FIRST, m.since, m.matter_id`

interface MatterData {
  readonly matter_id: string
  readonly lot_id: string
  readonly node_id: string
  readonly kind: string
  readonly detail: Readonly<Record<string, unknown>> & { readonly what?: BilingualText }
  readonly since: Date
  readonly ended_at: Date | null
  readonly taken_at: Date | null
  readonly taken_by: string | null
  readonly quiet_until: Date | null
  readonly told: readonly {
    readonly way: 'mail' | 'webhook'
    readonly why: string
    readonly atMs: number | null
  }[]
  readonly lot_name: BilingualText | null
  readonly aside: MatterView['aside']
}

const viewOf = (row: MatterData, nowMs: number): MatterView => ({
  matterId: row.matter_id,
  lotId: row.lot_id,
  lotName: row.lot_name ?? { zh: row.lot_id, en: row.lot_id },
  nodeId: row.node_id,
  kind: row.kind,
  what: row.detail.what ?? null,
  detail: row.detail,
  sinceMs: row.since.getTime(),
  endedMs: row.ended_at?.getTime() ?? null,
  taken: row.taken_at === null ? null : { name: row.taken_by ?? '', atMs: row.taken_at.getTime() },
  quietMs:
    row.quiet_until !== null && row.quiet_until.getTime() > nowMs
      ? row.quiet_until.getTime()
      : null,
  told: row.told.flatMap(({ way, atMs }) => (atMs === null ? [] : { way, atMs })),
  failing: row.told.flatMap(({ way, why }) =>
    why === '' || why === 'sending' ? [] : { way, why },
  ),
  aside: row.aside,
})

const matterId = z.string().regex(/^\d{1,18}$/)

/** Changes one open matter, as `set` and `where` say, and logs the act. Throws CENTRE-38 for one that is not as it was seen. */
const changed = (
  asked: Asked,
  {
    matterId: id,
    set,
    where,
  }: { readonly matterId: string; readonly set: string; readonly where: string },
  values: readonly unknown[],
  { act, ...more }: { readonly act: string; readonly reason?: string; readonly minutes?: number },
): Promise<null> =>
  asked.run(async (db) => {
    const { rows } = await db.query<{ lot_id: string; kind: string }>(
      `UPDATE desk.matter SET ${set} WHERE matter_id = $1 AND ended_at IS NULL AND ${where}
       RETURNING lot_id, kind`,
      [id, ...values],
    )
    const { lot_id: lotId, kind } = known(rows[0], 'matterId', id)
    await logAct(db, asked, { act, lotId, detail: { matterId: id, kind, ...more } })
    return null
  })

export const inboxCalls: CallRows<InboxCalls> = {
  'inbox.list': {
    right: 'person',
    args: noArguments,
    answer: (_, { run, nowMs }) =>
      run(async (db) =>
        (await db.query<MatterData>(mattersQuery)).rows.map((row) => viewOf(row, nowMs)),
      ),
  },
  'inbox.pass': {
    right: 'person',
    args: z.strictObject({
      lotId: idText,
      nodeId: idText,
      seq: seqNumber,
      digest: z.string().regex(/^[0-9a-f]{64}$/),
      reason: reasonText,
    }),
    answer: ({ lotId, nodeId, seq, digest, reason }, asked) =>
      asked.run(async (db) => {
        mustHaveReason(reason)
        const { nowMs, person } = asked
        const by = { nowMs, person: person.name, reason }
        const row = { lotId, nodeId, seq, digest: ownDigest(digest), ...by }
        const as = known((await passRow(db, row)) ?? undefined, 'seq', String(seq))
        const act = as === 'setAside' ? 'row.setAside' : 'row.pass'
        await logAct(db, asked, { act, lotId, detail: { nodeId, seq, digest, reason } })
        return null
      }),
  },
  'inbox.take': {
    right: 'person',
    args: z.strictObject({ matterId }),
    answer: (args, asked) =>
      changed(
        asked,
        { ...args, set: 'taken_at = $2, taken_by = $3', where: 'taken_at IS NULL' },
        [new Date(asked.nowMs), asked.person.name],
        { act: 'matter.take' },
      ),
  },
  'inbox.quiet': {
    right: 'person',
    args: z.strictObject({
      matterId,
      minutes: z
        .number()
        .int()
        .min(5)
        .max(7 * 24 * 60),
      reason: reasonText,
    }),
    answer: async ({ matterId: id, minutes, reason }, asked) => {
      mustHaveReason(reason)
      return changed(
        asked,
        { matterId: id, set: 'quiet_until = $2', where: 'true' },
        [new Date(asked.nowMs + minutes * minuteMs)],
        { act: 'matter.quiet', minutes, reason },
      )
    },
  },
  'inbox.release': {
    right: 'person',
    args: z.strictObject({ matterId }),
    answer: (args, asked) =>
      changed(
        asked,
        {
          ...args,
          set: 'taken_at = NULL, taken_by = NULL, quiet_until = NULL',
          where: '(taken_at IS NOT NULL OR quiet_until > $2)',
        },
        [new Date(asked.nowMs)],
        { act: 'matter.release' },
      ),
  },
  'inbox.end': {
    right: 'person',
    args: z.strictObject({ matterId, reason: reasonText }),
    answer: async ({ matterId: id, reason }, asked) => {
      mustHaveReason(reason)
      const { rows } = await asked.run((db) =>
        db.query<{ kind: string }>('SELECT kind FROM desk.matter WHERE matter_id = $1', [id]),
      )
      const [row] = rows
      if (row !== undefined && selfEndingKinds.includes(row.kind))
        throw new LaneFault('CENTRE-40', { field: 'matterId', value: id })
      return changed(
        asked,
        { matterId: id, set: 'ended_at = $2', where: "kind <> 'aside'" },
        [new Date(asked.nowMs)],
        { act: 'matter.end', reason },
      )
    },
  },
}
