// A table is written whole or not at all: bad cells of its comparison are refused again before the first row of the
// transaction.
import { LaneFault, type FaultCode } from '../../core/faults/faults.ts'
import type { BadCell } from '../../core/values/tables/table.ts'

/** Throws for the first bad cell, with line, heading, value and reason. */
export function refuseBad(code: FaultCode, [first]: readonly BadCell[]): void {
  if (first === undefined) return
  const { line, field, value, text } = first
  throw new LaneFault(code, { field: `line ${line} ${field}`, value, note: text })
}
