// The lane that a page shows, out of the lanes it can show, as its picker lists them.
// A chosen lane that no longer exists is replaced by the default one.
import { computed, ref, type Ref } from 'vue'
import { useAddressPart } from '../address-part.ts'
import { useLaneName } from '../lane-name.ts'

/** `usual` picks the default while nobody has chosen; without it the first lane of the list. */
export function chosenOf<L extends { readonly laneId: string }>(
  lanes: Ref<readonly L[]>,
  usual: (all: readonly L[]) => L | undefined = (all) => all[0],
  chosen: Ref<string | null> = ref(null),
) {
  const lane = computed(() => {
    const all = lanes.value
    return all.find(({ laneId }) => laneId === chosen.value) ?? usual(all) ?? all[0] ?? null
  })
  return { chosen, lane, laneId: computed(() => lane.value?.laneId ?? null) }
}

/** The same by the address of the page, with the names that the picker shows; `picker` is for `v-bind` of FormPage.vue and PageHead.vue. */
export function useChosenLane<L extends { readonly laneId: string }>(
  lanes: Ref<readonly L[]>,
  usual?: (all: readonly L[]) => L | undefined,
) {
  const laneName = useLaneName()
  const named = computed(() =>
    lanes.value.map(({ laneId }) => ({ laneId, name: laneName(laneId) })),
  )
  const own = chosenOf(lanes, usual, useAddressPart('laneId'))
  const picker = computed(() => ({
    lanes: named.value,
    laneId: own.laneId.value,
    onChoose: (id: string) => (own.chosen.value = id),
  }))
  return { ...own, named, picker }
}

/** The default of most pages: the exit, where the money is taken. */
export const exitOf = <L extends { readonly direction: string }>(
  all: readonly L[],
): L | undefined => all.find(({ direction }) => direction === 'exit')
