// Results of searching the network: cameras, lane computers, HID devices, and the camera of a lane. Null: not searched
// yet; an empty list: searched, nothing found.
import type { CodedFault } from '#base/calls/rows.ts'
import type { Card, FoundCamera, FoundLanePc, SeenHid, SeenPrinter } from '../ports/find.ts'
import type { CameraReportView, PushReportView } from './find-views.ts'

/** One camera, with all searches that it answered. */
export interface FoundCameraView extends Omit<FoundCamera, 'by'> {
  readonly by: readonly FoundCamera['by'][]
  /**
   * Links under which it may be added to a lot: those of the make known by search or name, else one for each make that
   * pushes.
   */
  readonly links: readonly string[]
}

export const seekKinds = ['cameras', 'lanes', 'hid'] as const
export type SeekKind = (typeof seekKinds)[number]

export interface SeekView {
  /** `demo`: uses no network card and no device. */
  readonly place: 'demo' | 'workbench' | 'lane'
  /** Network cards that are searched: all but the loopback. */
  readonly cards: readonly Card[]
  readonly job: {
    readonly what: SeekKind
    readonly elapsedMs: number
    readonly ofMs: number
  } | null
  readonly cameras: readonly FoundCameraView[] | null
  readonly lanes: readonly FoundLanePc[] | null
  readonly hid: readonly SeenHid[] | null
  /** USB printers: searched together with HID devices. */
  readonly printers: readonly SeenPrinter[] | null
  /** Why the last search failed. */
  readonly fault: CodedFault | null
}

/** At most one is present: for a camera that pushes, or for one that is queried with a password. */
export interface LaneCameraView {
  readonly push: PushReportView | null
  readonly asked: CameraReportView | null
}
