// The commands of all call-table rows that name one. A build stores the result and omits the table
// (installers/dev/call-facts.ts), so that no command loads a schema.
import type { CallRow } from '#base/calls/rows.ts'
import { api } from './table.ts'
import { rowUsage } from './row-lines.ts'
import type { RowUsage } from './row-usage.ts'

const rows: readonly (readonly [string, CallRow])[] = Object.entries(api)

export const rowCommands: readonly RowUsage[] = rows.flatMap(([call, row]) =>
  row.command === null ? [] : [rowUsage(call, row.command, row)],
)
