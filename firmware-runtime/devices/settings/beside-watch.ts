// Reads of the antennas of the other lanes of a lot while one antenna is measured.
import type { TuneSignal } from '../pure/tune/signals.ts'

/** An antenna of another lane. */
export interface BesideAntenna {
  readonly onSignal: Set<(signal: TuneSignal) => void>
}

const readsMax = 20_000

export class BesideWatch {
  readonly #antennas: readonly BesideAntenna[]
  readonly #reads: TuneSignal[] = []
  readonly #hear = (signal: TuneSignal): void => {
    if (signal.type === 'read' && this.#reads.length < readsMax) this.#reads.push(signal)
  }

  constructor(antennas: readonly BesideAntenna[]) {
    this.#antennas = antennas
    for (const { onSignal } of this.#antennas) onSignal.add(this.#hear)
  }

  get reads(): readonly TuneSignal[] {
    return this.#reads
  }

  stop(): void {
    for (const { onSignal } of this.#antennas) onSignal.delete(this.#hear)
  }
}
