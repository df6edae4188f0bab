// Planned actions of a model in virtual time: the model's only clock.
// The caller advances time; due actions run in order of time, then of planning.

export interface Planned {
  readonly atUs: number
  cancelled: boolean
}

interface Item extends Planned {
  readonly order: number
  readonly run: () => void
}

/** Number of items before cancelled ones are counted. */
const lookMin = 64

export class Agenda {
  /** Time of the item that runs, or of the last `runUntil`. */
  nowUs = 0
  #items: Item[] = []
  #order = 0
  /** At this number of items the cancelled ones are removed. */
  #lookAt = lookMin

  plan(afterUs: number, run: () => void): Planned {
    const item: Item = {
      atUs: this.nowUs + Math.max(0, Math.round(afterUs)),
      order: ++this.#order,
      cancelled: false,
      run,
    }
    if (this.#items.length >= this.#lookAt) {
      this.#items = this.#items.filter(({ cancelled }) => !cancelled)
      this.#lookAt = Math.max(lookMin, 2 * this.#items.length)
    }
    // A new item is mostly the next one; later items may be hours away.
    let from = 0
    let to = this.#items.length
    while (from < to) {
      const middle = (from + to) >> 1
      if ((this.#items[middle]?.atUs ?? 0) > item.atUs) to = middle
      else from = middle + 1
    }
    this.#items.splice(from, 0, item)
    return item
  }

  /** Runs all items due up to `atUs`, including newly planned ones. Time never goes back. */
  runUntil(atUs: number): void {
    for (;;) {
      const item = this.#items[0]
      if (!item || item.atUs > atUs) break
      this.#items.shift()
      if (item.cancelled) continue
      this.nowUs = Math.max(this.nowUs, item.atUs)
      item.run()
    }
    this.nowUs = Math.max(this.nowUs, atUs)
  }

  /** When the next item is due; null when nothing is planned. */
  nextDueUs(): number | null {
    while (this.#items[0]?.cancelled) this.#items.shift()
    return this.#items[0]?.atUs ?? null
  }

  clear(): void {
    this.#items = []
  }
}

export function cancel(planned: Planned | null): void {
  if (planned) planned.cancelled = true
}
