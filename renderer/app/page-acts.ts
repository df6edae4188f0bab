// Keys that mean something only on some pages: the page that is shown says what it does for them.
// The palette greys what no page does now; a key without a page keeps what the window itself does.
import { onMounted, onUnmounted, shallowReactive } from 'vue'

export const pageActIds = [
  'compare',
  'diff',
  'save',
  'load',
  'undo',
  'redo',
  'backup',
  'test',
] as const
export type PageActId = (typeof pageActIds)[number]

export interface PageAct {
  readonly run: () => void
  /** Absent: always. */
  readonly can?: () => boolean
}

const acts = shallowReactive(new Map<PageActId, PageAct>())

const underDialog = (): boolean =>
  [...document.querySelectorAll<HTMLElement>('.el-overlay')].some(
    ({ style }) => style.display !== 'none',
  )

export const canPageAct = (id: PageActId): boolean => {
  const found = acts.get(id)
  return found !== undefined && (found.can?.() ?? true)
}

/** False where the page does nothing for it now: then the key is not taken. */
export function runPageAct(id: PageActId): boolean {
  if (!canPageAct(id) || underDialog()) return false
  acts.get(id)?.run()
  return true
}

export const isPageAct = (id: string): id is PageActId => pageActIds.some((one) => one === id)

/** What a page does for its keys, while it is shown. */
export function usePageActs(own: Readonly<Partial<Record<PageActId, PageAct>>>): void {
  const mine = Object.entries(own).filter((entry): entry is [PageActId, PageAct] =>
    isPageAct(entry[0]),
  )
  onMounted(() => {
    for (const [id, act] of mine) acts.set(id, act)
  })
  onUnmounted(() => {
    for (const [id, act] of mine) if (acts.get(id) === act) acts.delete(id)
  })
}
