// The sessions of an acceptance that the ledger of a lot has.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { eventsOf } from '#ledger/sqlite/rows-since.ts'
import { eventType, keptSessions, type KeptSession } from '../service/run-notes.ts'
import { loadLot } from '#lane/folder/lot-file.ts'
import { lotRowsHere } from './provenance-here.ts'

export function sessionsHere(dir: string): readonly KeptSession[] {
  if (!existsSync(join(dir, 'ledger.db'))) return []
  const { actsFromSeq } = lotRowsHere(dir, loadLot(dir).config)
  const own = eventsOf(dir, eventType).filter(
    ({ seq }) => actsFromSeq !== null && seq >= actsFromSeq,
  )
  return keptSessions(own)
}
