// A lost password of a person of the desk: set anew by who has the folder of the centre, on stdin, with a reason. The
// sessions and locks of the person end.
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import { logAct } from './acts.ts'
import type { Transaction } from './in-lots.ts'
import { deskHasher, mustBeStrong } from './secrets.ts'

export interface LostSecret {
  readonly name: string
  readonly secret: string
  readonly by: string
  readonly reason: string
  readonly nowMs: InstantMs
}

/** The stored form. Throws CENTRE-36 for a secret that breaks the rule. */
export async function storedSecret({ name, secret }: LostSecret): Promise<string> {
  mustBeStrong(secret, name, null)
  return JSON.stringify(await deskHasher().hash(secret))
}

/** `db`: of the owner. Throws CENTRE-38 for a name that is no person's. */
export async function resetSecret(
  db: Transaction,
  { name, by, reason, nowMs }: LostSecret,
  stored: string,
): Promise<void> {
  const { rows } = await db.query<{ person_id: string }>(
    'UPDATE desk.person SET secret = $2, one_time = false WHERE name = $1 RETURNING person_id',
    [name, stored],
  )
  const [row] = rows
  if (row === undefined) throw new LaneFault('CENTRE-38', { field: '--name', value: name })
  for (const table of ['session', 'sign_in_try'])
    await db.query(`DELETE FROM desk.${table} WHERE person_id = $1`, [row.person_id])
  const detail = { name, reason }
  await logAct(db, { nowMs, person: { name: by } }, { act: 'person.reset', detail })
}
