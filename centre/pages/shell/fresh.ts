// A page reads its answer when it opens, when its arguments change, and when the centre's sequence says that something
// has changed, which the shell asks for each second: what a person waits for is at most two seconds old. Rows and
// heartbeats of many lots come all the time: for them a page reads at most each five seconds.
import { onMounted, onUnmounted, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import {
  call,
  faultOf,
  isIn,
  markUsed,
  nowMs,
  tick,
  type AnswerOf,
  type ArgsOf,
  type CallName,
  type FaultBody,
} from './server.ts'

const everyMs = 1_000
/** Of a page that is not looked at, whose sound goes on. */
const hiddenEveryMs = 10_000
const movedEveryMs = 5_000
/** Hours and days go by without a row. */
const anywayMs = 60_000

/** The sequence of the centre; empty until it was asked for. */
const seq = ref('')
/** Counts what was read because of rows, heartbeats or time. */
const round = ref(0)

/** Whether it is time to read what moves all the time. */
export const isRoundDue = (sinceMs: number, hasMoved: boolean): boolean =>
  Math.abs(sinceMs) >= (hasMoved ? movedEveryMs : anywayMs)

/** Keeps the rounds from what the sequence says. */
function rounds(): (moved: string) => void {
  let readMs = nowMs.value
  let readAt = ''
  return (moved) => {
    const isFirst = readAt === ''
    if (isFirst) readAt = moved
    if (!isRoundDue(nowMs.value - readMs, moved !== readAt)) return
    readMs = nowMs.value
    readAt = moved
    round.value++
  }
}

/** Keeps the sequence while the shell is shown. */
export function useSequence(): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let clock: ReturnType<typeof setInterval> | undefined
  let isOver = false
  let askedMs = 0
  const heard = rounds()
  const ask = async (): Promise<void> => {
    const waitMs = document.visibilityState === 'hidden' ? hiddenEveryMs : 0
    const isDue = isIn.value && Date.now() - askedMs >= waitMs
    if (isDue) askedMs = Date.now()
    const answer = isDue ? await call('state.seq', {}).catch(() => null) : null
    if (answer !== null) {
      seq.value = answer.seq
      heard(answer.moved)
    }
    if (!isOver) timer = setTimeout(() => void ask(), everyMs)
  }
  const touches = ['pointerdown', 'keydown', 'wheel'] as const
  onMounted(() => {
    for (const touch of touches) window.addEventListener(touch, markUsed, { passive: true })
    clock = setInterval(tick, everyMs)
    void ask()
  })
  onUnmounted(() => {
    isOver = true
    clearTimeout(timer)
    clearInterval(clock)
    for (const touch of touches) window.removeEventListener(touch, markUsed)
  })
}

interface Answer<N extends CallName> {
  readonly data: ShallowRef<AnswerOf<N> | null>
  readonly fault: ShallowRef<FaultBody | null>
  readonly read: () => Promise<void>
}

/**
 * `args`: null makes no call. Other arguments clear the answer until their own is there. `restMs`: at least so long after an
 * answer before it is asked for again by itself.
 */
export function useAnswer<N extends CallName>(
  name: N,
  args: () => ArgsOf<N> | null,
  restMs = 0,
): Answer<N> {
  let readMs = Number.NEGATIVE_INFINITY
  const data = shallowRef(null) as ShallowRef<AnswerOf<N> | null>
  const fault = shallowRef<FaultBody | null>(null)
  const key = (): string => JSON.stringify(args())
  /** What is under way; the same is asked for again only when it is here. */
  let under = ''
  let isAgain = false
  const read = async (): Promise<void> => {
    const [asked, own] = [args(), key()]
    if (asked === null) return
    isAgain = under === own
    if (isAgain) return
    under = own
    readMs = nowMs.value
    try {
      const answer = await call(name, asked)
      if (own !== key()) return
      data.value = answer
      fault.value = null
    } catch (error) {
      if (own === key()) fault.value = faultOf(error)
    }
    if (under === own) under = ''
    if (isAgain && own === key()) await read()
  }
  watch(key, () => {
    data.value = null
    fault.value = null
    void read()
  })
  // The first one says nothing about what was just read.
  const isRested = (): boolean => Math.abs(nowMs.value - readMs) >= restMs
  watch(seq, (_, before) => before !== '' && isRested() && void read())
  watch(round, () => isRested() && void read())
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
