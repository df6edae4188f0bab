// One part of the address of the page, as a value: what is chosen on the page is in its address, so that the address
// leads there again. A page whose address has no such part, and a component without a router, keep the value themselves.
import { computed, inject, ref, type WritableComputedRef } from 'vue'
import { routeLocationKey, routerKey } from 'vue-router'

export function useAddressPart(
  name: string,
  /** Whether the way back leads to what was chosen before. */
  how: 'push' | 'replace' = 'replace',
): WritableComputedRef<string | null> {
  const [route, router] = [inject(routeLocationKey, null), inject(routerKey, null)]
  const kept = ref<string | null>(null)
  const isInAddress = route?.matched.at(-1)?.path.includes(`:${name}`) ?? false
  return computed({
    get() {
      if (!isInAddress) return kept.value
      const value = route?.params[name]
      return typeof value === 'string' && value !== '' ? value : null
    },
    set(value) {
      if (!isInAddress || route === null) kept.value = value
      else
        void router?.[how]({ params: { ...route.params, [name]: value ?? '' }, query: route.query })
    },
  })
}
