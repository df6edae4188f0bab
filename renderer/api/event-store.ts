// The latest events for the log panel, newest last, and the number of events that were not delivered.
// The list is bounded; the ledger keeps every event.
import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { EventView } from '#lane/calls/views.ts'
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
      // A restarted runtime numbers its events from the start again, so the list keeps the order of arrival.
      events.value = [...events.value, item.data].slice(-eventsMax)
    })
    stop = () => {
      unsubscribe()
      stop = null
    }
  }

  return { events, dropped, start, stop: () => stop?.() }
})
