// Acts of a page that return the whole page, one after another; a late answer for a page that was left is dropped.
// A second key press is refused; what a person wrote waits for the act before it.
import { ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import type { ApiReply } from '#base/calls/rows.ts'
import type { ApiError } from '#base/calls/rows.ts'

type Act<Page> = () => Promise<ApiReply<Page>>

interface ActsInTurn<Page> {
  readonly page: ShallowRef<Page | null>
  readonly error: ShallowRef<ApiError | null>
  readonly busy: Ref<boolean>
  /** Refused while another act is in progress: a second key press must not record a point twice. */
  alone(act: Act<Page>): Promise<boolean>
  /** Queued after the act in progress, never dropped: answers and signatures. An equal queued act counts once. */
  inTurn(what: string, act: Act<Page>): Promise<boolean>
  /** Leaves the page; answers to earlier acts do not open it again. */
  leave(): void
}

export function actsInTurn<Page>(): ActsInTurn<Page> {
  const page = shallowRef<Page | null>(null)
  const error = shallowRef<ApiError | null>(null)
  const busy = ref(false)
  const waiting = new Set<string>()
  let turn: Promise<unknown> = Promise.resolve()
  let open = 0
  let left = 0

  async function run(act: Act<Page>, leftBefore: number): Promise<boolean> {
    const reply = await act()
    error.value = reply.ok ? null : reply.error
    if (!reply.ok || left !== leftBefore) return false
    page.value = reply.data
    return true
  }

  async function next(act: Act<Page>): Promise<boolean> {
    busy.value = ++open > 0
    const leftBefore = left
    const done = turn.then(() => run(act, leftBefore))
    turn = done.catch(() => undefined)
    try {
      return await done
    } finally {
      busy.value = --open > 0
    }
  }

  return {
    page,
    error,
    busy,
    alone: async (act) => (busy.value ? false : next(act)),
    async inTurn(what, act) {
      if (waiting.has(what)) return false
      waiting.add(what)
      try {
        return await next(act)
      } finally {
        waiting.delete(what)
      }
    },
    leave() {
      left++
      page.value = null
    },
  }
}
