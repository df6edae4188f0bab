// A finding of the link doctor: a row of the fault table with its place. Texts come from the table alone, so that
// window, scripts and documents agree.
import { noteWhy } from '../../core/values/notes.ts'
import type { FindingView } from '../../api/find-views.ts'
import { codedFault } from '../api-fault.ts'
import type { Why } from '../../core/faults/faults.ts'
import { findFaults, type FindCode } from '../../core/faults/find-faults.ts'

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
