// What lies over the page: one dialog at a time, the demo drawer, the log, the palette, the keys.
// Also which lane is shown large, because the keys act on that one.
import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { useBoard } from '../api/board-store.ts'

export type LaneDialog = 'open' | 'settle' | 'plate'

export const useLayers = defineStore('layers', () => {
  const dialog = ref<LaneDialog | null>(null)
  const demo = ref(false)
  const log = ref(false)
  const palette = ref(false)
  const help = ref(false)
  const chosen = ref<string | null>(null)
  const board = useBoard()

  /** The lane shown large: the chosen one, else the exit, else the first. */
  const lane = computed(() => {
    // Piles and handhelds have a page of their own: no boom, no loops, no camera to draw.
    const all = board.lanes.filter(({ place }) => place === undefined)
    return (
      all.find((l) => l.laneId === chosen.value) ??
      all.find((l) => l.direction === 'exit') ??
      all[0] ??
      null
    )
  })
  const others = computed(() =>
    board.lanes.filter(({ laneId, place }) => place === undefined && laneId !== lane.value?.laneId),
  )
  const canSettle = computed(() => (lane.value?.car?.manual ?? null) !== null)
  const canCorrect = computed(() => (lane.value?.car ?? null) !== null)
  const isDemo = computed(() => board.status?.mode === 'demo')

  function show(name: LaneDialog): void {
    if (lane.value === null) return
    if (name === 'settle' && !canSettle.value) return
    if (name === 'plate' && !canCorrect.value) return
    dialog.value = name
  }

  return {
    dialog,
    demo,
    log,
    palette,
    help,
    chosen,
    lane,
    others,
    canSettle,
    canCorrect,
    isDemo,
    show,
  }
})
