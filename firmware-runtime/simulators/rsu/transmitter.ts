// The RSU's sending side: sequence bytes, retransmission, and faults of frames on their way out.
// Every frame is sent here, so that every fault applies to every frame.
import { cancel, type Agenda, type Planned } from '../shell/agenda.ts'
import type { FaultAction, FaultEngine } from '../shell/faults.ts'
import { firstHalf, flipBits } from '../shell/mangle.ts'
import type { FrameName, RsuDialect } from './dialect.ts'
import type { RsuKnobs } from './knobs.ts'
import { retransmitMax, retransmitMs } from './timing.ts'

interface TransmitterOptions {
  readonly dialect: RsuDialect
  readonly knobs: RsuKnobs
  readonly agenda: Agenda
  readonly faults: FaultEngine
  readonly random: () => number
  /** Puts bytes on the link now. */
  emit(bytes: Uint8Array, name: FrameName): void
  /** Faults that concern the whole device. */
  deviceFault(action: FaultAction): void
}

/** A frame held back for reordering is sent by itself after this time, ms. */
const reorderMsMax = 500

export class Transmitter {
  readonly framesOut: Record<string, number> = {}
  #options: TransmitterOptions
  #nextSeq: (type: number, name: FrameName) => number
  #held: { bytes: Uint8Array; name: FrameName }[] = []
  #repeat: Planned | null = null

  constructor(options: TransmitterOptions) {
    this.#options = options
    this.#nextSeq = options.dialect.sequencer(options.knobs, options.random)
  }

  /** Power-up: counting restarts, nothing is held back or repeated. */
  reset(): void {
    const { dialect, knobs, random } = this.#options
    this.#nextSeq = dialect.sequencer(knobs, random)
    this.#held = []
    this.pcSpoke()
  }

  /** The PC sent a frame: an unanswered frame need not be repeated. */
  pcSpoke(): void {
    cancel(this.#repeat)
    this.#repeat = null
  }

  /**
   * Sends one frame. `fault` was decided by the caller for a frame with an effect (B5: the debit); other faults are
   * decided here.
   */
  send(
    name: FrameName,
    data: Uint8Array,
    fault: FaultAction | null,
    awaitsPc: boolean,
    seq?: number,
  ): void {
    const { dialect, knobs, agenda } = this.#options
    const bytes = dialect.wrap(seq ?? this.#nextSeq(data[0] ?? 0, name), data, knobs)
    this.pcSpoke()
    this.#put(bytes, name, fault)
    if (!awaitsPc || !dialect.retransmits) return
    let repeats = 0
    const again = (): void => {
      this.#put(bytes, name, null)
      repeats++
      this.#repeat = repeats < retransmitMax ? agenda.plan(retransmitMs * 1000, again) : null
    }
    this.#repeat = agenda.plan(retransmitMs * 1000, again)
  }

  /** Puts one frame on the link, with its faults and those of the link. */
  #put(bytes: Uint8Array, name: FrameName, given: FaultAction | null): void {
    const { agenda, faults } = this.#options
    const fault = given ?? faults.decide('link', 'after')
    switch (fault?.do) {
      case undefined:
        this.#out(bytes, name)
        return
      case 'drop':
        return
      case 'silence':
      case 'reboot':
      case 'unplug':
        this.#options.deviceFault(fault)
        return
      case 'delay':
        agenda.plan(fault.ms * 1000, () => this.#out(bytes, name))
        return
      case 'duplicate':
        this.#out(bytes, name)
        this.#out(bytes, name)
        return
      case 'flip':
        this.#out(flipBits(bytes, fault.bits, this.#options.random), name)
        return
      case 'cut':
        this.#out(firstHalf(bytes), name)
        return
      case 'reorder':
        this.#held.push({ bytes, name })
        agenda.plan((fault.ms || reorderMsMax) * 1000, () => this.#release())
        return
      default:
        // `status` and `forge` are the platform's actions: on a link they have no effect.
        this.#out(bytes, name)
    }
  }

  #out(bytes: Uint8Array, name: FrameName): void {
    this.framesOut[name] = (this.framesOut[name] ?? 0) + 1
    this.#options.emit(bytes, name)
    this.#release()
  }

  #release(): void {
    const held = this.#held
    this.#held = []
    for (const { bytes, name } of held) this.#out(bytes, name)
  }
}
