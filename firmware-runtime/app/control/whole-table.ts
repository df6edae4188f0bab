// A table is written whole or not at all: what its comparison found bad is refused again where it is to be written,
// before the first row of the transaction.
import { LaneFault, type FaultCode } from '../../core/faults/faults.ts'
import type { BadCell } from '../../core/values/tables/table.ts'

/** Throws by its first bad cell: line, heading, value and why. */
export function refuseBad(code: FaultCode, [first]: readonly BadCell[]): void {
  if (first === undefined) return
  const { line, field, value, text } = first
  throw new LaneFault(code, { field: `line ${line} ${field}`, value, note: text })
}
