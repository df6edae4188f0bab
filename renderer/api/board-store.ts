// The board as last received, and its age. A board that is no longer updated says so (ui.md section 3).
// While the stream is quiet the board is requested once a second, which also shows whether the runtime is alive.
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { ApiError } from '#base/calls/rows.ts'
import type { BoardView, DeviceView } from '#lane/calls/views.ts'
import { byLaneKind } from '#base/pure/device-kinds/lane-kinds.ts'
import { ask, laneClient } from './client.ts'

const tickMs = 500
const quietMs = 1_000
/** A board older than this no longer counts as the current state. */
const staleMs = 4_000

const absent: DeviceView = { state: 'off', heardMsAgo: null, link: '', detail: '' }
/** A lane of an older version lacks devices that this window knows: they are not fitted there. */
const whole = (view: BoardView): BoardView => ({
  ...view,
  lanes: view.lanes.map((lane) => ({
    ...lane,
    devices: { ...byLaneKind(() => absent), ...lane.devices },
  })),
})

export const useBoard = defineStore('board', () => {
  const board = shallowRef<BoardView | null>(null)
  const error = shallowRef<ApiError | null>(null)
  const receivedAtMs = ref(0)
  const nowMs = ref(0)
  let asking = false
  let stop: (() => void) | null = null

  function take(view: BoardView): void {
    board.value = whole(view)
    error.value = null
    receivedAtMs.value = performance.now()
    nowMs.value = receivedAtMs.value
  }

  async function refresh(): Promise<void> {
    if (asking) return
    asking = true
    const askedAtMs = performance.now()
    const reply = await ask('board.get', {})
    asking = false
    // The stream may have delivered a newer board meanwhile.
    if (receivedAtMs.value > askedAtMs) return
    if (reply.ok) take(reply.data)
    else error.value = reply.error
  }

  function start(): void {
    if (stop !== null) return
    const unsubscribe = laneClient().subscribe('board', 0, (item) => take(item.data))
    const tick = (): void => {
      nowMs.value = performance.now()
      if (nowMs.value - receivedAtMs.value > quietMs) void refresh()
    }
    const timer = setInterval(tick, tickMs)
    stop = () => {
      unsubscribe()
      clearInterval(timer)
      stop = null
    }
    void refresh()
  }

  const ageMs = computed(() => Math.max(0, nowMs.value - receivedAtMs.value))
  const stale = computed(() => board.value !== null && ageMs.value > staleMs)
  const status = computed(() => board.value?.status ?? null)
  const lanes = computed(() => board.value?.lanes ?? [])
  /** The device on the workbench; null in a lot. */
  const bench = computed(() => board.value?.bench ?? null)
  /** What runs here; null: not known yet. */
  const mode = computed(() => {
    const { mode: now = null, rehearsal = false } = board.value?.status ?? {}
    return rehearsal ? 'rehearsal' : now
  })
  /** A lot is being set up here. */
  const isSetup = computed(() => board.value?.setup === true)
  /** Offset of the lot's times from UTC. */
  const offset = computed(() => status.value?.clock.businessIso.slice(-6) ?? '+08:00')
  /** Ms since the device was last heard, including the time since this board was received; null: never heard. */
  const heardMsAgo = (device: Pick<DeviceView, 'heardMsAgo'>): number | null =>
    device.heardMsAgo === null ? null : device.heardMsAgo + ageMs.value

  return {
    board,
    error,
    ageMs,
    nowMs,
    stale,
    status,
    lanes,
    bench,
    isSetup,
    mode,
    offset,
    heardMsAgo,
    refresh,
    start,
    stop: () => stop?.(),
  }
})

/**
 * Whether this window shows a lot or the workbench, whether a lot is being set up, and whether it takes reservations
 * orders of another billing system, and has spaces.
 */
export function whatIsHere() {
  const { mode, isSetup, status } = useBoard()
  const hasSpaces = (status?.spaces ?? 0) > 0
  const hasPartners = (status?.partners ?? 0) > 0
  const hasReservations = status?.reservation !== undefined
  return { mode, isSetup, hasReservations, hasSpaces, hasPartners }
}
