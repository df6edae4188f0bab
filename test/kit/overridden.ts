// The act by which a person allows one session of an acceptance to start without a survey, as a runtime writes it to
// the ledger, behind the row of its first start.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import { loadLot } from '#lane/folder/lot-file.ts'
import { writeRows } from '#lane/folder/offline-audit.ts'

export function overriddenIn(dir: string, ...acts: readonly string[]): void {
  const { config } = loadLot(dir)
  const { mode, lotId, chargeMode } = config
  const atMs = Date.now()
  const boot: RowDraft = {
    kind: 'boot',
    atMs,
    body: { repair: 'B', version: '1', mode, lotId, chargeMode },
  }
  const of = { by: '甲', role: 'owner', reason: '勘测在后', result: 'done' }
  writeRows(dir, config, [
    ...(existsSync(join(dir, 'ledger.db')) ? [] : [boot]),
    ...acts.map((act, i): RowDraft => ({
      kind: 'audit',
      atMs,
      body: { act, commandId: `override-${act}-${i}`.slice(0, 64), ...of },
    })),
  ])
}
