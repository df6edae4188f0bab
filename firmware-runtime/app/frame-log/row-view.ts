// A row of a frame service as the control API and the command line show it.
// Times get their offset here, at the edge.
import type { ConsoleRowView } from '../../api/console-views.ts'
import { isoOf } from '../../core/values/instant.ts'
import type { FrameRow } from './frame-service.ts'

export function rowView({ monoUs, atMs, ...row }: FrameRow): ConsoleRowView {
  return { ...row, atIso: isoOf(atMs), monoMs: monoUs / 1000 }
}
