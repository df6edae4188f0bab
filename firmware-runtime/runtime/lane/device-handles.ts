// What a lane has of its barrier and its display once they are joined to their drivers.
// Shapes alone: boards of loops and gates of cameras give and take them as well.
import type { BarrierCommand } from '../../core/lane/barrier.ts'
import type { DisplayCommand } from '../../core/lane/display.ts'
import type { DisplayView } from '../../api/views.ts'
import type { DeviceHandle, LoggedHandle } from './device-ports.ts'

export interface BarrierHandle extends DeviceHandle<BarrierCommand>, LoggedHandle {
  /** Link and wiring as one text: another text is another configuration. */
  readonly wiring: string
}

export interface DisplayHandle extends DeviceHandle<DisplayCommand>, LoggedHandle {
  /** What the board acknowledged, or that it is silent. */
  readonly view: DisplayView
}
