// Serial ports that hang on a camera and are used through the camera's own connection.
// The device behind such a port (mostly a display) receives plain bytes, as on a port of the lane PC.
import type { DownText } from '#base/pure/words/notes.ts'
import type { Cancel } from '#base/ports/clocks.ts'

export interface SerialPassthrough {
  /** Bytes for the device behind the camera; lost while the camera is away. */
  send(bytes: Uint8Array): void
  onBytes(take: (bytes: Uint8Array) => void): Cancel
  /** Called at once, and again whenever the camera comes or goes. */
  onChange(take: (up: boolean, reason: DownText | '') => void): Cancel
}

/** Messages of a camera that speaks JSON over its connection, framing and heartbeat excluded. */
export interface CameraMessages {
  send(message: Readonly<Record<string, unknown>>): void
  onMessage(take: (message: unknown) => void): Cancel
  onChange(take: (up: boolean, reason: DownText | '') => void): Cancel
}
