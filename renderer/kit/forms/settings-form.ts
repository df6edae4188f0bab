// The form of a device's settings: edits beside the device's values, checked by the runtime while they
// are typed. Loading a backup fills the form and never writes.
import { computed, onUnmounted, ref, type Ref, shallowRef, type ShallowRef, watch } from 'vue'
import type { ApiError } from '#base/calls/rows.ts'
import type {
  DeviceDiffView,
  DeviceSettingsView,
  SettingDiffView,
  SettingsBackupView,
} from '#devices/calls/settings-views.ts'
import { askWhile } from '../../api/client.ts'
import { typedNumber } from './typed-number.ts'
import { useFresh } from '../state/fresh.ts'

type View = ShallowRef<DeviceSettingsView | null>

/** Poll interval while a trial runs. */
const trialPollMs = 1_000
const quietPollMs = 5_000
const judgeAfterMs = 150
const writing: readonly SettingDiffView['state'][] = ['changed', 'unlawful']

/** Settings and backups of a lane's device: read at once, on F5 and periodically. */
export function useDevice(laneId: Ref<string | null>) {
  const view: View = shallowRef(null)
  const backups = shallowRef<readonly SettingsBackupView[]>([])
  const error = shallowRef<ApiError | null>(null)
  const lane = (): string | null => laneId.value

  async function readSettings(): Promise<void> {
    if (laneId.value === null) return
    const reply = await askWhile(lane, 'device.settings', { laneId: laneId.value })
    if (reply === null) return
    error.value = reply.ok ? null : reply.error
    view.value = reply.ok ? reply.data : null
  }
  async function readBackups(): Promise<void> {
    if (laneId.value === null) return
    const reply = await askWhile(lane, 'device.backups', { laneId: laneId.value })
    if (reply?.ok === true) backups.value = reply.data.rows
  }

  let poll: ReturnType<typeof setTimeout> | undefined
  let gone = false
  const trialId = (): string | null => view.value?.trial?.id ?? null
  async function again(): Promise<void> {
    const before = trialId()
    await readSettings()
    // The trial that ended has made a backup.
    if (before !== trialId()) await readBackups()
    clearTimeout(poll)
    if (gone) return
    poll = setTimeout(() => void again(), trialId() === null ? quietPollMs : trialPollMs)
  }
  /** Restarts the poll too, so that the end of a trial that has just begun is noticed in time. */
  const read = (): void => {
    void readBackups()
    void again()
  }
  watch(laneId, () => {
    view.value = null
    error.value = null
    backups.value = []
    read()
  })
  useFresh(read)
  onUnmounted(() => {
    gone = true
    clearTimeout(poll)
  })
  return { view, backups, error, read }
}

/** Number or variant of the device that a backup is from, if it is not the present device; else null. */
function otherDevice(
  backup: SettingsBackupView | null,
  view: DeviceSettingsView | null,
): string | null {
  if (backup === null || view === null) return null
  if (backup.variant !== view.variant) return backup.variant
  const there = view.identity?.rsuId ?? ''
  return backup.rsuId !== '' && there !== '' && backup.rsuId !== there ? backup.rsuId : null
}

/** The edits of a person, and the runtime's checks of them. */
export function useEdits(laneId: Ref<string | null>, view: View) {
  /** Typed texts by setting id; a setting without edit is absent. */
  const edits = ref<Record<string, string>>({})
  const diff = shallowRef<DeviceDiffView | null>(null)
  const loaded = shallowRef<SettingsBackupView | null>(null)

  const wanted = computed(() => {
    const values: Record<string, number> = {}
    // Unreadable text is sent as 0.5, which is refused as not whole: the call takes numbers only.
    for (const [id, text] of Object.entries(edits.value))
      values[id] = /^-?\d{1,9}$/.test(typedNumber(text)) ? Number(typedNumber(text)) : 0.5
    return values
  })
  const found = computed(() => diff.value?.rows ?? [])

  async function judge(): Promise<void> {
    const lane = laneId.value
    if (lane === null || Object.keys(wanted.value).length === 0) {
      diff.value = null
      return
    }
    const args = { laneId: lane, wanted: wanted.value }
    const reply = await askWhile(() => wanted.value, 'device.diff', args)
    if (reply !== null) diff.value = reply.ok ? reply.data : null
  }
  function clear(): void {
    edits.value = {}
    loaded.value = null
  }
  /** Loads a whole backup, or adds one setting of it to the edits. */
  function load(backup: SettingsBackupView, only: string | null = null): void {
    const texts: Record<string, string> = only === null ? {} : { ...edits.value }
    for (const { id, value, mechanical } of view.value?.settings ?? []) {
      const then = backup.now[id]
      if (only !== null && only !== id) continue
      // A mechanical setting may have been turned since, so it is measured again, not taken from a backup.
      if (mechanical) continue
      if (then !== undefined && then !== value) texts[id] = String(then)
    }
    edits.value = texts
    loaded.value = backup
  }

  let judging: ReturnType<typeof setTimeout> | undefined
  watch([wanted, view], () => {
    clearTimeout(judging)
    judging = setTimeout(() => void judge(), judgeAfterMs)
  })
  /** Checks at once instead of after a pause, and drops the pending check. */
  function judgeNow(): Promise<void> {
    clearTimeout(judging)
    return judge()
  }
  watch(laneId, clear)
  onUnmounted(() => clearTimeout(judging))
  return {
    edits,
    diff,
    loadedFrom: computed(() => loaded.value?.atIso ?? null),
    /** Values that the firmware of the backup numbered differently. */
    loadedMoved: computed(() => loaded.value?.moved ?? []),
    loadedOther: computed(() => otherDevice(loaded.value, view.value)),
    wanted,
    judgeNow,
    clear,
    load,
    rows: computed(() => new Map(found.value.map((row) => [row.id, row]))),
    writes: computed(() => found.value.filter(({ state }) => writing.includes(state))),
    /** Values that the standard's clause forbids; written only when a person takes responsibility. */
    unlawful: computed(() =>
      found.value.filter((row) => row.problem === 'unlawful' && row.state !== 'same'),
    ),
  }
}
