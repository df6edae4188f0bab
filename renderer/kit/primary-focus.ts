// Keeps Enter on the primary action of a screen: its button takes the focus when nothing else has it.
// A focused field keeps the focus; only the body, or a button beside it, gives it up.
import { nextTick, watch, type Ref } from 'vue'

const isFree = (at: Element | null): boolean =>
  at === null || at === document.body || at.closest('.foot, .acts') !== null

/** `key` changes when another action becomes primary, or when the action becomes available. */
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
