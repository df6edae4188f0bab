// A fault in the form of the control API: code, what happened, what it means, what to do, which field. One form for
// every refusal, for windows and scripts.
import type { ApiReply } from '../calls/rows.ts'
import type { ApiError, CodedFault } from '../calls/rows.ts'
import type { LaneFault } from '../pure/faults/faults.ts'
import {
  faults,
  noteBehind,
  whyIn,
  type BilingualText,
  type FaultRow,
  type Why,
} from '../pure/faults/faults.ts'
import { systemReason } from '../pure/words/system-words.ts'

/** What a sentence may say of a note: its own words, or what a text of the system means. */
const reasonOf = (note: Why = ''): { readonly why?: BilingualText } => {
  const why = typeof note === 'string' ? systemReason(note) : note
  return why === null ? {} : { why }
}

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
    ...reasonOf(note),
  }
}

export const codedFault = <C extends string>(
  code: C,
  note: Why = '',
): CodedFault & { readonly code: C } => ({
  code,
  note: whyIn(note),
  ...reasonOf(typeof note === 'object' && note.zh === note.en ? '' : note),
})

export const refused = (fault: LaneFault): ApiReply<never> => ({
  ok: false,
  error: apiErrorOf(fault),
})
