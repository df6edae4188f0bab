// The person signed in at this window, as the runtime says. Polled, so that a lock, an expired session or another
// person is noticed. Keys and pointer presses keep the session alive; polling does not.
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { SeatView } from '#lane/calls/people-views.ts'
import type { ApiError, ApiReply } from '#base/calls/rows.ts'
import type { ApiName } from '#runtime/api/table.ts'
import { useSettings } from './settings-store.ts'
import { ask, setAssent } from '../../api/client.ts'

const everyMs = 4_000
const touchEveryMs = 60_000
const tickMs = 500

/** An act that waits for a PIN: the user's own, or that of a second person. */
export interface PendingAct {
  readonly commandId: string
  /** Null: the user's own PIN is wanted. */
  readonly requestId: string | null
  readonly answer: (goesOn: boolean) => void
}

/** Reports activity to the runtime, at most once a minute. */
function handOf(me: { readonly value: unknown }): () => void {
  let touchedAtMs = -Infinity
  return () => {
    if (me.value === null || performance.now() - touchedAtMs < touchEveryMs) return
    touchedAtMs = performance.now()
    void ask('people.touch', {})
  }
}

/**
 * Calls `hand` on each key or pointer press, and each tick at its interval in ms; returns the function that ends it.
 */
function listening(hand: () => void, ticks: readonly (readonly [() => void, number])[]) {
  const timers = ticks.map(([tick, everyTickMs]) => setInterval(tick, everyTickMs))
  const hands = ['pointerdown', 'keydown'] as const
  for (const kind of hands) addEventListener(kind, hand)
  return () => {
    for (const timer of timers) clearInterval(timer)
    for (const kind of hands) removeEventListener(kind, hand)
  }
}

export const useSeat = defineStore('seat', () => {
  const settings = useSettings()
  const view = shallowRef<SeatView | null>(null)
  /** The runtime has answered at least once; before that no page knows which calls are allowed. */
  const isReady = ref(false)
  const receivedAtMs = ref(0)
  const nowMs = ref(0)
  const pending = shallowRef<PendingAct | null>(null)
  const me = computed(() => view.value?.me ?? null)
  /** Somebody has to sign in, or to replace a secret set by another person, before anything is shown. */
  const isLocked = computed(
    () => view.value?.hasPeople === true && (me.value === null || me.value.mustChange),
  )
  /** Whether the runtime allows this person this call; it checks each call again. */
  const can = (name: ApiName): boolean => view.value?.refused.includes(name) !== true
  const ageSec = computed(() => (nowMs.value - receivedAtMs.value) / 1000)

  async function refresh(): Promise<void> {
    const reply = await ask('people.seat', {})
    isReady.value = true
    if (reply.ok) view.value = reply.data
    if (reply.ok) nowMs.value = receivedAtMs.value = performance.now()
  }
  // Acts and records carry the name of the signed-in person.
  watch(me, (now) => (settings.attendant = now?.name ?? settings.attendant))

  const after = async (asked: Promise<ApiReply<unknown>>): Promise<ApiError | null> => {
    const reply = await asked
    await refresh()
    return reply.ok ? null : reply.error
  }
  const signIn = (personId: string, secret: string) =>
    after(ask('people.signIn', { personId, secret }))
  const changeSecret = (before: string, secret: string) =>
    after(ask('people.changeSecret', { before, secret }))
  /** Ends the session, at a change of shift or before leaving. */
  const signOut = () => after(ask('people.signOut', {}))

  const hand = handOf(me)
  let end: (() => void) | null = null
  function start(): void {
    if (end !== null) return
    setAssent(
      (commandId, requestId) =>
        new Promise((answer) => (pending.value = { commandId, requestId, answer })),
    )
    const unlisten = listening(hand, [
      [() => void refresh(), everyMs],
      [() => (nowMs.value = performance.now()), tickMs],
    ])
    end = () => {
      setAssent(null)
      unlisten()
      end = null
    }
    void refresh()
  }
  function answered(goesOn: boolean): void {
    pending.value?.answer(goesOn)
    pending.value = null
  }
  return {
    view,
    isReady,
    me,
    isLocked,
    can,
    ageSec,
    pending,
    answered,
    refresh,
    signIn,
    changeSecret,
    signOut,
    start,
    stop: () => end?.(),
  }
})
