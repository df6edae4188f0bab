// A page reads its data when it opens, on refresh (F5, the palette), when the arguments of its call change, and
// periodically. Each shown page registers its reader here.
import { onMounted, onUnmounted, ref, shallowRef, watch, type WatchSource } from 'vue'
import type { ApiError } from '../../firmware-runtime/api/rows.ts'
import type { AnswerOf, ApiName, ArgsOf } from '../../firmware-runtime/api/table.ts'
import { askWhile } from '../api/client.ts'

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

/** The last answer to one call. New arguments clear it until their own answer arrives. */
export function useAnswer<N extends ApiName>(
  name: N,
  /** Null: no call is made. */
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
