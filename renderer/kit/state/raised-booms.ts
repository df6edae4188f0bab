// The booms that tests raised, with what their inputs show now, read while a page shows them.
import { computed } from 'vue'
import { useAnswer, useEvery } from './fresh.ts'

const readEveryMs = 1_000

export function useRaised() {
  const { data, ...rest } = useAnswer('booms.raised')
  useEvery(readEveryMs, rest.read)
  return { data, rows: computed(() => data.value?.rows ?? []), ...rest }
}
