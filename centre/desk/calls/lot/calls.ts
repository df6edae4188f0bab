// One lot as it is now.
import { z } from 'zod'
import type { Beat } from '#ledger/pure/centre/beat.ts'
import { dayMs, isoOf } from '#base/pure/values/instant.ts'
import { idText, known, type CallRows } from '../../call.ts'
import { lotsAsked } from '../../lots-asked.ts'
import { sumNotesOf } from '../../sum-notes.ts'
import type { ChangeView, LotCalls, LotNow } from './views.ts'

const changesMax = 100
const days = 30

interface BeatData {
  readonly node_id: string
  readonly heard: Date
  readonly beat: Beat
}
interface ChangeData {
  readonly node_id: string
  readonly thing: string
  readonly at: Date
  readonly state: string
  readonly detail: ChangeView['detail']
}
interface MatterData {
  readonly matter_id: string
  readonly kind: string
  readonly thing: string
  readonly since: Date
}

export const lotCalls: CallRows<LotCalls> = {
  'lot.now': {
    right: 'person',
    args: z.strictObject({ lotId: idText.refine((text) => text !== '*') }),
    answer: ({ lotId }, { run, nowMs }) =>
      run(async (db) => {
        known((await lotsAsked(db, lotId))[0], 'lotId', lotId)
        const beats = await db.query<BeatData>(
          'SELECT node_id, heard, beat FROM centre.lot_beat WHERE lot_id = $1 ORDER BY node_id',
          [lotId],
        )
        const changes = await db.query<ChangeData>(
          `SELECT node_id, thing, at, state, detail FROM centre.lane_change WHERE lot_id = $1
           ORDER BY at DESC, node_id, thing LIMIT ${changesMax}`,
          [lotId],
        )
        const matters = await db.query<MatterData>(
          `SELECT matter_id, kind, thing, since FROM desk.matter
           WHERE lot_id = $1 AND ended_at IS NULL ORDER BY since, matter_id`,
          [lotId],
        )
        const money = await db.query<LotNow['days'][number]>(
          `SELECT day::text AS day, what, sum(n) AS n, sum(fen) AS fen
           FROM centre.taking WHERE lot_id = $1 AND day > $2::date
           GROUP BY day, what ORDER BY centre.taking.day DESC, what`,
          [lotId, isoOf(nowMs - days * dayMs).slice(0, 10)],
        )
        const from = isoOf(nowMs - (days - 1) * dayMs).slice(0, 10)
        const notes = await sumNotesOf(db, [lotId], { from, to: isoOf(nowMs).slice(0, 10) })
        return {
          notes,
          beats: beats.rows.map(({ node_id, heard, beat }) => ({
            nodeId: node_id,
            heardMs: heard.getTime(),
            beat,
          })),
          changes: changes.rows.map(({ node_id, at, ...row }) => ({
            nodeId: node_id,
            atMs: at.getTime(),
            ...row,
          })),
          matters: matters.rows.map(({ matter_id, since, ...row }) => ({
            matterId: matter_id,
            sinceMs: since.getTime(),
            ...row,
          })),
          days: money.rows,
        }
      }),
  },
}
