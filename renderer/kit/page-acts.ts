// Keys that have a meaning only on some pages: the shown page registers what they do.
// The palette greys the ones that no page handles now.
import type { ApiName } from '#runtime/api/table.ts'
import { useSeat } from './state/seat-store.ts'
import { onMounted, onUnmounted, shallowReactive } from 'vue'

const pageActIds = [
  'test',
  'write',
  'compare',
  'diff',
  'save',
  'load',
  'undo',
  'redo',
  'backup',
] as const
export type PageActId = (typeof pageActIds)[number]

interface PageAct {
  readonly run: () => void
  /** Absent: always available. */
  readonly can?: () => boolean
  /** The call that the act makes; it is unavailable to a person who may not make that call. */
  readonly needs?: ApiName
  /** Title in the palette on this page; default: the general title. */
  readonly title?: () => string
}

type OwnActs = Readonly<Partial<Record<PageActId, PageAct>>>

const acts = shallowReactive(new Map<PageActId, PageAct>())

const underDialog = (): boolean =>
  [...document.querySelectorAll<HTMLElement>('.el-overlay')].some(
    ({ style }) => style.display !== 'none',
  )

export const canPageAct = (id: PageActId): boolean => {
  const found = acts.get(id)
  if (found === undefined) return false
  const { needs, can } = found
  return (needs === undefined || useSeat().can(needs)) && (can?.() ?? true)
}

/** The shown page's own title of an act; null: the general title applies. */
export const titleOfAct = (id: PageActId): string | null => acts.get(id)?.title?.() ?? null

/** Returns false when the page does nothing for the key now; the key is then not consumed. */
export function runPageAct(id: PageActId): boolean {
  if (!canPageAct(id) || underDialog()) return false
  acts.get(id)?.run()
  return true
}

export const isPageAct = (id: string): id is PageActId => pageActIds.some((one) => one === id)

/** Registers a page's acts while it is mounted. */
export function usePageActs(own: OwnActs): void {
  const mine = Object.entries(own) as [PageActId, PageAct][]
  onMounted(() => {
    for (const [id, act] of mine) acts.set(id, act)
  })
  onUnmounted(() => {
    for (const [id, act] of mine) if (acts.get(id) === act) acts.delete(id)
  })
}
