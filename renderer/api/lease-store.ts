// Devices that this window has taken over. While it holds one it sends keep-alive calls, from every page.
// A closed window sends none, and the lane gets its device back.
import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { HeldDevice, LeaseEnd } from '#devices/calls/safety-views.ts'
import { ask } from './client.ts'

interface OwnLease {
  readonly laneId: string
  readonly device: HeldDevice
  readonly holdId: string
}

const aliveEveryMs = 2_000

export const useHolds = defineStore('holds', () => {
  const own = ref<readonly OwnLease[]>([])
  /** The last hold of this window that ended, and how it ended. */
  const over = ref<{ readonly hold: OwnLease; readonly end: LeaseEnd | 'restarted' } | null>(null)
  let timer: ReturnType<typeof setInterval> | undefined

  function forget(hold: OwnLease, end: LeaseEnd | 'restarted'): void {
    own.value = own.value.filter(({ holdId }) => holdId !== hold.holdId)
    over.value = { hold, end }
    if (own.value.length > 0) return
    clearInterval(timer)
    timer = undefined
  }

  async function keep(hold: OwnLease, moreSec?: number): Promise<void> {
    const reply = await ask('hold.keep', { ...hold, ...(moreSec === undefined ? {} : { moreSec }) })
    if (reply.ok && reply.data.state === 'over') forget(hold, reply.data.end ?? 'restarted')
  }

  function begin(hold: OwnLease): void {
    over.value = null
    own.value = [...own.value, hold]
    timer ??= setInterval(() => {
      for (const one of own.value) void keep(one)
    }, aliveEveryMs)
  }

  async function release(hold: OwnLease): Promise<void> {
    await ask('hold.release', hold)
    forget(hold, 'released')
  }

  return { own, over, begin, keep, release }
})
