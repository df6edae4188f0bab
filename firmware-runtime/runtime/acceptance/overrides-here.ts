// Who let an acceptance begin without an accepted survey: the acts of the ledger, never a file that anybody edits.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { actsOf } from '../../adapters/sqlite/rows-since.ts'
import type { Override } from '../../app/acceptance/session.ts'
import { isoOf } from '../../core/values/instant.ts'

/** In the order in which they were written; each names its session. One of before, which names none, opens none. */
export function overridesHere(dir: string): readonly Override[] {
  if (!existsSync(join(dir, 'ledger.db'))) return []
  return actsOf(dir, 'acceptance.override').flatMap(({ atMs, body }) => {
    const { act, by, reason, result } = body
    const [, sessionId = ''] = act.split(' ')
    return result === 'done' && /^A\d{1,20}$/.test(sessionId)
      ? [{ sessionId, by, reason, atIso: isoOf(atMs) }]
      : []
  })
}
