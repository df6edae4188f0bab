// Things a model will do later, in virtual time: the model's only clock.
// The caller moves time on; what is due runs in order of time, then of making.

export interface Planned {
  readonly atUs: number
  cancelled: boolean
}

interface Item extends Planned {
  readonly order: number
  readonly run: () => void
}

/** Items that may wait before it is asked how many of them were cancelled. */
const lookMin = 64

export class Agenda {
  /** Time of the item that runs, or of the last `runUntil`. */
  nowUs = 0
  #items: Item[] = []
  #order = 0
  /** With so many, the cancelled ones are let go of. */
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
    // What is planned is mostly next; behind it lie the hours that cars may stay.
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

  /** Runs all that is due up to `atUs`, items planned on the way included. Time never goes back. */
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
