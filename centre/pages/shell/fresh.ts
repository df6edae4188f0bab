// A page reads its answer when it opens, when its arguments change, and when the centre's sequence says that something
// has changed, which the shell asks for each second: what is shown is at most two seconds old.
import { onMounted, onUnmounted, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import {
  call,
  faultOf,
  isIn,
  markUsed,
  tick,
  type AnswerOf,
  type ArgsOf,
  type CallName,
  type FaultBody,
} from './server.ts'

const everyMs = 1_000

/** The sequence of the centre; empty until it was asked for. */
const seq = ref('')

/** Keeps the sequence while the shell is shown. */
export function useSequence(): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let isOver = false
  const ask = async (): Promise<void> => {
    tick()
    if (isIn.value && document.visibilityState !== 'hidden')
      seq.value = await call('state.seq', {}).then(
        (answer) => answer.seq,
        () => seq.value,
      )
    if (!isOver) timer = setTimeout(() => void ask(), everyMs)
  }
  const touches = ['pointerdown', 'keydown', 'wheel'] as const
  onMounted(() => {
    for (const touch of touches) window.addEventListener(touch, markUsed, { passive: true })
    void ask()
  })
  onUnmounted(() => {
    isOver = true
    clearTimeout(timer)
    for (const touch of touches) window.removeEventListener(touch, markUsed)
  })
}

interface Answer<N extends CallName> {
  readonly data: ShallowRef<AnswerOf<N> | null>
  readonly fault: ShallowRef<FaultBody | null>
  readonly read: () => Promise<void>
}

/**
 * `args`: null makes no call. Other arguments clear the answer until their own is there. `restMs`: at least so long after one
 * answer before it is asked for again by itself.
 */
export function useAnswer<N extends CallName>(
  name: N,
  args: () => ArgsOf<N> | null,
  restMs = 0,
): Answer<N> {
  let readMs = 0
  let again: ReturnType<typeof setTimeout> | undefined
  const data = shallowRef(null) as ShallowRef<AnswerOf<N> | null>
  const fault = shallowRef<FaultBody | null>(null)
  const key = (): string => JSON.stringify(args())
  const read = async (): Promise<void> => {
    const [asked, own] = [args(), key()]
    if (asked === null) return
    readMs = Date.now()
    try {
      const answer = await call(name, asked)
      if (own !== key()) return
      data.value = answer
      fault.value = null
    } catch (error) {
      if (own === key()) fault.value = faultOf(error)
    }
  }
  watch(key, () => {
    data.value = null
    fault.value = null
    void read()
  })
  // The first one says nothing about what was just read.
  watch(seq, (_, before) => {
    if (before === '' || again !== undefined) return
    const wait = Math.max(0, readMs + restMs - Date.now())
    again = setTimeout(() => {
      again = undefined
      void read()
    }, wait)
  })
  onUnmounted(() => clearTimeout(again))
  onMounted(read)
  return { data, fault, read }
}

interface Doing {
  readonly busy: Ref<boolean>
  readonly fault: ShallowRef<FaultBody | null>
  /** Once at a time; true when it was done. */
  run(work: () => Promise<unknown>): Promise<boolean>
}

/** An act of a person, and its refusal. */
export function useAct(): Doing {
  const busy = ref(false)
  const fault = shallowRef<FaultBody | null>(null)
  const run = async (work: () => Promise<unknown>): Promise<boolean> => {
    if (busy.value) return false
    busy.value = true
    fault.value = null
    try {
      await work()
      return true
    } catch (error) {
      fault.value = faultOf(error)
      return false
    } finally {
      busy.value = false
    }
  }
  return { busy, fault, run }
}

interface Pages<R> {
  readonly rows: ShallowRef<readonly R[]>
  readonly isAll: Ref<boolean>
  readonly busy: Ref<boolean>
  readonly fault: ShallowRef<FaultBody | null>
  /** The next page; the first one again after `restart`. */
  more(): Promise<void>
  restart(): Promise<void>
}

/**
 * A list in pages, newest first. It stays as it was read, so that no row moves below a person's hand. `ask`: the page behind a
 * place; null makes no call. `key`: what the list is of.
 */
export function usePages<R, P>(
  key: () => string,
  ask: (
    after: P | null,
  ) => Promise<{ readonly rows: readonly R[]; readonly next: P | null }> | null,
): Pages<R> {
  const rows = shallowRef<readonly R[]>([])
  const [isAll, busy] = [ref(false), ref(false)]
  const fault = shallowRef<FaultBody | null>(null)
  let next: P | null = null
  const read = async (after: P | null): Promise<void> => {
    const [own, asked] = [key(), ask(after)]
    if (asked === null) return
    busy.value = true
    try {
      const page = await asked
      if (own !== key()) return
      rows.value = after === null ? page.rows : [...rows.value, ...page.rows]
      ;({ next } = page)
      isAll.value = next === null
      fault.value = null
    } catch (error) {
      if (own === key()) fault.value = faultOf(error)
    } finally {
      if (own === key()) busy.value = false
    }
  }
  const restart = (): Promise<void> => {
    rows.value = []
    isAll.value = false
    fault.value = null
    return read(null)
  }
  watch(key, () => void restart())
  onMounted(restart)
  return { rows, isAll, busy, fault, more: () => read(next), restart }
}
