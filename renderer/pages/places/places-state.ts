// The places of the lot as last read, the age of that reading, and the price of a car at one of them.
// A place with an old reading may be anywhere, so nothing is charged there.
import { computed, onUnmounted, ref, shallowRef, watch, type Ref } from 'vue'
import type { PlaceQuoteView, PlaceView } from '#lane/calls/place-views.ts'
import type { ApiError } from '#base/calls/rows.ts'
import { normalisePlate } from '#base/pure/plates/plate.ts'
import { ask } from '../../api/client.ts'
import { useEvery, useFresh } from '../../kit/state/fresh.ts'

const tickMs = 250
/** Normal interval; while a charge runs, which takes a second or two, the state is read on every tick. */
const readEveryMs = 1_000
/** Age at which a reading counts as old: two further readings have failed. */
const oldAfterMs = 3_000
const quietStates: readonly PlaceView['state'][] = ['idle', 'manual']
export const isAtWork = ({ state }: PlaceView): boolean => !quietStates.includes(state)

export function usePlaces() {
  const places = shallowRef<readonly PlaceView[] | null>(null)
  const error = shallowRef<ApiError | null>(null)
  const readAtMs = ref(0)
  const nowMs = ref(0)
  let asking = false

  async function read(): Promise<void> {
    if (asking) return
    asking = true
    const reply = await ask('place.state', {})
    asking = false
    error.value = reply.ok ? null : reply.error
    if (!reply.ok) return
    places.value = reply.data.places
    readAtMs.value = performance.now()
    nowMs.value = readAtMs.value
  }

  function tick(): void {
    nowMs.value = performance.now()
    const isBusy = places.value?.some(isAtWork) ?? false
    if (isBusy || nowMs.value - readAtMs.value >= readEveryMs) void read()
  }
  useFresh(read)
  useEvery(tickMs, tick)

  const sinceMs = computed(() => Math.max(0, nowMs.value - readAtMs.value))
  const isOld = computed(() => places.value !== null && sinceMs.value > oldAfterMs)
  return { places, error, sinceMs, isOld, read }
}

const typedMs = 300
const againMs = 10_000

/** The price of the typed car, requested again periodically because it rises with time. */
export function useQuote(place: Ref<PlaceView>, text: Ref<string>) {
  const quote = shallowRef<PlaceQuoteView | null>(null)
  const error = shallowRef<ApiError | null>(null)
  const asking = ref(false)
  const plate = computed(() => normalisePlate(text.value))
  let typed: ReturnType<typeof setTimeout> | undefined
  let round = 0

  async function read(): Promise<void> {
    const mine = ++round
    if (plate.value === null) {
      quote.value = null
      asking.value = false
      return
    }
    const reply = await ask('place.quote', { laneId: place.value.laneId, plate: plate.value })
    // The plate has changed meanwhile and has its own request.
    if (mine !== round) return
    asking.value = false
    quote.value = reply.ok ? reply.data : null
    error.value = reply.ok ? null : reply.error
  }

  watch([text, () => place.value.laneId], () => {
    round++
    quote.value = null
    error.value = null
    asking.value = plate.value !== null
    clearTimeout(typed)
    typed = setTimeout(() => void read(), typedMs)
  })
  watch(
    () => place.value.state,
    () => void read(),
  )
  useEvery(againMs, read)
  onUnmounted(() => {
    clearTimeout(typed)
    round++
  })
  return { quote, error, asking, plate, read }
}
