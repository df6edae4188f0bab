// What the find screen knows: asked at once, on F5, and often while something is under way.
// Every act answers with the state after it, so that the screen never guesses.
import { computed, onMounted, onUnmounted, ref, shallowRef } from 'vue'
import type { ShallowRef } from 'vue'
import type { ApiReply } from '../../firmware-runtime/api/table.ts'
import type { ApiError } from '../../firmware-runtime/api/rows.ts'
import type {
  FindingView,
  FindStateView,
  LinkReportView,
  PortView,
} from '../../firmware-runtime/api/find-views.ts'
import { useBoard } from '../api/board-store.ts'
import { ask } from '../api/client.ts'
import { onRefresh } from './fresh.ts'

const busyPollMs = 400
const quietPollMs = 2_000
/** On the workbench with no device yet: a person with a cable in the hand looks at the screen. */
const waitingPollMs = 1_000

export const portPathOf = (link: string): string => link.split('?')[0] ?? ''

/** Of a finding: what is wrong, what is only said, and nothing at all. */
export const looksOf = (weight: FindingView['weight']) =>
  weight === 'bad'
    ? ({ tone: 'bad', glyph: '✕' } as const)
    : ({ tone: 'warn', glyph: weight === 'warn' ? '▲' : '○' } as const)
/** Of a whole report: as its worst finding. */
export function looksOfReport({ ok, findings }: LinkReportView) {
  const worst = findings.some(({ weight }) => weight === 'bad') ? 'bad' : 'warn'
  return ok ? ({ tone: 'ok', glyph: '✓' } as const) : looksOf(worst)
}

/** As the view of any device, for its dot. */
export const heardOf = ({
  state,
  heardMsAgo,
}: Pick<NonNullable<FindStateView['connected']>, 'state' | 'heardMsAgo'>) => ({
  state: state === 'up' ? ('up' as const) : ('down' as const),
  heardMsAgo,
})

/** What was heard, by place: for the table, and the one that is shown large. */
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
  /** Reports of places that are no port of the list. */
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
  /** How old the state is: what was heard then is older now. */
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
    // A refusal of an act stays readable until the next act.
    if (!reply.ok) error.value = reply.error
    else {
      show(reply.data)
      // The runtime was away, or made room for another: what it lists now is asked for.
      if (error.value?.code.startsWith('RUN-') === true) error.value = null
      const { place, ports, job } = reply.data
      if (place !== 'demo' && ports === null && error.value === null) return list()
      // What is plugged in appears by itself. Beside running lanes nothing is asked of the machine.
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
