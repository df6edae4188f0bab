// What waits for a person: forks, rows set aside, odd clocks; and what did lately.
import { z } from 'zod'
import { ownDigest } from '../../../../firmware-runtime/core/centre/row-feed.ts'
import type { BilingualText } from '../../../../firmware-runtime/core/values/fault-text.ts'
import { passRow } from '../../../pairing/decide.ts'
import { logAct } from '../../acts.ts'
import {
  idText,
  known,
  mustHaveReason,
  noArguments,
  reasonText,
  seqNumber,
  type CallRows,
} from '../../call.ts'
import type { InboxCalls, MatterView } from './views.ts'

const endedMax = 50

const mattersQuery = `SELECT m.matter_id, m.lot_id, m.node_id, m.kind, m.detail, m.since, m.ended_at,
  (SELECT name FROM centre.lot l WHERE l.lot_id = m.lot_id) AS lot_name,
  CASE WHEN m.kind = 'aside' AND m.ended_at IS NULL THEN
    (SELECT json_build_object('seq', seq, 'digest', encode(digest, 'hex'), 'why', why)
      FROM desk.aside_row a WHERE a.lot_id = m.lot_id AND a.node_id = m.node_id
      AND passed_at IS NULL ORDER BY found_at DESC LIMIT 1) END AS aside
  FROM desk.matter m WHERE m.ended_at IS NULL OR m.matter_id IN
    (SELECT matter_id FROM desk.matter WHERE ended_at IS NOT NULL
      ORDER BY ended_at DESC LIMIT ${endedMax})
  ORDER BY m.ended_at DESC NULLS FIRST, m.since, m.matter_id`

interface MatterData {
  readonly matter_id: string
  readonly lot_id: string
  readonly node_id: string
  readonly kind: string
  readonly detail: Readonly<Record<string, unknown>>
  readonly since: Date
  readonly ended_at: Date | null
  readonly lot_name: BilingualText | null
  readonly aside: MatterView['aside']
}

const viewOf = (row: MatterData): MatterView => ({
  matterId: row.matter_id,
  lotId: row.lot_id,
  lotName: row.lot_name ?? { zh: row.lot_id, en: row.lot_id },
  nodeId: row.node_id,
  kind: row.kind,
  detail: row.detail,
  sinceMs: row.since.getTime(),
  endedMs: row.ended_at?.getTime() ?? null,
  aside: row.aside,
})

export const inboxCalls: CallRows<InboxCalls> = {
  'inbox.list': {
    right: 'person',
    args: noArguments,
    answer: (_, { run }) =>
      run(async (db) => (await db.query<MatterData>(mattersQuery)).rows.map(viewOf)),
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
        const row = { lotId, nodeId, seq, digest: ownDigest(digest), nowMs, person: person.name }
        known((await passRow(db, row)) || undefined, 'seq', String(seq))
        const detail = { nodeId, seq, digest, reason }
        await logAct(db, asked, { act: 'row.pass', lotId, detail })
        return null
      }),
  },
  'inbox.end': {
    right: 'person',
    args: z.strictObject({ matterId: z.string().regex(/^\d{1,18}$/), reason: reasonText }),
    answer: ({ matterId, reason }, asked) =>
      asked.run(async (db) => {
        mustHaveReason(reason)
        const { rows } = await db.query<{ lot_id: string; kind: string }>(
          `UPDATE desk.matter SET ended_at = $2 WHERE matter_id = $1 AND kind <> 'aside' AND ended_at IS NULL
           RETURNING lot_id, kind`,
          [matterId, new Date(asked.nowMs)],
        )
        const { lot_id: lotId, kind } = known(rows[0], 'matterId', matterId)
        await logAct(db, asked, { act: 'matter.end', lotId, detail: { matterId, kind, reason } })
        return null
      }),
  },
}
