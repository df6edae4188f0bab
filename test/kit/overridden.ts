// The act by which a person allows one session of an acceptance to start without a survey, as a runtime writes it to
// the ledger.
import { openLedger } from '../../firmware-runtime/adapters/sqlite/ledger.ts'
import { optionsFor } from '../firmware-runtime/adapters/sqlite/ledger-kit.ts'

export function overriddenIn(dir: string, nodeId: string, ...acts: readonly string[]): void {
  const { ledger } = openLedger(optionsFor(dir, { nodeId }))
  const of = { by: '甲', role: 'owner', reason: '勘测在后', result: 'done' }
  ledger.append(
    acts.map((act, i) => ({
      kind: 'audit' as const,
      atMs: Date.now(),
      body: { act, commandId: `override-${act}-${i}`.slice(0, 64), ...of },
    })),
  )
  ledger.close()
}
