// The latest events for the log panel, newest last, and how many were not delivered.
// Bounded: the ledger keeps them all, the window only the last ones.
import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { EventView } from '../../firmware-runtime/api/views.ts'
import { laneClient } from './client.ts'

export const eventsMax = 500

export const useEvents = defineStore('events', () => {
  const events = shallowRef<readonly EventView[]>([])
  const dropped = ref(0)
  let stop: (() => void) | null = null

  function start(): void {
    if (stop !== null) return
    const unsubscribe = laneClient().subscribe('events', 0, (item) => {
      dropped.value += item.dropped
      // After a restart numbers may begin again; what is shown stays in order of arrival.
      events.value = [...events.value, item.data].slice(-eventsMax)
    })
    stop = () => {
      unsubscribe()
      stop = null
    }
  }

  return { events, dropped, start, stop: () => stop?.() }
})
