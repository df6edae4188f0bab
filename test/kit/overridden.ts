// The act by which a person allows one session of an acceptance to start without a survey, as a runtime writes it to
// the ledger.
import { writeRows } from '../../firmware-runtime/runtime/folder/offline-audit.ts'
import { loadLot } from '../../firmware-runtime/runtime/folder/lot-file.ts'

export function overriddenIn(dir: string, ...acts: readonly string[]): void {
  const of = { by: '甲', role: 'owner', reason: '勘测在后', result: 'done' }
  writeRows(
    dir,
    loadLot(dir).config,
    acts.map((act, i) => ({
      kind: 'audit' as const,
      atMs: Date.now(),
      body: { act, commandId: `override-${act}-${i}`.slice(0, 64), ...of },
    })),
  )
}
