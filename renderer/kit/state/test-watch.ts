// Watches a running test of a lane's device: whatever a person does to leave it stops it.
// Without keep-alives the lane stops it by itself.
import { onMounted, onUnmounted, ref } from 'vue'
import type { TestView } from '#devices/calls/safety-views.ts'
import { ask } from '../../api/client.ts'

/** Several keep-alive calls within the lane's time-out. */
const aliveEveryMs = 250

/** Events that stop a test, listened to in the capture phase so that nothing can swallow them. */
const stoppers = ['keydown', 'pointerdown', 'wheel', 'blur', 'pagehide'] as const

/** Watches one test from start to end; `stop` and leaving the page end it. */
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
    // Without a connection the lane stops the test by itself; the page shows the result later.
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
