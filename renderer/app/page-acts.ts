// Keys that mean something only on some pages: the page that is shown says what it does for them.
// The palette greys what no page does now; F8 and F9 without a page keep what the window itself does.
import type { ApiName } from '../../firmware-runtime/api/table.ts'
import { useSeat } from '../api/seat-store.ts'
import { onMounted, onUnmounted, shallowReactive } from 'vue'

const pageActIds = ['compare', 'diff', 'save', 'load', 'undo', 'redo', 'backup'] as const
export type PageActId = (typeof pageActIds)[number]

/** F8 and F9: the window opens the barrier and takes another payment; a page may do something else. */
export type TakenOverId = 'open' | 'settle'

interface PageAct {
  readonly run: () => void
  /** Absent: always. */
  readonly can?: () => boolean
  /** The call that it leads to: nothing for who is refused it. */
  readonly needs?: ApiName
}

/** `title`: what the palette calls it on this page. */
type OwnActs = Readonly<
  Partial<
    Record<PageActId, PageAct> & Record<TakenOverId, PageAct & { readonly title: () => string }>
  >
>
type ActId = keyof OwnActs

const acts = shallowReactive(new Map<ActId, PageAct & { readonly title?: () => string }>())

const underDialog = (): boolean =>
  [...document.querySelectorAll<HTMLElement>('.el-overlay')].some(
    ({ style }) => style.display !== 'none',
  )

export const canPageAct = (id: ActId): boolean => {
  const found = acts.get(id)
  if (found === undefined) return false
  const { needs, can } = found
  return (needs === undefined || useSeat().can(needs)) && (can?.() ?? true)
}

/** What the page that is shown calls its own act for F8 or F9; null: it has none. */
export const titleOfAct = (id: TakenOverId): string | null => acts.get(id)?.title?.() ?? null

/** False where the page does nothing for it now: then the key is not taken. */
export function runPageAct(id: ActId): boolean {
  if (!canPageAct(id) || underDialog()) return false
  acts.get(id)?.run()
  return true
}

export const isPageAct = (id: string): id is PageActId => pageActIds.some((one) => one === id)

/** What a page does for its keys, while it is shown. */
export function usePageActs(own: OwnActs): void {
  const mine = Object.entries(own) as [ActId, PageAct][]
  onMounted(() => {
    for (const [id, act] of mine) acts.set(id, act)
  })
  onUnmounted(() => {
    for (const [id, act] of mine) if (acts.get(id) === act) acts.delete(id)
  })
}
