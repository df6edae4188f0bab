// Brings the schema of a database up to this program, step after step, each in a transaction. A newer schema is refused.
import type pg from 'pg'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { besideSums } from './beside-sums.ts'
import { deskRights } from './desk-rights.ts'
import { endedMatters } from './ended-matters.ts'
import { firstStep } from './first-step.ts'
import { locks } from './locks.ts'

/** In order; a step that has been released is never changed. */
const steps: readonly string[] = [firstStep, besideSums, deskRights, endedMatters]

/**
 * Roles of the connections: neither owners nor superusers, and subject to row-level security. `etc_work`: fold and alarms;
 * `etc_people`: sign-ins and sessions.
 */
export const centreRoles = ['etc_door', 'etc_desk', 'etc_work', 'etc_people'] as const
export type CentreRole = (typeof centreRoles)[number]

const versionOf = (rows: readonly { readonly version: number }[]): number => rows[0]?.version ?? 0

/** `owner`: may make schemas; the roles are there already. Throws CENTRE-04 for a newer schema. */
export async function migrate(owner: pg.ClientBase): Promise<void> {
  await owner.query('SELECT pg_advisory_lock($1)', [locks.migrate])
  try {
    await owner.query('CREATE SCHEMA IF NOT EXISTS centre')
    await owner.query('CREATE SCHEMA IF NOT EXISTS desk')
    await owner.query('CREATE TABLE IF NOT EXISTS centre.schema_version (version int NOT NULL)')
    const { rows } = await owner.query<{ version: number }>(
      'SELECT coalesce(max(version), 0) AS version FROM centre.schema_version',
    )
    const version = versionOf(rows)
    if (version > steps.length) throw new LaneFault('CENTRE-04', { value: String(version) })
    for (const [at, step] of steps.entries()) {
      if (at < version) continue
      await owner.query('BEGIN')
      try {
        await owner.query(step)
        await owner.query('INSERT INTO centre.schema_version VALUES ($1)', [at + 1])
        await owner.query('COMMIT')
      } catch (error) {
        await owner.query('ROLLBACK')
        throw error
      }
    }
  } finally {
    await owner.query('SELECT pg_advisory_unlock($1)', [locks.migrate])
  }
}
