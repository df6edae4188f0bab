// The display driver against the model of its simulator, in virtual time.
// Shared by the contract suite and by the tests of the driver.
import type { DeviceTap } from '#devices/hosts/device-host.ts'
import type { DisplayCommand, DisplayEvent, DisplayPage } from '#devices/pure/lane/display.ts'
import { standardDisplay, type DisplayConfig } from '#devices/pure/display/olm/config.ts'
import { displayDriver } from '#devices/pure/display/olm/driver.ts'
import type { DisplayEffect, DisplayState } from '#devices/pure/display/olm/state.ts'
import { createDisplayModel } from '#simulators/display/model.ts'
import type { DisplayModel, DisplayOutput } from '#simulators/display/model.ts'
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
  DisplayEffect,
  DisplayOutput,
  DisplayModel
> {
  private works = 0

  constructor(
    over: Partial<DisplayConfig> = {},
    options: { password?: string; startMs?: number; tap?: DeviceTap } = {},
  ) {
    const { password = null, ...parts } = options
    super({
      driver: displayDriver({ ...standardDisplay, ...over }),
      model: createDisplayModel({ timing: 'standard', seed: 5, password }),
      serial: true,
      ...parts,
    })
  }

  protected override reported(event: DisplayEvent): void {
    super.reported(event)
    if (event.type === 'displayUp') this.up = true
    if (event.type === 'displayDown') this.up = false
  }

  show(phrases: readonly string[], speech = ''): void {
    this.command({ do: 'show', page: page(phrases, speech) })
  }

  /** Shows a page of text; it is done when the board has acknowledged all of it. */
  work(): void {
    this.show([`测A1234${this.works++ % 10}`, '请通行'], '一路顺风')
  }
  done(): number {
    return this.told('shown').length
  }
  /** The driver sets the board's clock; the text does not depend on it. */
  override skewClock(ms: number): void {
    this.model.board.clock = `${ms} ms off`
  }

  get lines(): string[] {
    return this.model.board.lines.map((line) => line.text)
  }

  told(type: DisplayEvent['type']): DisplayEvent[] {
    return this.events.filter((event) => event.type === type)
  }

  /** Connected, set up, and idle. */
  ready(): this {
    this.connect()
    this.run(2_000)
    return this
  }
}
