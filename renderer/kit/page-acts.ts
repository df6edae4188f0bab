// Keys that mean something only on some pages: the page that is shown says what it does for them.
// The palette greys what no page does now.
import type { ApiName } from '../../firmware-runtime/api/table.ts'
import { useSeat } from './seat-store.ts'
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
  /** Absent: always. */
  readonly can?: () => boolean
  /** The call that it leads to: nothing for who is refused it. */
  readonly needs?: ApiName
  /** What the palette calls it on this page; absent: what it calls it everywhere. */
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

/** What the page that is shown calls its own act; null: as everywhere. */
export const titleOfAct = (id: PageActId): string | null => acts.get(id)?.title?.() ?? null

/** False where the page does nothing for it now: then the key is not taken. */
export function runPageAct(id: PageActId): boolean {
  if (!canPageAct(id) || underDialog()) return false
  acts.get(id)?.run()
  return true
}

export const isPageAct = (id: string): id is PageActId => pageActIds.some((one) => one === id)

/** What a page does for its keys, while it is shown. */
export function usePageActs(own: OwnActs): void {
  const mine = Object.entries(own) as [PageActId, PageAct][]
  onMounted(() => {
    for (const [id, act] of mine) acts.set(id, act)
  })
  onUnmounted(() => {
    for (const [id, act] of mine) if (acts.get(id) === act) acts.delete(id)
  })
}
