// What lies over the page: one dialog at a time, the demo drawer, the log, the palette, the keys.
// Also which lane is shown large, because the keys act on that one.
import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { useBoard } from '../api/board-store.ts'
import { useSeat } from '../api/seat-store.ts'
import { chosenOf, exitOf } from './chosen-lane.ts'

type LaneDialog = 'open' | 'settle' | 'plate' | 'large'

export const useLayers = defineStore('layers', () => {
  const dialog = ref<LaneDialog | null>(null)
  const demo = ref(false)
  const log = ref(false)
  const palette = ref(false)
  const help = ref(false)
  const board = useBoard()
  const seat = useSeat()

  // Piles and handhelds have a page of their own: no boom, no loops, no camera to draw.
  const drawn = computed(() => board.lanes.filter(({ place }) => place === undefined))
  /** The lane shown large. */
  const { chosen, lane } = chosenOf(drawn, exitOf)
  const others = computed(() => drawn.value.filter(({ laneId }) => laneId !== lane.value?.laneId))
  const mayAct = computed(() => seat.may('attendant'))
  const canSettle = computed(() => (lane.value?.car?.manual ?? null) !== null && seat.may('till'))
  /** A large amount that a person may release to ETC. */
  const isLarge = computed(() => canSettle.value && lane.value?.car?.manual === 'largeAmount')
  const canCorrect = computed(() => (lane.value?.car ?? null) !== null && mayAct.value)
  const isDemo = computed(() => board.status?.mode === 'demo' && board.status.rehearsal !== true)

  function show(name: LaneDialog): void {
    if (lane.value === null || !mayAct.value) return
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
    mayAct,
    canSettle,
    canCorrect,
    isLarge,
    isDemo,
    show,
  }
})
