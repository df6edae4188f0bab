// What a make defines for turning its camera to a preset: requests, and the meaning of their answers. The plan, the account and
// HTTP are the same for all makes.
import type { NoteText } from '#base/pure/words/notes.ts'
import type { DeviceRequest } from '../http/session.ts'
import type { Position } from './position.ts'

export interface PresetDialect {
  turn(preset: number): DeviceRequest
  /** Why the camera refused; null: it accepted the command, which does not prove a movement. */
  refusal(status: number, text: string): NoteText | null
  where(): DeviceRequest
  /** Null: the answer states no position. Never throws. */
  position(status: number, text: string): Position | null
}
