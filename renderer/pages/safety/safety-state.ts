// The holders of a lane's devices and the possible tests, read while the page is shown.
import type { Ref } from 'vue'
import { useAnswer, useEvery } from '../../kit/state/fresh.ts'

const readEveryMs = 1_000

export function useSafety(laneId: Ref<string | null>) {
  const args = () => (laneId.value === null ? null : { laneId: laneId.value })
  const { data: view, ...rest } = useAnswer('safety.get', args)
  useEvery(readEveryMs, rest.read)
  return { view, ...rest }
}
