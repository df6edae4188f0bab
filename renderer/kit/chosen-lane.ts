// The one lane that a page speaks of, out of those it can speak of, as its picker shows them.
// What was chosen and is no longer there gives way to the usual one.
import { computed, ref, type Ref } from 'vue'
import { useLaneName } from './lane-name.ts'

/** `usual`: shown while nobody has chosen; without it the first of the list. */
export function chosenOf<L extends { readonly laneId: string }>(
  lanes: Ref<readonly L[]>,
  usual: (all: readonly L[]) => L | undefined = (all) => all[0],
) {
  const chosen = ref<string | null>(null)
  const lane = computed(() => {
    const all = lanes.value
    return all.find(({ laneId }) => laneId === chosen.value) ?? usual(all) ?? all[0] ?? null
  })
  return { chosen, lane, laneId: computed(() => lane.value?.laneId ?? null) }
}

/** With the names that the picker of a page shows. */
export function useChosenLane<L extends { readonly laneId: string }>(
  ...of: Parameters<typeof chosenOf<L>>
) {
  const laneName = useLaneName()
  const named = computed(() =>
    of[0].value.map(({ laneId }) => ({ laneId, name: laneName(laneId) })),
  )
  return { ...chosenOf(...of), named }
}

/** Most pages speak of the lane where the money is taken. */
export const exitOf = <L extends { readonly direction: string }>(
  all: readonly L[],
): L | undefined => all.find(({ direction }) => direction === 'exit')
