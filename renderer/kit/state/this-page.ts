// What the page that is shown now declares of itself, for the parts that every page has.
import { computed, inject } from 'vue'
import { routeLocationKey } from 'vue-router'
import { pages } from '../../pages/pages.ts'
import type { Page } from '../page.ts'
import { useWords } from '../words.ts'

export function useThisPage() {
  const words = useWords()
  const route = inject(routeLocationKey, null)
  const declared: Readonly<Record<string, Page | undefined>> = pages
  // Two routes of one screen keep its components: the page is the one of the route now.
  const id = computed(() => String(route?.name))
  const page = computed(() => declared[id.value])
  /** The kind of device whose part the page shows. */
  const kind = computed(() => {
    const parts = page.value?.parts ?? []
    return parts.find((one) => one === route?.params['kind']) ?? parts[0]
  })
  return {
    id,
    /** Its address names what is chosen in its list. */
    isThingPage: route?.matched.at(-1)?.path.includes(':thing') ?? false,
    kind,
    /** The given title, or the declared one. */
    titleOf: (given: string | undefined): string =>
      given ?? (page.value === undefined ? '' : words.of(page.value.title)),
  }
}
