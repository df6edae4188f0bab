// Values that another page proposes for a device: they fill the settings form, which shows the difference.
// A proposal is taken once; nothing is written here.
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'

export interface Proposed {
  /** Name of the survey they come from. */
  readonly survey: string
  /** Name of its lane. */
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
