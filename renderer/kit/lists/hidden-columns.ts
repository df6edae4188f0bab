// The columns of a page's list that a person has switched off, kept on this machine for each page and person.
import { ref, watch } from 'vue'
import { useSeat } from '../state/seat-store.ts'
import { useThisPage } from '../state/this-page.ts'

export function useHiddenColumns() {
  const seat = useSeat()
  const { id } = useThisPage()
  const hidden = ref<readonly string[]>([])
  const key = (): string => `studio.columns.${id.value}.${seat.me?.id ?? ''}`
  watch(
    key,
    (name) => {
      hidden.value = (localStorage.getItem(name) ?? '').split(' ').filter((one) => one !== '')
    },
    { immediate: true },
  )
  function toggle(column: string): void {
    hidden.value = hidden.value.includes(column)
      ? hidden.value.filter((one) => one !== column)
      : [...hidden.value, column]
    localStorage.setItem(key(), hidden.value.join(' '))
  }
  return { hidden, toggle }
}
