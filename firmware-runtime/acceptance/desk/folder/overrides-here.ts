// Who let an acceptance begin without an accepted survey: read from acts in the ledger, never from an editable file.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { actsOf } from '#ledger/sqlite/rows-since.ts'
import type { Override } from '../service/session.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { loadLot } from '#lane/folder/lot-file.ts'
import { lotRowsHere } from './provenance-here.ts'

/** Overrides of this lot in ledger order, each with its session. Older rows without a session id are skipped. */
export function overridesHere(dir: string): readonly Override[] {
  if (!existsSync(join(dir, 'ledger.db'))) return []
  const { actsFromSeq } = lotRowsHere(dir, loadLot(dir).config)
  return actsOf(dir, 'acceptance.override').flatMap(({ seq, atMs, body }) => {
    if (actsFromSeq === null || seq < actsFromSeq) return []
    const { act, by, reason, result } = body
    const [, sessionId = ''] = act.split(' ')
    return result === 'done' && /^A\d{1,20}$/.test(sessionId)
      ? [{ sessionId, by, reason, atIso: isoOf(atMs) }]
      : []
  })
}
