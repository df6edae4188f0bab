// What looking around on the network answers: cameras, lane computers, HID devices, and the camera of
// a lane. Null is what nobody has asked for yet; an empty list is an answer.
import type { CodedFault } from './rows.ts'
import type { Card, FoundCamera, FoundLanePc, SeenHid, SeenPrinter } from '../ports/find.ts'
import type { CameraReportView, PushReportView } from './find-views.ts'

/** One camera, by whichever searches it answered. */
export interface FoundCameraView extends Omit<FoundCamera, 'by'> {
  readonly by: readonly FoundCamera['by'][]
  /** As what it may be added to a lot: one that its search or its name gives away, else each that pushes. */
  readonly links: readonly string[]
}

export const seekKinds = ['cameras', 'lanes', 'hid'] as const
export type SeekKind = (typeof seekKinds)[number]

export interface SeekView {
  /** `demo` touches no network card and no device. */
  readonly place: 'demo' | 'workbench' | 'lane'
  /** Cards that are asked on: all but the loopback. */
  readonly cards: readonly Card[]
  readonly job: {
    readonly what: SeekKind
    readonly elapsedMs: number
    readonly ofMs: number
  } | null
  readonly cameras: readonly FoundCameraView[] | null
  readonly lanes: readonly FoundLanePc[] | null
  readonly hid: readonly SeenHid[] | null
  /** Of USB: asked together with HID devices. */
  readonly printers: readonly SeenPrinter[] | null
  /** Why the last one failed. */
  readonly fault: CodedFault | null
}

/** One of the two is there: a camera pushes, or is asked with a password; else it needs neither. */
export interface LaneCameraView {
  readonly push: PushReportView | null
  readonly asked: CameraReportView | null
}
