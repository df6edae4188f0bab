// Calls a person from any page: the rows of base/pure/words/attention.ts, which of them were acknowledged, and the sound.
// The sound repeats until each is acknowledged or over; without a lot there is no call.
import { defineStore } from 'pinia'
import { computed, ref, watch } from 'vue'
import { parseIso } from '#base/pure/values/instant.ts'
import { useBoard } from '../api/board-store.ts'
import type { DeviceView } from '#lane/calls/views.ts'
import { playAlarm } from './alarm.ts'
import { devicesOn, attentionRows, type AttentionRow } from '#base/pure/words/attention.ts'
import { useSettings } from '../kit/state/settings-store.ts'

export const repeatMs = 5_000

export const useAttention = defineStore('attention', () => {
  const board = useBoard()
  const settings = useSettings()
  const taken = ref<ReadonlySet<string>>(new Set())
  /** Time at which this window first saw a device or a printer as down, by lane and device. */
  const lostAt = ref<ReadonlyMap<string, number>>(new Map())

  watch(
    () => board.board,
    () => {
      const next = new Map<string, number>()
      for (const { laneId, devices, printers = [] } of board.lanes) {
        const seen = [
          ...devicesOn<DeviceView>(devices),
          ...printers.map(({ id, device }) => [`printer ${id}`, device] as const),
        ]
        for (const [name, { state }] of seen)
          if (state === 'down') {
            const key = `${laneId} ${name}`
            next.set(key, lostAt.value.get(key) ?? performance.now())
          }
      }
      lostAt.value = next
    },
    { immediate: true },
  )

  const rows = computed<readonly AttentionRow[]>(() => {
    const { status, ageMs } = board
    if (status === null) return []
    const times = {
      businessMs: (parseIso(status.clock.businessIso) ?? 0) + ageMs,
      silentMs: (device: Pick<DeviceView, 'heardMsAgo'>) => board.heardMsAgo(device),
      lostMs: (laneId: string, name: string) =>
        Math.max(0, board.nowMs - (lostAt.value.get(`${laneId} ${name}`) ?? board.nowMs)),
    }
    // The workbench has no lanes, but a test may have left a boom up.
    return attentionRows(board.lanes, times, board.board?.raised)
  })
  /** Rows that nobody has acknowledged; they make the sound. */
  const calling = computed(() => rows.value.filter(({ key }) => !taken.value.has(key)))

  const take = (list: readonly AttentionRow[]): void => {
    const lasting = new Set(rows.value.map(({ key }) => key))
    taken.value = new Set(
      [...taken.value, ...list.map(({ key }) => key)].filter((key) => lasting.has(key)),
    )
  }
  // Forgets acknowledgements of rows that are over, so that they call again when they come back.
  watch(rows, () => take([]))

  let timer: ReturnType<typeof setInterval> | undefined
  watch(
    () => calling.value.length > 0 && settings.alarm,
    (sounds) => {
      clearInterval(timer)
      timer = undefined
      if (!sounds) return
      playAlarm()
      timer = setInterval(playAlarm, repeatMs)
    },
    { immediate: true },
  )
  // A new row sounds at once, not with the next repeat.
  watch(
    () => calling.value.map(({ key }) => key),
    (keys, before) => {
      const isNew = keys.some((key) => !before.includes(key))
      if (isNew && before.length > 0 && settings.alarm) playAlarm()
    },
  )

  return { rows, calling, take, stop: () => clearInterval(timer) }
})
