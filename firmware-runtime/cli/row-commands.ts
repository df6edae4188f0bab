// The commands of all rows of the call table that name one. A build keeps what this comes to and leaves the table out
// (installers/dev/call-facts.ts), so that no command reads a schema.
import type { CallRow } from '../api/rows.ts'
import { api } from '../api/table.ts'
import { rowUsage } from './row-lines.ts'
import type { RowUsage } from './row-usage.ts'

const rows: readonly (readonly [string, CallRow])[] = Object.entries(api)

export const rowCommands: readonly RowUsage[] = rows.flatMap(([call, row]) =>
  row.command === null ? [] : [rowUsage(call, row.command, row)],
)
