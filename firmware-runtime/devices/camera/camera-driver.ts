// What every plate camera tells its lane, whatever it speaks: up or down, readings, its clock.
// Drivers of all vendors emit these; the composition root judges repeats and gives readings to lanes.
import type { DownText, NoteText } from '../../core/values/notes.ts'
import type { PlateRead } from '../../core/lane/plate-read.ts'
import type { InstantMs } from '../../core/values/instant.ts'
import type { TimerEffect } from '../../core/values/step.ts'

/** Why a camera is not in service; shown to people beside the device, so the words stay stable. */
export type CameraDownReason =
  | 'notReached'
  | 'silent'
  /** User or password is not accepted. */
  | 'credentials'
  /** The link names a secret that is not set. */
  | 'secretMissing'
  /** It asks for a proof that would show the password. */
  | 'noDigest'
  /** `ctrlMod` is not 1: it would open the gate by its own list. */
  | 'opensByItself'
  /** It pushes to a path of this lane that is not, or no longer, its own. */
  | 'wrongPath'
  /** It has no such answer: another make or model, or a switched-off service. */
  | 'notSupported'

export type CameraNews =
  | { readonly type: 'cameraUp'; readonly deviceId: string }
  | { readonly type: 'cameraDown'; readonly reason: CameraDownReason; readonly note: DownText }
  | { readonly type: 'plateRead'; readonly read: PlateRead; readonly receivedAtMs: InstantMs }
  /** A message, or a part of one, that nothing could be made of; a plate may have been in it. */
  | { readonly type: 'notUnderstood'; readonly what: NoteText }
  /** Clock of the camera minus ours, as just measured: it was asked for, or the reading that follows says it. */
  | { readonly type: 'clockMeasured'; readonly offsetMs: number }
  /** Bytes from a serial port of the camera. */
  | { readonly type: 'serialBytes'; readonly port: string; readonly bytes: Uint8Array }
  /** A message that is neither a plate nor an answer to the driver: for whoever speaks through it. */
  | { readonly type: 'message'; readonly message: Readonly<Record<string, unknown>> }

/** What a driver counts beside its news; for the log and for tests. */
export interface CameraCounters {
  readonly readings: number
  readonly keepAlives: number
  /** Messages that could not be used, by any reason. */
  readonly refused: number
  readonly picturesDropped: number
  readonly discardedBytes: number
}

export const noCounts: CameraCounters = {
  readings: 0,
  keepAlives: 0,
  refused: 0,
  picturesDropped: 0,
  discardedBytes: 0,
}

export type CameraEffect = { readonly do: 'emit'; readonly event: CameraNews } | TimerEffect

/** Clock offset of a live reading; a history reading or one without a time tells nothing. */
export const clockOffsetOf = (read: PlateRead, receivedAtMs: InstantMs): number | null =>
  read.history || read.deviceAtMs === null ? null : read.deviceAtMs - receivedAtMs
