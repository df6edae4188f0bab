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
/** Of a page that is not looked at, whose sound goes on. */
const hiddenEveryMs = 10_000

/** The sequence of the centre; empty until it was asked for. */
const seq = ref('')

/** Keeps the sequence while the shell is shown. */
export function useSequence(): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let isOver = false
  let askedMs = 0
  const ask = async (): Promise<void> => {
    tick()
    const waitMs = document.visibilityState === 'hidden' ? hiddenEveryMs : 0
    const isDue = isIn.value && Date.now() - askedMs >= waitMs
    if (isDue) {
      askedMs = Date.now()
      seq.value = await call('state.seq', {}).then(
        (answer) => answer.seq,
        () => seq.value,
      )
    }
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

/** `args`: null makes no call. Other arguments clear the answer until their own is there. */
export function useAnswer<N extends CallName>(name: N, args: () => ArgsOf<N> | null): Answer<N> {
  const data = shallowRef(null) as ShallowRef<AnswerOf<N> | null>
  const fault = shallowRef<FaultBody | null>(null)
  const key = (): string => JSON.stringify(args())
  const read = async (): Promise<void> => {
    const [asked, own] = [args(), key()]
    if (asked === null) return
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
  watch(seq, (_, before) => before !== '' && void read())
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
