// Rows of the frame console: fetched several times a second, bounded, filtered, paused.
// Rows dropped by the runtime and rows removed by this window are counted separately.
import { computed, onMounted, onUnmounted, ref, shallowRef, watch, type Ref } from 'vue'
import type { ApiError } from '#base/calls/rows.ts'
import type { ConsoleRowView } from '#devices/calls/console-views.ts'
import { frameFits, frameTypesOf, type FrameFilter } from '#base/pure/data/frame-filter.ts'
import type { LoggedDevice } from '#base/pure/lot/logged-device.ts'
import { ask } from '../../api/client.ts'
import { useWords } from '../../kit/words.ts'
import { frameNamesOf } from '../../kit/frame-words.ts'

/** About one shift of a busy lane; older rows are in the capture. */
const rowsMax = 20_000
const pollMs = 250
const pageRows = 1_000

export interface ShownRow extends ConsoleRowView {
  /** Ms since the previous shown row; null for the first. */
  readonly deltaMs: number | null
}

interface FilterForm {
  readonly direction: '' | 'in' | 'out'
  readonly types: string
  readonly text: string
  /** Also show routine frames: heartbeats, and polls without a change (about 40 a second from a relay board). */
  readonly routine: boolean
}

export const openFilter: FilterForm = { direction: '', types: '', text: '', routine: false }

/** A device of a lane. */
interface DeviceChoice {
  readonly laneId: string
  readonly device: LoggedDevice
}

/** The rows that match the filter by text or by `names`, each with the time since the previous shown row. */
export function shownRows(
  rows: readonly ConsoleRowView[],
  form: FilterForm,
  names: readonly string[] = [],
): readonly ShownRow[] {
  const filter: FrameFilter = {
    direction: form.direction === '' ? undefined : form.direction,
    types: frameTypesOf(form.types),
    text: form.text,
    names,
  }
  const shown: ShownRow[] = []
  let before: number | null = null
  for (const row of rows) {
    if (!frameFits(filter, row) || (row.routine === true && !form.routine)) continue
    shown.push({ ...row, deltaMs: before === null ? null : row.monoMs - before })
    before = row.monoMs
  }
  return shown
}

export function useFrames(log: Ref<DeviceChoice | null>) {
  const rows = shallowRef<readonly ConsoleRowView[]>([])
  const frozen = shallowRef<readonly ConsoleRowView[] | null>(null)
  const error = shallowRef<ApiError | null>(null)
  const loaded = ref(false)
  const dropped = ref(0)
  const form = ref<FilterForm>(openFilter)
  const words = useWords()
  const names = computed(() => frameNamesOf(words, log.value?.device ?? '', form.value.text))
  let next = 0
  let life = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  async function page({ laneId, device }: DeviceChoice, mine: number): Promise<boolean> {
    const args = { laneId, device, after: next, limit: pageRows }
    const reply = await ask('device.frames', args)
    // Another device was chosen before this answer arrived.
    if (mine !== life) return false
    error.value = reply.ok ? null : reply.error
    loaded.value = true
    if (!reply.ok) return false
    const { data } = reply
    dropped.value += data.dropped
    next = data.next
    if (data.rows.length > 0) rows.value = [...rows.value, ...data.rows].slice(-rowsMax)
    return data.more
  }
  async function poll(): Promise<void> {
    const mine = life
    const of = log.value
    if (of !== null) for (let more = true; more;) more = await page(of, mine)
    if (mine === life) timer = setTimeout(() => void poll(), pollMs)
  }
  function begin(): void {
    clearTimeout(timer)
    life++
    next = 0
    rows.value = []
    frozen.value = null
    loaded.value = false
    error.value = null
    dropped.value = 0
    void poll()
  }
  watch(() => `${log.value?.laneId ?? ''} ${log.value?.device ?? ''}`, begin)
  onMounted(begin)
  onUnmounted(() => {
    life++
    clearTimeout(timer)
  })

  return {
    form,
    error,
    loaded,
    dropped,
    paused: computed(() => frozen.value !== null),
    shown: computed(() => shownRows(frozen.value ?? rows.value, form.value, names.value)),
    total: computed(() => (frozen.value ?? rows.value).length),
    /** Number of rows received while paused. */
    waiting: computed(() => {
      const last = frozen.value?.at(-1)?.seq ?? 0
      return frozen.value === null ? 0 : rows.value.filter(({ seq }) => seq > last).length
    }),
    pause: (): void => {
      frozen.value = frozen.value === null ? rows.value : null
    },
    clear: (): void => {
      rows.value = []
      if (frozen.value !== null) frozen.value = []
    },
    again: begin,
  }
}

export const spaced = (hex: string): string => hex.replaceAll(/(..)(?=.)/g, '$1 ')

/** `+0.4 ms` below a second, else `+1.25 s`. */
export function deltaText(ms: number | null): string {
  if (ms === null) return ''
  return Math.abs(ms) < 1_000 ? `+${ms.toFixed(1)} ms` : `+${(ms / 1_000).toFixed(2)} s`
}
