// Who has the devices of a lane and what may be tested, asked for while the page is shown.
// And the watch over a test: every way in which a person may leave it stops it.
import { onMounted, onUnmounted, ref, type Ref } from 'vue'
import type { TestView } from '../../../firmware-runtime/api/safety-views.ts'
import { ask } from '../../api/client.ts'
import { useAnswer, useEvery } from '../../kit/fresh.ts'

const readEveryMs = 1_000

export function useSafety(laneId: Ref<string | null>) {
  const args = () => (laneId.value === null ? null : { laneId: laneId.value })
  const { data: view, ...rest } = useAnswer('safety.get', args)
  useEvery(readEveryMs, rest.read)
  return { view, ...rest }
}

/** Several signs of life within the patience of the lane. */
const aliveEveryMs = 250

/** What may be a person who wants it to stop. Captured before anything else can swallow it. */
const stoppers = ['keydown', 'pointerdown', 'wheel', 'blur', 'pagehide'] as const

/** Watches one test from its begin to its end; `stop` and leaving the page end it. */
export function useTestWatch(laneId: string, testId: string, over: (view: TestView) => void) {
  const leftMs = ref<number | null>(null)
  let timer: ReturnType<typeof setInterval> | undefined
  let done = false

  function take(view: TestView): void {
    if (done) return
    if (view.running?.testId === testId) {
      leftMs.value = view.running.leftMs
      return
    }
    end()
    over(view)
  }

  async function say(name: 'test.keep' | 'test.stop'): Promise<void> {
    const reply =
      name === 'test.keep' ? await ask(name, { laneId, testId }) : await ask(name, { laneId })
    // A lost connection: the lane stops by itself, and the page says what it hears afterwards.
    if (reply.ok) take(reply.data)
  }

  const stop = (event?: Event): void => {
    if (event?.type === 'keydown' || event?.type === 'wheel') event.preventDefault()
    event?.stopPropagation()
    if (!done) void say('test.stop')
  }
  const hidden = (): void => {
    if (document.visibilityState === 'hidden') stop()
  }

  function end(): void {
    done = true
    clearInterval(timer)
    for (const name of stoppers) window.removeEventListener(name, stop, { capture: true })
    document.removeEventListener('visibilitychange', hidden)
  }

  onMounted(() => {
    for (const name of stoppers)
      window.addEventListener(name, stop, { capture: true, passive: false })
    document.addEventListener('visibilitychange', hidden)
    timer = setInterval(() => void say('test.keep'), aliveEveryMs)
    void say('test.keep')
  })
  onUnmounted(() => {
    stop()
    end()
  })
  return { leftMs }
}
