// A finding of the link doctor: a row of the fault table with its place. Texts come from the table alone, so that
// window, scripts and documents agree.
import { noteWhy } from '#base/pure/words/notes.ts'
import type { FindingView } from '../calls/find-views.ts'
import { codedFault } from '#base/process/api-fault.ts'
import type { Why } from '#base/pure/faults/faults.ts'
import { findFaults, type FindCode } from '#base/pure/faults/find-faults.ts'

interface Seen extends Pick<FindingView, 'weight' | 'value'> {
  readonly note: Why
}

export const finding = (
  code: FindCode,
  { weight = 'bad', value = '', note = '' }: Partial<Seen> = {},
): FindingView => ({
  weight,
  value,
  ...codedFault(code, typeof note === 'string' ? noteWhy(note) : note),
  ...findFaults[code],
})

export const isOk = (findings: readonly FindingView[]): boolean =>
  findings.every(({ weight }) => weight === 'info')
