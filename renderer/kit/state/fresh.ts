// A page reads its data when it opens, on refresh (F5, the palette), when the arguments of its call change, and
// periodically. Each shown page registers its reader here.
import {
  computed,
  onMounted,
  onUnmounted,
  ref,
  shallowRef,
  watch,
  type ComputedRef,
  type Ref,
  type ShallowRef,
  type WatchSource,
} from 'vue'
import type { ApiError } from '#base/calls/rows.ts'
import type { AnswerOf, ApiName, ArgsOf } from '#runtime/api/table.ts'
import { askWhile } from '../../api/client.ts'

type Reader = () => unknown

const readers = new Set<Reader>()

/** Runs every registered reader. */
export function refreshPage(): void {
  for (const read of readers) read()
}

/** Calls `read` on each refresh while the component is mounted. */
export function onRefresh(read: Reader): void {
  onMounted(() => readers.add(read))
  onUnmounted(() => readers.delete(read))
}

/** Calls `read` when the component is mounted, on each refresh, and when one of `changes` changes. */
export function useFresh(read: Reader, ...changes: WatchSource[]): void {
  onRefresh(read)
  onMounted(read)
  if (changes.length > 0) watch(changes, () => read())
}

/** Calls `work` at this interval while the component is mounted. */
export function useEvery(everyMs: number, work: Reader): void {
  let timer: ReturnType<typeof setInterval> | undefined
  onMounted(() => {
    timer = setInterval(work, everyMs)
  })
  onUnmounted(() => clearInterval(timer))
}

/** The calls that need no arguments. */
type PlainName = {
  [N in ApiName]: Record<string, never> extends ArgsOf<N> ? N : never
}[ApiName]

interface Answer<N extends ApiName> {
  readonly data: ShallowRef<AnswerOf<N> | null>
  readonly error: ShallowRef<ApiError | null>
  /** Time of the last reply, on the clock of `performance`. */
  readonly readAtMs: Ref<number>
  readonly read: () => Promise<void>
  /** For `v-bind` of ListPage.vue and FormPage.vue. */
  readonly bound: ComputedRef<{
    readonly data: AnswerOf<N> | null
    readonly error: ApiError | null
    readonly onAgain: () => Promise<void>
  }>
}

/** The last answer to one call, and what the page that shows it is bound to. New arguments clear it until their own answer arrives. */
export function useAnswer<N extends PlainName>(name: N): Answer<N>
export function useAnswer<N extends ApiName>(
  name: N,
  /** Null: no call is made. */
  args: () => ArgsOf<N> | null,
  ...changes: WatchSource[]
): Answer<N>
export function useAnswer<N extends ApiName>(
  name: N,
  args = (): ArgsOf<N> | null => ({}) as ArgsOf<N>,
  ...changes: WatchSource[]
): Answer<N> {
  const data = shallowRef(null) as ShallowRef<AnswerOf<N> | null>
  const error = shallowRef<ApiError | null>(null)
  const readAtMs = ref(0)
  const key = (): string => JSON.stringify(args())

  async function read(): Promise<void> {
    const callArgs = args()
    const reply = callArgs === null ? null : await askWhile(key, name, callArgs)
    if (reply === null) return
    error.value = reply.ok ? null : reply.error
    if (reply.ok) data.value = reply.data
    readAtMs.value = performance.now()
  }
  watch(key, () => {
    data.value = null
    void read()
  })
  useFresh(read, ...changes)
  const bound = computed(() => ({ data: data.value, error: error.value, onAgain: read }))
  return { data, error, readAtMs, read, bound }
}
