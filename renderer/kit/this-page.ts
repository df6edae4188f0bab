// What the page that is shown now declares of itself, for the parts that every page has.
import { computed, inject } from 'vue'
import { routeLocationKey } from 'vue-router'
import { pages } from '../../features/pages.ts'
import type { Page } from './page.ts'
import { useWords } from './words.ts'

export function useThisPage() {
  const words = useWords()
  const route = inject(routeLocationKey, null)
  const declared: Readonly<Record<string, Page | undefined>> = pages
  // Two routes of one screen keep its components: the page is the one of the route now.
  const id = computed(() => String(route?.name))
  const page = computed(() => declared[id.value])
  return {
    id,
    /** The given title, or the declared one. */
    titleOf: (given: string | undefined): string =>
      given ?? (page.value === undefined ? '' : words.of(page.value.title)),
  }
}
