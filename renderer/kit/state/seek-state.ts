// State of the network search: read when the screen opens, and polled while a search runs.
// Every act returns the state after it, so the screen always shows what the runtime has.
import { onUnmounted, shallowRef } from 'vue'
import type { SeekKind, SeekView } from '#devices/calls/seek-views.ts'
import type { ApiReply } from '#base/calls/rows.ts'
import type { ApiError } from '#base/calls/rows.ts'
import { ask } from '../../api/client.ts'
import { useFresh } from './fresh.ts'

const busyPollMs = 400

export function useSeek() {
  const state = shallowRef<SeekView | null>(null)
  const error = shallowRef<ApiError | null>(null)
  let poll: ReturnType<typeof setTimeout> | undefined
  let gone = false

  async function run(pendingReply: Promise<ApiReply<SeekView>>): Promise<void> {
    const reply = await pendingReply
    error.value = reply.ok ? null : reply.error
    if (reply.ok) state.value = reply.data
    clearTimeout(poll)
    if (gone || (state.value?.job ?? null) === null) return
    poll = setTimeout(() => void run(ask('seek.state', {})), busyPollMs)
  }
  useFresh(() => run(ask('seek.state', {})))
  onUnmounted(() => {
    gone = true
    clearTimeout(poll)
  })
  return {
    state,
    error,
    begin: (what: SeekKind) => run(ask('seek.begin', { what })),
    askOne: (at: string) => run(ask('seek.begin', { what: 'cameras', at })),
    cancel: () => run(ask('seek.cancel', {})),
  }
}
