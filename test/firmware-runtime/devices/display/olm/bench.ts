// The display driver opposite the model of its simulator, in virtual time.
// Shared by the contract suite and by the tests of the driver.
import type { DeviceTap } from '../../../../../firmware-runtime/app/hosts/device-host.ts'
import type {
  DisplayCommand,
  DisplayEvent,
  DisplayPage,
} from '../../../../../firmware-runtime/core/lane/display.ts'
import {
  standardDisplay,
  type DisplayConfig,
} from '../../../../../firmware-runtime/devices/display/olm/config.ts'
import { displayDriver } from '../../../../../firmware-runtime/devices/display/olm/driver.ts'
import type {
  DisplayEffect,
  DisplayState,
} from '../../../../../firmware-runtime/devices/display/olm/state.ts'
import { createDisplayModel } from '../../../../../firmware-runtime/simulators/display/model.ts'
import type { DisplayModel } from '../../../../../firmware-runtime/simulators/display/model.ts'
import { ModelBench } from '../../contract/model-bench.ts'

export const page = (phrases: readonly string[], speech = ''): DisplayPage => ({
  phrases,
  tone: 'go',
  speech,
})

export class DisplayBench extends ModelBench<
  DisplayState,
  DisplayCommand,
  DisplayEvent,
  DisplayEffect
> {
  readonly events: DisplayEvent[]
  readonly board: DisplayModel
  up = false
  /** State of the driver after its last step. */
  state: DisplayState

  constructor(
    over: Partial<DisplayConfig> = {},
    options: { password?: string; businessMs?: number; tap?: DeviceTap } = {},
  ) {
    const events: DisplayEvent[] = []
    const { password = null, businessMs, tap } = options
    const board = createDisplayModel({ timing: 'standard', seed: 5, password })
    const driver = displayDriver({ ...standardDisplay, ...over })
    let seen = driver.initial()
    super({
      driver: {
        initial: () => driver.initial(),
        step: (state, event) => {
          const step = driver.step(state, event)
          seen = step.state
          this.state = seen
          return step
        },
      },
      model: board,
      tap,
      emit: (event) => {
        events.push(event)
        if (event.type === 'displayUp') this.up = true
        if (event.type === 'displayDown') this.up = false
      },
      ...(businessMs === undefined ? {} : { businessMs }),
    })
    this.state = seen
    this.events = events
    this.board = board
  }

  show(phrases: readonly string[], speech = ''): void {
    this.host.command({ do: 'show', page: page(phrases, speech) })
  }

  get lines(): string[] {
    return this.board.board.lines.map((line) => line.text)
  }

  told(type: DisplayEvent['type']): DisplayEvent[] {
    return this.events.filter((event) => event.type === type)
  }

  /** Connected, set up, and nothing under way. */
  ready(): this {
    this.connect()
    this.run(2_000)
    return this
  }
}
