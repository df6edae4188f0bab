// What a page shows is read when it opens, when a person refreshes it (F5, the palette), when what it is asked
// about changes, and from time to time. Each page registers its reader here while it is shown.
import { onMounted, onUnmounted, ref, shallowRef, watch, type WatchSource } from 'vue'
import type { ApiError } from '../../firmware-runtime/api/rows.ts'
import type { AnswerOf, ApiName, ArgsOf } from '../../firmware-runtime/api/table.ts'
import { askWhile } from '../api/client.ts'

type Reader = () => unknown

const readers = new Set<Reader>()

/** Reads again whatever is shown now. */
export function refreshPage(): void {
  for (const read of readers) read()
}

/** Called on each refresh while the component is there. */
export function onRefresh(read: Reader): void {
  onMounted(() => readers.add(read))
  onUnmounted(() => readers.delete(read))
}

/** Called when the component opens, on each refresh, and when one of `changes` does. */
export function useFresh(read: Reader, ...changes: WatchSource[]): void {
  onRefresh(read)
  onMounted(read)
  if (changes.length > 0) watch(changes, () => read())
}

/** Called at this interval while the component is there. */
export function useEvery(everyMs: number, work: Reader): void {
  let timer: ReturnType<typeof setInterval> | undefined
  onMounted(() => {
    timer = setInterval(work, everyMs)
  })
  onUnmounted(() => clearInterval(timer))
}

/** The last answer to one call. Other arguments are another question: nothing is shown until it is answered. */
export function useAnswer<N extends ApiName>(
  name: N,
  /** Null: nothing is asked. */
  args: () => ArgsOf<N> | null,
  ...changes: WatchSource[]
) {
  const data = shallowRef<AnswerOf<N> | null>(null)
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
  return { data, error, readAtMs, read }
}
