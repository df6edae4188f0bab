// Events that every plate camera driver emits, whatever the vendor protocol: up or down, readings, clock offset. The
// composition root drops repeats and passes readings to lanes.
import type { DownText, NoteText } from '#base/pure/words/notes.ts'
import type { PlateRead } from '../lane/plate-read.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { DeviceReading } from '#base/pure/passport/versions.ts'
import type { TimerEffect } from '#base/pure/values/step.ts'

/** Why a camera is not in service; screens show a text for each word, so the words stay stable. */
export type CameraDownReason =
  | 'notReached'
  | 'silent'
  /** User or password is not accepted. */
  | 'credentials'
  /** The link names a secret that is not set. */
  | 'secretMissing'
  /** It offers only authentication that would reveal the password (Basic). */
  | 'noDigest'
  /** `ctrlMod` is not 1: it would open the gate by its own list. */
  | 'opensByItself'
  /** It pushes to a path that does not, or no longer, belong to it in this lane. */
  | 'wrongPath'
  /** What it pushes is not taken or not understood: it answers to nothing else. */
  | 'pushRefused'
  /** It does not know the request: another make or model, or the service is switched off. */
  | 'notSupported'

export type CameraNews =
  | { readonly type: 'cameraUp'; readonly deviceId: string }
  | { readonly type: 'cameraDown'; readonly reason: CameraDownReason; readonly note: DownText }
  | { readonly type: 'plateRead'; readonly read: PlateRead; readonly receivedAtMs: InstantMs }
  /** A message, or part of one, that could not be decoded; it may have contained a plate. */
  | { readonly type: 'notUnderstood'; readonly what: NoteText }
  /** Clock of the camera minus ours, just measured by a query or by a sign of life with its time, never by a reading. */
  | { readonly type: 'clockMeasured'; readonly offsetMs: number }
  /** What the camera says of its version; null: it was asked and did not tell. */
  | { readonly type: 'versionRead'; readonly reading: DeviceReading | null }
  /** Bytes from a serial port of the camera. */
  | { readonly type: 'serialBytes'; readonly port: string; readonly bytes: Uint8Array }
  /** A message that is neither a plate nor an answer to the driver; for a device connected through the camera. */
  | { readonly type: 'message'; readonly message: Readonly<Record<string, unknown>> }

/** Counters of a driver, beside its events; for the log and for tests. */
export interface CameraCounters {
  readonly readings: number
  readonly keepAlives: number
  /** Messages that could not be used, for any reason. */
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
