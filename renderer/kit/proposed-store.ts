// Values that another page proposes for a device: they fill the form of settings and show the difference.
// They are given once and taken once; nothing here writes.
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'

export interface Proposed {
  /** The survey they come from. */
  readonly survey: string
  /** Its lane, by the name people gave it. */
  readonly lane: string
  readonly values: Readonly<Record<string, number>>
}

export const useProposed = defineStore('proposed', () => {
  const waiting = shallowRef<Proposed | null>(null)
  return {
    waiting,
    give(proposed: Proposed): void {
      waiting.value = proposed
    },
    take(): Proposed | null {
      const taken = waiting.value
      waiting.value = null
      return taken
    },
  }
})
