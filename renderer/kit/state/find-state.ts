// State of the find screen: read at once and on F5, and polled faster while a job runs.
// Every act returns the state after it, so the screen always shows what the runtime has.
import { computed, onMounted, onUnmounted, ref, shallowRef, type ShallowRef } from 'vue'
import type { ApiReply } from '#base/calls/rows.ts'
import type { ApiError } from '#base/calls/rows.ts'
import type {
  FindingView,
  FindStateView,
  LinkReportView,
  PortView,
} from '#devices/calls/find-views.ts'
import { useBoard } from '../../api/board-store.ts'
import { ask } from '../../api/client.ts'
import { onRefresh } from './fresh.ts'

const busyPollMs = 400
const quietPollMs = 2_000
/** Poll interval on the workbench without a device, where a person may be plugging one in. */
const waitingPollMs = 1_000

export const portPathOf = (link: string): string => link.split('?')[0] ?? ''

/** Tone and glyph of a finding: fault, warning or note. */
export const looksOf = (weight: FindingView['weight']) =>
  weight === 'bad'
    ? ({ tone: 'bad', glyph: '✕' } as const)
    : ({ tone: 'warn', glyph: weight === 'warn' ? '▲' : '○' } as const)
/** Tone and glyph of a report: those of its worst finding. */
export function looksOfReport({ ok, findings }: LinkReportView) {
  const worst = findings.some(({ weight }) => weight === 'bad') ? 'bad' : 'warn'
  return ok ? ({ tone: 'ok', glyph: '✓' } as const) : looksOf(worst)
}

/** The connected device in the form that its dot takes. */
export const heardOf = ({
  state,
  heardMsAgo,
}: Pick<NonNullable<FindStateView['connected']>, 'state' | 'heardMsAgo'>) => ({
  state: state === 'up' ? ('up' as const) : ('down' as const),
  heardMsAgo,
})

/** The reports by place, and the one that is shown large. */
function useReports(state: ShallowRef<FindStateView | null>) {
  const picked = ref<string | null>(null)
  const reportOf = (place: string): LinkReportView | null =>
    state.value?.reports.find(({ link }) => portPathOf(link) === place) ?? null
  const portLocation = ({ path }: PortView): string => `serial:${path}`
  const report = computed(() => {
    const reports = state.value?.reports ?? []
    const chosen = picked.value === null ? null : reportOf(picked.value)
    return chosen ?? reports.findLast(({ ok }) => !ok) ?? reports.at(-1) ?? null
  })
  /** Reports of places that are not in the list of ports. */
  const others = computed(() => {
    const places = new Set((state.value?.ports ?? []).map(portLocation))
    return (state.value?.reports ?? []).filter(({ link }) => !places.has(portPathOf(link)))
  })

  return { picked, report, others, reportOf, portLocation }
}

export function useFind() {
  const state = shallowRef<FindStateView | null>(null)
  const error = shallowRef<ApiError | null>(null)
  const board = useBoard()
  const readAtMs = ref(0)
  /** Ms since the state was read; added to the ages that it states. */
  const sinceMs = computed(() => Math.max(0, board.nowMs - readAtMs.value))
  let poll: ReturnType<typeof setTimeout> | undefined
  let gone = false

  function show(now: FindStateView): void {
    state.value = now
    readAtMs.value = performance.now()
  }
  function take(reply: ApiReply<FindStateView>): void {
    error.value = reply.ok ? null : reply.error
    if (reply.ok) show(reply.data)
  }
  function plan(): void {
    clearTimeout(poll)
    if (gone) return
    const { job, connected, place } = state.value ?? { job: null, connected: null, place: null }
    const isBusy = job !== null || connected?.state === 'connecting'
    const isWaiting = place === 'workbench' && connected === null
    const pollMs = isBusy ? busyPollMs : isWaiting ? waitingPollMs : quietPollMs
    poll = setTimeout(() => void again(), pollMs)
  }
  async function again(): Promise<void> {
    const reply = await ask('find.state', {})
    // A refused act stays readable until the next act.
    if (!reply.ok) error.value = reply.error
    else {
      show(reply.data)
      // The runtime is back after an interruption, so its list of ports is requested again.
      if (error.value?.code.startsWith('RUN-') === true) error.value = null
      const { place, ports, job } = reply.data
      if (place !== 'demo' && ports === null && error.value === null) return list()
      // On the workbench new ports appear by themselves. Beside running lanes the ports are not scanned without a
      // request.
      if (place === 'workbench' && job === null && error.value === null) return list()
    }
    plan()
  }
  async function run(pendingReply: Promise<ApiReply<FindStateView>>): Promise<void> {
    take(await pendingReply)
    plan()
  }
  const list = (): Promise<void> => run(ask('find.ports', {}))
  const probe = (links?: string[]): Promise<void> =>
    run(ask('find.probe', links === undefined ? {} : { links }))

  onRefresh(() => (state.value?.place === 'demo' ? again() : list()))
  onMounted(again)
  onUnmounted(() => {
    gone = true
    clearTimeout(poll)
  })

  return {
    state,
    sinceMs,
    error,
    ...useReports(state),
    list,
    probe,
    again,
    probeHost: (host: string) => run(ask('find.probe', { links: [], tcpHosts: [host] })),
    cancel: () => run(ask('find.cancel', {})),
    connect: (link: string, holdId?: string) =>
      run(ask('find.connect', holdId === undefined ? { link } : { link, holdId })),
    disconnect: () => run(ask('find.disconnect', {})),
    autoConnect: (on: boolean) => run(ask('find.autoConnect', { on })),
  }
}
