// Opens one rebuilt disk like the product and reports what became of the acknowledged rows.
// Opening needs no syncs here, because the judge loses no power.
import { DatabaseSync } from 'node:sqlite'
import { join } from 'node:path'
import { LaneFault, whyIn } from '#base/pure/faults/faults.ts'
import { openLedgerWith } from '#ledger/sqlite/ledger.ts'
import { openLedgerReader } from '#ledger/sqlite/ledger-reader.ts'
import { migrations } from '#ledger/sqlite/migrations/index.ts'
import { event, optionsFor } from '../../firmware-runtime/ledger/sqlite/ledger-kit.ts'
import type { Verdict } from './states.ts'

/** Last row by plain SQL, without any product code; 0 when the file cannot be read. */
function lastSeq(dir: string): number {
  try {
    const db = new DatabaseSync(join(dir, 'ledger.db'))
    const row = db.prepare('SELECT coalesce(max(seq), 0) AS seq FROM ledger_row').get()
    db.close()
    return Number(row?.['seq'])
  } catch (error) {
    if (error instanceof Error && 'errcode' in error) return 0
    throw error
  }
}

function stopped(dir: string, acknowledged: number, fault: LaneFault): Verdict {
  const rows = lastSeq(dir)
  const end = rows < acknowledged ? 'lost' : 'stopped'
  const letter = whyIn(fault.detail.note ?? '?').slice(0, 1)
  return { end, letter, detail: `${rows} of ${acknowledged}, ${fault.message}` }
}

export function judge(dir: string, acknowledged: number): Verdict {
  const options = optionsFor(dir)
  try {
    const opened = openLedgerWith(options, { synchronous: 'OFF', migrations, checkRows: 100 })
    const letter = opened.repair.letter
    const rows = opened.ledger.head.seq
    opened.ledger.append([event(1)])
    opened.ledger.close()
    if (rows < acknowledged) return { end: 'lost', letter, detail: `${rows} of ${acknowledged}` }
    const reader = openLedgerReader(options)
    const verdict = reader.verify()
    reader.close()
    return { end: verdict.ok ? 'ok' : 'broken', letter, detail: JSON.stringify(verdict.faults) }
  } catch (error) {
    if (error instanceof LaneFault) return stopped(dir, acknowledged, error)
    throw error
  }
}
