// Keeps the primary action of a screen under Enter: its button has the focus while nothing else has.
// A field that a person is in keeps it; only nowhere, or a button of the same footer, gives it up.
import { nextTick, watch, type Ref } from 'vue'

const isFree = (at: Element | null): boolean =>
  at === null || at === document.body || at.closest('.foot') !== null

/** `key` changes when another action becomes the primary one, or it can be done now. */
export function usePrimaryFocus(button: Ref<HTMLElement | null>, key: () => string): void {
  watch(
    key,
    async () => {
      await nextTick()
      if (isFree(document.activeElement)) button.value?.focus({ preventScroll: true })
    },
    { immediate: true, flush: 'post' },
  )
}
