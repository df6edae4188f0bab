// The RSU's receiving side: counts frames of the PC and applies faults on their way in.
// The counterpart of transmitter.ts.
import { hexOf } from '#base/pure/data/bytes.ts'
import type { Agenda } from '../shell/agenda.ts'
import type { FaultAction, FaultEngine } from '../shell/faults.ts'
import type { PcFrame, PcReceiver, RsuDialect } from './dialect.ts'
import { deviceActions } from './model-types.ts'

interface InletOptions {
  readonly dialect: RsuDialect
  readonly agenda: Agenda
  readonly faults: FaultEngine
  received(frame: PcFrame): void
  /** Faults that concern the whole device. */
  deviceFault(action: FaultAction): void
}

export class Inlet {
  readonly framesIn: Record<string, number> = {}
  readonly #options: InletOptions
  #receiver: PcReceiver
  #discardedBefore = 0

  constructor(options: InletOptions) {
    this.#options = options
    this.#receiver = options.dialect.receiver()
  }

  get discarded(): number {
    return this.#discardedBefore + this.#receiver.discarded
  }

  push(bytes: Uint8Array): void {
    for (const frame of this.#receiver.push(bytes)) this.#arrived(frame)
  }

  /** A partial frame of an ended connection is discarded. */
  fresh(): void {
    this.#discardedBefore += this.#receiver.discarded
    this.#receiver = this.#options.dialect.receiver()
  }

  #arrived(frame: PcFrame): void {
    const { faults, agenda, received, deviceFault } = this.#options
    const type = frame.data.length === 0 ? 'ack' : hexOf(frame.data.subarray(0, 1))
    this.framesIn[type] = (this.framesIn[type] ?? 0) + 1
    const before = faults.decide('link', 'before') ?? faults.decide(type, 'before')
    if (before?.do === 'drop' || before?.do === 'cut') return
    if (before?.do === 'delay') {
      agenda.plan(before.ms * 1000, () => received(frame))
      return
    }
    if (before && deviceActions.has(before.do)) {
      deviceFault(before)
      return
    }
    received(frame)
    const after = faults.decide(type, 'after')
    if (after && deviceActions.has(after.do)) deviceFault(after)
  }
}
