// The layers over the page: one dialog at a time, the demo drawer, the log, the palette, the key help.
// Also the lane shown large, because the keys act on it.
import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type { LaneView } from '#lane/calls/views.ts'
import { useBoard } from '../../api/board-store.ts'
import { useSeat } from './seat-store.ts'
import { chosenOf, exitOf } from './chosen-lane.ts'

/** Whether a payment code shown at this lane would be charged. */
export const takesCodes = ({ payByCode }: LaneView): boolean =>
  payByCode !== undefined && payByCode !== 'silent'

/** The car has no price because its entry was not found; a clock in doubt suggests one. */
function hasNoPrice(lane: LaneView | null): boolean {
  const { manual = null, stayId = null, orderId = null, clock = null } = lane?.car ?? {}
  const isUnknown = manual === 'noStay' || manual === 'plateNotRead' || manual === 'passInDoubt'
  return isUnknown && stayId === null && orderId === null && clock === null
}

const waitsForCode = (one: LaneView): boolean =>
  (one.car?.manual ?? null) !== null &&
  (one.car?.orderId ?? null) !== null &&
  takesCodes(one) &&
  one.payByCode !== 'running'

type LaneDialog = 'open' | 'settle' | 'plate' | 'large'

export const useLayers = defineStore('layers', () => {
  const dialog = ref<LaneDialog | null>(null)
  const demo = ref(false)
  const log = ref(false)
  const palette = ref(false)
  const help = ref(false)
  const board = useBoard()
  const seat = useSeat()

  // Piles and handhelds have a page of their own; they have no boom, loops or camera to draw.
  const drawn = computed(() => board.lanes.filter(({ place }) => place === undefined))
  /** The lane shown large. */
  const { chosen, lane } = chosenOf(drawn, exitOf)
  const others = computed(() => drawn.value.filter(({ laneId }) => laneId !== lane.value?.laneId))
  const mayAct = computed(() => seat.can('lane.open'))
  const canSettle = computed(
    () =>
      (lane.value?.car?.manual ?? null) !== null &&
      lane.value?.direction !== 'entry' &&
      seat.can('lane.settle'),
  )
  /** The waiting car's amount is above the limit, and this person may release it to ETC. */
  const isLarge = computed(() => canSettle.value && lane.value?.car?.manual === 'largeAmount')
  const canCorrect = computed(
    () => (lane.value?.car ?? null) !== null && seat.can('lane.correctPlate'),
  )
  /** The first act is to find the car among those inside. */
  const isSought = computed(() => canSettle.value && canCorrect.value && hasNoPrice(lane.value))
  const isDemo = computed(() => board.status?.mode === 'demo' && board.status.rehearsal !== true)

  /** A payment code that a scanner typed, for the dialog that opens; and why the last one was not taken. */
  const scannedCode = ref<string | null>(null)
  const scanRefused = ref<'SCAN-01' | 'SCAN-02' | null>(null)

  /** Null: the scanned text is not a payment code. */
  function takeScan(code: string | null): void {
    const waiting = drawn.value.filter(waitsForCode)
    const here = waiting.find(({ laneId }) => laneId === lane.value?.laneId)
    const [only] = waiting
    const found = here ?? (waiting.length === 1 ? only : undefined)
    scanRefused.value = code === null ? 'SCAN-01' : found === undefined ? 'SCAN-02' : null
    if (code === null || found === undefined || !seat.can('lane.payCode')) return
    chosen.value = found.laneId
    scannedCode.value = code
    dialog.value = 'settle'
  }

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
    isSought,
    isDemo,
    show,
    scannedCode,
    scanRefused,
    takeScan,
  }
})
