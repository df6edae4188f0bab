// The calls of the frame console: who can be looked at, their frames page by page, saving them, and
// sending one of the safe frames by hand.
import { z } from 'zod'
import type { ConsolePageView, SavedWireView, WireView } from '../console-views.ts'
import { act, laneId, none, read, who, type ActAnswer, type CallRow, type Who } from '../rows.ts'

const device = z.enum(['rsu'])
const frameType = z.string().regex(/^[0-9A-F]{2}$/)
const fieldName = z.string().regex(/^[a-zA-Z][a-zA-Z0-9]{0,39}$/)

export interface FramesQuery {
  laneId: string
  device: 'rsu'
  after: number
  limit?: number | undefined
  direction?: 'in' | 'out' | undefined
  types?: string[] | undefined
  text?: string | undefined
}

const forInstaller = <A, R>(row: CallRow<A, R>): CallRow<A, R> => ({ ...row, role: 'installer' })

export const consoleCalls = {
  'device.wires': read<Record<string, never>, { wires: readonly WireView[] }>(none),
  'device.frames': read<FramesQuery, ConsolePageView>(
    z.strictObject({
      laneId,
      device,
      after: z.int().min(0),
      limit: z.int().min(1).max(1000).optional(),
      direction: z.enum(['in', 'out']).optional(),
      types: z.array(frameType).max(64).optional(),
      text: z.string().max(200).optional(),
    }),
  ),
  /** Writes a file into the folder `captures` of the data folder. */
  'device.saveFrames': forInstaller(
    read<{ laneId: string; device: 'rsu'; format: 'capture' | 'pcapng' }, SavedWireView>(
      z.strictObject({ laneId, device, format: z.enum(['capture', 'pcapng']) }),
    ),
  ),
  'device.sendFrame': act<
    { laneId: string; device: 'rsu'; code: string; fields: Record<string, string> } & Who,
    ActAnswer
  >(
    'installer',
    z.strictObject({
      laneId,
      device,
      code: frameType,
      fields: z.record(fieldName, z.string().max(64)),
      ...who,
    }),
  ),
} as const
