// The test of one device from the set-up: begun by a press, looked at until it ends, stopped by a person.
// Only one runs at a time; what the last one of each device saw stays beside it.
import { computed, onMounted, onUnmounted, shallowRef, watch } from 'vue'
import type { ApiError } from '../../../firmware-runtime/api/rows.ts'
import type { TriedView } from '../../../firmware-runtime/api/tried-views.ts'
import type { ArgsOf } from '../../../firmware-runtime/api/table.ts'
import { ask } from '../../api/client.ts'
import { useEvery } from '../../kit/fresh.ts'
import { useSettings } from '../../kit/settings-store.ts'
import { useWords } from '../../kit/words.ts'

export type TryAsk = Pick<ArgsOf<'setup.try'>, 'laneId' | 'device' | 'what' | 'link'>

const lookEveryMs = 300

/** `turned`: a test began or ended, and what the row of its form says may be another thing. */
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
  async function begin(target: TryAsk): Promise<void> {
    const by = settings.attendant.trim() || t('setup.title')
    const who = { commandId: crypto.randomUUID(), by, reason: t('setup.devices.test') }
    const reply = await ask('setup.try', { ...target, ...who })
    error.value = reply.ok ? null : reply.error
    await look()
  }
  async function stop(): Promise<void> {
    const reply = await ask('setup.tryStop', {})
    if (reply.ok) tried.value = reply.data.tried
  }
  onMounted(look)
  watch(isRunning, turned)
  useEvery(lookEveryMs, () => {
    if (isRunning.value) void look()
  })
  // Nobody watches it any more.
  onUnmounted(() => {
    if (isRunning.value) void stop()
  })
  return { tried, error, isRunning, begin, stop }
}
