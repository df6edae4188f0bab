// `etc-lane audit verify`: checks that the recorded acts of people are unchanged. The audit is part of the ledger's
// hash chain; an act that was edited, removed or repeated shows here.
import { openLedgerReader } from '../../sqlite/ledger-reader.ts'
import { act, commandOf, printed } from '#base/desk/commands/acts.ts'
import { notDone } from '../../pure/lot/command-words.ts'
import { folderOf } from '#base/desk/commands/client.ts'
import { verdictOf } from './ledger.ts'
import { readerOptions } from '#lane/folder/reader-options.ts'

interface Audits {
  readonly acts: number
  readonly byAct: Readonly<Record<string, number>>
  readonly byPerson: Readonly<Record<string, number>>
  /** commandIds that occur twice in the ledger: an act was carried out again. */
  readonly repeated: readonly string[]
}

const noAudits: Audits = { acts: 0, byAct: {}, byPerson: {}, repeated: [] }

function auditsOf(dir: string): Audits {
  using reader = openLedgerReader(readerOptions(dir))
  const byAct: Record<string, number> = {}
  const byPerson: Record<string, number> = {}
  const seen = new Set<string>()
  const commanded = new Set<string>()
  const repeated: string[] = []
  let acts = 0
  for (const row of reader.rows()) {
    if (row.kind !== 'audit') continue
    const { act, by, commandId, result } = row.body
    // After a commanded act one more row records the device's answer; it is not a second act.
    if (act === 'lane.open' && commanded.delete(commandId)) continue
    if (act === 'lane.open' && result === 'commanded') commanded.add(commandId)
    // The act failed after its row was written: its id may come again.
    if (result === notDone) {
      seen.delete(commandId)
      continue
    }
    const name = act.split(' ', 1)[0] ?? act
    acts++
    byAct[name] = (byAct[name] ?? 0) + 1
    byPerson[by] = (byPerson[by] ?? 0) + 1
    if (seen.has(commandId)) repeated.push(commandId)
    seen.add(commandId)
  }
  return { acts, byAct, byPerson, repeated }
}

const verify = act(['audit verify --data DIR'], ({ data }) => {
  const dir = folderOf(data)
  const { ok, chain, firstBadSeq, headSeq, faults } = verdictOf(dir)
  const audits = faults.length > 0 && headSeq === 0 ? noAudits : auditsOf(dir)
  const fine = ok && audits.repeated.length === 0
  return printed({ ok: fine, ...audits, chain, firstBadSeq, headSeq, faults }, fine)
})

export const auditCommand = commandOf('audit', [verify])
