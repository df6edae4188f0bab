// Screens that a person leaves open on a wall: sessions that no idleness ends, and that may only look (`onWalls`).
import { z } from 'zod'
import { present } from '../../../../firmware-runtime/core/values/must.ts'
import { logAct } from '../../acts.ts'
import { known, noArguments, type CallRows } from '../../call.ts'
import type { WallCalls, WallView } from './views.ts'

const listQuery = `SELECT session_id AS "wallId", wall AS name,
  round(extract(epoch FROM since) * 1000)::float8 AS "sinceMs",
  round(extract(epoch FROM last_seen) * 1000)::float8 AS "seenMs"
  FROM desk.session WHERE person_id = $1 AND wall IS NOT NULL ORDER BY session_id`

export const wallCalls: CallRows<WallCalls> = {
  'walls.list': {
    right: 'person',
    args: noArguments,
    answer: (_, { run, person }) =>
      run(async (db) => (await db.query<WallView>(listQuery, [person.personId])).rows),
  },
  'walls.open': {
    right: 'person',
    args: z.strictObject({ name: z.string().trim().min(1).max(40) }),
    async answer({ name: wall }, { secrets, person, token, keep }) {
      const own = present(token, 'a signed-in person has a token')
      keep(await secrets.openWall(person, own, wall), true)
      return { name: person.name, oneTime: false, wall }
    },
  },
  'walls.end': {
    right: 'person',
    args: z.strictObject({ wallId: z.string().regex(/^\d{1,18}$/) }),
    answer: ({ wallId }, asked) =>
      asked.run(async (db) => {
        const { rows } = await db.query<{ wall: string }>(
          `DELETE FROM desk.session WHERE session_id = $1 AND person_id = $2 AND wall IS NOT NULL
           RETURNING wall`,
          [wallId, asked.person.personId],
        )
        const { wall } = known(rows[0], 'wallId', wallId)
        await logAct(db, asked, { act: 'wall.end', detail: { wall } })
        return null
      }),
  },
}
