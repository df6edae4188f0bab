// The handles of a lane's barrier and display.
// Types only: boards of loops and gates on cameras use them as well.
import type { BarrierCommand } from '../../pure/lane/barrier.ts'
import type { DisplayCommand } from '../../pure/lane/display.ts'
import type { DisplayView } from '#lane/calls/views.ts'
import type { DeviceHandle, LoggedHandle } from './device-ports.ts'

export interface BarrierHandle extends DeviceHandle<BarrierCommand>, LoggedHandle {
  /** Link and wiring as one text, to compare configurations. */
  readonly wiring: string
  /** A safety loop is fitted under the boom. */
  readonly hasUnder: boolean
}

export interface DisplayHandle extends DeviceHandle<DisplayCommand>, LoggedHandle {
  /** The text that the board acknowledged, or its silence. */
  readonly view: DisplayView
}
