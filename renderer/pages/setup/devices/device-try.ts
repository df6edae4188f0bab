// The test of one device from the set-up: started by a press, polled until it ends, stopped by a person.
// One test runs at a time; the last result of each device stays beside it.
import { computed, onMounted, onUnmounted, shallowRef, watch } from 'vue'
import type { ApiError } from '#base/calls/rows.ts'
import type { TriedView } from '#devices/calls/tried-views.ts'
import type { ArgsOf } from '#runtime/api/table.ts'
import { ask } from '../../../api/client.ts'
import { useEvery } from '../../../kit/state/fresh.ts'
import { useSettings } from '../../../kit/state/settings-store.ts'
import { useWords } from '../../../kit/words.ts'

export type TryAsk = Pick<ArgsOf<'setup.try'>, 'laneId' | 'device' | 'what' | 'link'>

const lookEveryMs = 300

/** `turned`: called when a test starts or ends, because the verdict of the form's row may change. */
export function useTry(turned: () => void) {
  const { t } = useWords()
  const settings = useSettings()
  const tried = shallowRef<readonly TriedView[]>([])
  const error = shallowRef<ApiError | null>(null)
  const isRunning = computed(() => tried.value.some(({ end }) => end === null))

  async function look(): Promise<void> {
    const reply = await ask('setup.tried', {})
    if (reply.ok) tried.value = reply.data.tried
    else error.value = reply.error
  }
  /** Tests that wait for the end of the one before. */
  let waiting: readonly TryAsk[] = []
  async function begin(target: TryAsk): Promise<void> {
    const by = settings.attendant.trim() || t('setup.title')
    const who = { commandId: crypto.randomUUID(), by, reason: t('setup.devices.test') }
    const reply = await ask('setup.try', { ...target, ...who })
    error.value = reply.ok ? null : reply.error
    if (!reply.ok) waiting = []
    await look()
  }
  /** One after the other; a refusal ends them. */
  async function beginAll(targets: readonly TryAsk[]): Promise<void> {
    const [first, ...rest] = targets
    waiting = rest
    if (first !== undefined) await begin(first)
  }
  async function stop(): Promise<void> {
    waiting = []
    const reply = await ask('setup.tryStop', {})
    if (reply.ok) tried.value = reply.data.tried
  }
  onMounted(look)
  watch(isRunning, (now) => {
    turned()
    if (!now) void beginAll(waiting)
  })
  useEvery(lookEveryMs, () => {
    if (isRunning.value) void look()
  })
  // A test without a window that watches it is stopped.
  onUnmounted(() => {
    if (isRunning.value) void stop()
  })
  return { tried, error, isRunning, begin, beginAll, stop }
}
