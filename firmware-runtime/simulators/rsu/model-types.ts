// Options and outputs of the RSU model; its fault places and usual settings.
// Types and constants; the behaviour is in model.ts.
import type { ShelfMaker } from '#base/pure/values/shelf.ts'
import type { Timing } from '../shell/arguments.ts'
import type { GoneOutput, RowOutput } from '../shell/device-model.ts'
import type { FaultEngine } from '../shell/faults.ts'
import type { CardRow } from './cards.ts'
import type { FrameName, RsuVariant } from './dialect.ts'
import type { RsuKnobs } from './knobs.ts'

/** Frames of the RSU, frames of the PC, and `link`: before = PC to RSU, after = RSU to PC. */
export const rsuFaultPlaces = [
  ...['B0', 'B2', 'B3', 'B4', 'B5', 'B8', 'B9', 'BA', 'BB', 'BD', 'BF'],
  ...['heartbeat', 'ack', 'link'],
  ...['C0', 'C1', 'C2', 'C4', '4C', 'C6', 'C8', 'C9', 'CA', 'CD', 'CF'],
]

export interface RsuModelOptions {
  readonly variant: RsuVariant
  readonly timing: Timing
  readonly seed: number
  /** 12 hex each, one or two. */
  readonly psamTerminals?: readonly string[]
  readonly faults?: FaultEngine
  /** Rows of the store file from earlier runs. */
  readonly rows?: readonly unknown[]
  /** Where cards are kept; absent: in memory. */
  readonly shelf?: ShelfMaker | undefined
  readonly knobs?: Partial<RsuKnobs>
  /** Settings of an earlier host; like a real RSU the model keeps them until the next C0. */
  readonly radio?: { readonly powerStep: number; readonly channel: number }
}

/** Settings of a working antenna, as most sources use them (6.2). */
export const usualRadio = { powerStep: 8, channel: 0 } as const

export type RsuOutput =
  | {
      readonly atUs: number
      readonly do: 'send'
      readonly bytes: Uint8Array
      readonly name: FrameName
      /** Sent only after all earlier rows are on disk. */
      readonly afterRows: boolean
    }
  | RowOutput<CardRow>
  | GoneOutput

/** Faults of the whole device, not of one frame. */
export const deviceActions = new Set(['silence', 'reboot', 'unplug'])

/** Name of the answer to an antenna switch in faults and counts. */
export function answerName(data: Uint8Array): FrameName {
  if (data.length === 0) return 'ack'
  return data[0] === 0xb0 ? 'B0' : 'heartbeat'
}
