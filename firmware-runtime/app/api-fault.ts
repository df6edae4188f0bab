// A fault in the form of the control API: code, what happened, what it means, what to do, which field. One form for
// every refusal, for windows and scripts.
import type { ApiReply } from '../api/table.ts'
import type { ApiError, CodedFault } from '../api/rows.ts'
import type { LaneFault } from '../core/faults/faults.ts'
import { faults, noteBehind, whyIn, type FaultRow, type Why } from '../core/faults/faults.ts'

export function apiErrorOf(fault: LaneFault, language: 'zh' | 'en' = 'zh'): ApiError {
  const row: FaultRow = faults[fault.code]
  const { note, field, value, todo } = fault.detail
  return {
    code: fault.code,
    message: `${row.what[language]}${noteBehind(note, language)}`,
    means: row.means[language],
    todo: todo ?? row.todo[language],
    field: field ?? '',
    value: value ?? '',
    ...(typeof note === 'object' ? { why: note } : {}),
  }
}

export const codedFault = <C extends string>(
  code: C,
  note: Why = '',
): CodedFault & { readonly code: C } => ({
  code,
  note: whyIn(note),
  ...(typeof note === 'object' && note.zh !== note.en ? { why: note } : {}),
})

export const refused = (fault: LaneFault): ApiReply<never> => ({
  ok: false,
  error: apiErrorOf(fault),
})
