// What the ledger says of programs that were switched, kept or taken back: rows of the audit, whose ids follow from the kept
// state, so that a row is written once although both the program before and the one after may write it.
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import type { Slots, UpdateEnd } from './slots.ts'

type AuditDraft = Extract<RowDraft, { kind: 'audit' }>

/** Who did it: a person, or null for the program itself. */
interface ByWhom {
  readonly by: string | null
  readonly reason: string
}

const audit = (
  atMs: InstantMs,
  what: { readonly act: string; readonly atIso: string; readonly result: string },
  { by, reason }: ByWhom,
): AuditDraft => {
  const { act, atIso, result } = what
  const who = by === null ? { by: 'etc-lane', role: 'system' } : { by, role: 'installer' }
  return {
    kind: 'audit',
    atMs,
    body: { act, ...who, reason, commandId: `${act} ${atIso}`, result },
  }
}

/** The row of a trial that has begun; null: none has. `installed`: version of the installed program. */
export function switchedRow(
  { active, before, trial }: Slots,
  installed: string,
  { atMs, by }: { readonly atMs: InstantMs; readonly by: string | null },
): AuditDraft | null {
  if (active === null || trial === null) return null
  const result = `${before?.version ?? installed} ${active.version}`
  const what = { act: 'program.switched', atIso: trial.sinceIso, result }
  return audit(atMs, what, { by, reason: '' })
}

/** `program.kept`, `program.takenBack` or `program.replaced`, with versions, cause and rows of the version in `result`. */
export function endedRow({ last }: Slots, atMs: InstantMs, by: string | null): AuditDraft | null {
  if (last === null) return null
  const { from, to, is, why, rows, note, atIso }: UpdateEnd = last
  const result = [from, to, ...(why === null ? [] : [why]), String(rows)].join(' ')
  return audit(atMs, { act: `program.${is}`, atIso, result }, { by, reason: note })
}
