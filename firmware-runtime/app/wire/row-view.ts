// A row of a frame desk as the control API and the command line show it.
// Times get their offset here, at the edge.
import type { ConsoleRowView } from '../../api/console-views.ts'
import { isoOf } from '../../core/values/instant.ts'
import type { DeskRow } from './frame-desk.ts'

export function rowView({ monoUs, atMs, ...row }: DeskRow): ConsoleRowView {
  return { ...row, atIso: isoOf(atMs), monoMs: monoUs / 1000 }
}
