// A finding of the link doctor: a row of the fault table with the place it was seen at.
// Words come from the table alone, so that window, scripts and documents say the same.
import type { FindingView } from '../../api/find-views.ts'
import { findFaults, type FindCode } from '../../core/values/find-faults.ts'

export const finding = (
  code: FindCode,
  { weight = 'bad', value = '', note = '' }: Partial<Omit<FindingView, 'code'>> = {},
): FindingView => ({ code, weight, value, note, ...findFaults[code] })

export const isOk = (findings: readonly FindingView[]): boolean =>
  findings.every(({ weight }) => weight === 'info')
