// One set of values for many lanes: compared lane by lane, written lane by lane, each with its own trial.
// Kept while the window is open, so that leaving the page loses no result.
import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type { Wanted } from '#devices/calls/device.ts'
import type { ActAnswer, ApiReply, Who } from '#base/calls/rows.ts'
import type { DeviceDiffView, SettingDiffView } from '#devices/calls/settings-views.ts'
import { ask } from '../../api/client.ts'

type BundleState =
  | 'same'
  | 'wouldWrite'
  | 'refused'
  | 'writing'
  | 'trial'
  | 'recorded'
  | 'failed'
  | 'ended'

export interface BundleRow {
  readonly laneId: string
  readonly state: BundleState
  readonly diff: DeviceDiffView | null
  /** Code of the fault that prevented the comparison or the write. */
  readonly code: string | null
  /** How its trial ended. */
  readonly end: string | null
}

const pollMs = 1_000
const isOpen = ({ state }: BundleRow): boolean => state === 'writing' || state === 'trial'
const writes = ({ state }: SettingDiffView): boolean => state === 'changed'
const byHand = ({ state }: SettingDiffView): boolean => state === 'mechanical'
/** A value that the clause forbids needs a person's decision for that lane, which a bundle cannot take. */
export const isRefused = ({ state }: SettingDiffView): boolean =>
  state === 'refused' || state === 'unlawful'

const failed = (laneId: string, code: string, diff: DeviceDiffView | null): BundleRow => ({
  laneId,
  diff,
  code,
  end: null,
  state: 'failed',
})

async function compareOne(laneId: string, wanted: Wanted): Promise<BundleRow> {
  const reply = await ask('device.diff', { laneId, wanted })
  if (!reply.ok) return failed(laneId, reply.error.code, null)
  const { rows } = reply.data
  const changes = rows.some((row) => writes(row) || byHand(row))
  const state = rows.some(isRefused) ? 'refused' : changes ? 'wouldWrite' : 'same'
  return { laneId, state, diff: reply.data, code: null, end: null }
}

async function writeOne(row: BundleRow, who: Who, trialSec: number): Promise<BundleRow> {
  const changes = (row.diff?.rows ?? []).filter((one) => writes(one) || byHand(one))
  const wanted = Object.fromEntries(changes.map((one) => [one.id, one.new]))
  const { laneId } = row
  const reply = await ask('device.apply', { laneId, wanted, trialSec, ...who })
  if (!reply.ok) return failed(laneId, reply.error.code, row.diff)
  return { ...row, state: changes.some(writes) ? 'writing' : 'recorded' }
}

async function lookAt(row: BundleRow): Promise<BundleRow> {
  const reply = await ask('device.settings', { laneId: row.laneId })
  // Polled again later; the trial ends by itself.
  if (!reply.ok) return row
  const { trial, last } = reply.data
  if (trial !== null) return { ...row, state: trial.phase === 'running' ? 'trial' : 'writing' }
  return { ...row, state: 'ended', end: last?.end ?? null }
}

export const useBundle = defineStore('bundle', () => {
  const rows = ref<readonly BundleRow[]>([])
  const comparing = ref(false)
  const running = computed(() => rows.value.some(isOpen))
  /** Number of the latest comparison; the answer to an earlier one is dropped. */
  let requestNo = 0
  const ready = computed(() => rows.value.filter(({ state }) => state === 'wouldWrite'))

  async function compare(laneIds: readonly string[], wanted: Wanted): Promise<void> {
    comparing.value = true
    const own = ++requestNo
    const compared = await Promise.all(laneIds.map((laneId) => compareOne(laneId, wanted)))
    comparing.value = false
    if (own === requestNo) rows.value = compared
  }
  async function follow(): Promise<void> {
    rows.value = await Promise.all(
      rows.value.map((row) => (isOpen(row) ? lookAt(row) : Promise.resolve(row))),
    )
    if (running.value) setTimeout(() => void follow(), pollMs)
  }
  /** Writes all lanes in parallel; each row shows its own result. */
  async function write(who: Who, trialSec: number): Promise<ApiReply<ActAnswer>> {
    rows.value = await Promise.all(
      rows.value.map((row, index) =>
        row.state === 'wouldWrite'
          ? writeOne(row, { ...who, commandId: `${who.commandId}-${index}` }, trialSec)
          : Promise.resolve(row),
      ),
    )
    void follow()
    return { ok: true, data: { ok: true, repeated: false } }
  }
  /** Values or lanes have changed, so the comparison no longer applies. */
  function forget(): void {
    requestNo++
    if (!running.value) rows.value = rows.value.filter(({ end }) => end !== null)
  }
  return { rows, comparing, running, ready, compare, write, forget }
})
