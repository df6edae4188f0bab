// How large this centre is beside the rules by which it grows, and how long a restore took, as a person found.
import { z } from 'zod'
import { limitsOf, type Restored } from '../../../limits/judge.ts'
import type { HourFigures } from '../../../limits/figures.ts'
import { logAct } from '../../acts.ts'
import { mustSeeAll, noArguments, reasonText, type CallRows } from '../../call.ts'
import type { LimitsCalls } from './views.ts'

const act = 'limits.restored'
const minutesMax = 30 * 24 * 60
const hoursQuery = 'SELECT hour, figures FROM desk.sample ORDER BY hour'
const restoredQuery = `SELECT at, detail FROM desk.act WHERE act = '${act}'
  ORDER BY act_no DESC LIMIT 1`

interface HourData {
  readonly hour: Date
  readonly figures: HourFigures
}
interface RestoredData {
  readonly at: Date
  readonly detail: Pick<Restored, 'minutes' | 'bytes'>
}

export const limitsCalls: CallRows<LimitsCalls> = {
  'limits.get': {
    right: 'person',
    args: noArguments,
    answer: (_, { run, nowMs, person }) =>
      run(async (db) => {
        mustSeeAll(person)
        const { rows } = await db.query<HourData>(hoursQuery)
        const hours = rows.map(({ hour, figures }) => ({ atMs: hour.getTime(), figures }))
        const [last] = (await db.query<RestoredData>(restoredQuery)).rows
        const restored = last === undefined ? null : { atMs: last.at.getTime(), ...last.detail }
        return limitsOf(hours, restored, nowMs)
      }),
  },
  [act]: {
    right: 'person',
    args: z.strictObject({ minutes: z.number().int().min(1).max(minutesMax), reason: reasonText }),
    answer: ({ minutes, reason }, asked) =>
      asked.run(async (db) => {
        mustSeeAll(asked.person)
        const { rows } = await db.query<{ bytes: number }>(
          'SELECT pg_database_size(current_database())::float8 AS bytes',
        )
        await logAct(db, asked, { act, detail: { minutes, bytes: rows[0]?.bytes ?? 0, reason } })
        return null
      }),
  },
}
