// A row of a frame service for the control API and the command line.
// Times get their offset here.
import type { ConsoleRowView } from '../calls/console-views.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import type { FrameRow } from './frame-service.ts'

export function rowView({ monoUs, atMs, ...row }: FrameRow): ConsoleRowView {
  return { ...row, atIso: isoOf(atMs), monoMs: monoUs / 1000 }
}
