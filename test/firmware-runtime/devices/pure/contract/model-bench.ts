// A driver against the model of its simulator, for the tests of one driver: they command it and check what it sent,
// what it reported, and its state.
import type { DeviceTap } from '#devices/hosts/device-host.ts'
import type { Driver, DriverEvent } from '#devices/pure/driver.ts'
import type { VirtualTime } from '#harness/lot/virtual-time.ts'
import { LinkBench, type ActingModel, type BenchOptions } from './link-bench.ts'
import type { ModelOutput } from './virtual-link.ts'

export interface ModelBenchParts<S, C, F, M> extends BenchOptions {
  readonly driver: Driver<S, DriverEvent<C>, F>
  readonly model: M
  readonly tap?: DeviceTap | undefined
}

export abstract class ModelBench<
  S,
  C,
  E,
  F extends { readonly do: string },
  O extends ModelOutput,
  M extends ActingModel<O>,
> extends LinkBench<O, M> {
  readonly command: (command: C) => void
  readonly events: E[] = []
  /** The driver's state after its last step. */
  state: S

  constructor({ driver, model, tap, ...options }: ModelBenchParts<S, C, F, M>) {
    super(model, options)
    this.state = driver.initial()
    this.command = this.link.host<S, C, E, F>(
      {
        initial: () => driver.initial(),
        step: (state, event) => {
          const step = driver.step(state, event)
          this.state = step.state
          return step
        },
      },
      (event) => this.reported(event),
      tap,
    )
  }

  protected reported(event: E): void {
    this.events.push(event)
  }

  get time(): VirtualTime {
    return this.link.time
  }

  get sent(): readonly Uint8Array[] {
    return this.link.sent
  }
}
