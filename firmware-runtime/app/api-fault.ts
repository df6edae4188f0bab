// A fault as the control API says it: code, what happened, what it means, what to do, which field.
// One shape for every refusal, so that a window and a script can say what to do next.
import type { ApiReply } from '../api/table.ts'
import type { ApiError } from '../api/rows.ts'
import type { LaneFault } from '../core/values/faults.ts'
import { faults, noteBehind, type FaultRow } from '../core/values/faults.ts'

export function apiErrorOf(fault: LaneFault, language: 'zh' | 'en' = 'zh'): ApiError {
  const row: FaultRow = faults[fault.code]
  const { note, noteZh, field, value, todo } = fault.detail
  return {
    code: fault.code,
    message: `${row.what[language]}${noteBehind(fault, language)}`,
    means: row.means[language],
    todo: todo ?? row.todo[language],
    field: field ?? '',
    value: value ?? '',
    ...(note === undefined || noteZh === undefined ? {} : { why: { zh: noteZh, en: note } }),
  }
}

export const refused = (fault: LaneFault): ApiReply<never> => ({
  ok: false,
  error: apiErrorOf(fault),
})
