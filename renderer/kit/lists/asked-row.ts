// The row of a table that the address of the page names, `?row=`: the link of a matter leads to it.
import { computed, inject, type ComputedRef } from 'vue'
import { routeLocationKey } from 'vue-router'

/** Null: none is named, or there is no router. */
export function useAskedRow(): ComputedRef<string | null> {
  const route = inject(routeLocationKey, null)
  return computed(() => {
    const row = route?.query['row']
    return typeof row === 'string' && row !== '' ? row : null
  })
}
