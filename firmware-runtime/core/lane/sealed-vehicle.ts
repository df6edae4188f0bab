// An OBU whose vehicle file is sealed (P17): the platform is asked to open it, and the lane goes on whether it answers or not.
// Opened in time it is a card that was read; else an OBU that could not be read, and no car waits longer for it than that.
import type { RsuEvent, VehicleInfo } from '../etc/rsu.ts'
import { noTimer, timer } from '../values/step.ts'
import type { LaneEffect, LaneEvent, LaneState, LaneStateName, LaneView } from './lane.ts'

/** Assumed, P17 names none: 800 ms after B4 no C6 leaves any more. */
export const vehicleAnswerMs = 600
/** While a car stands there its OBU is read again and again: so often its file is asked for. */
const askedMax = 3

/** There the card alone is evidence for a debit of before: of which vehicle it is was judged then. */
const byCard: readonly LaneStateName[] = ['suspect', 'asking']

type Sealed = Extract<RsuEvent, { type: 'vehicleSealed' }>

const notKnown: VehicleInfo = { plate: null, plateRaw: '', colour: 'unknown', vehicleClass: 0 }

const readOf = (
  { obu, card, balanceFen, station0019Hex }: Sealed,
  vehicle: VehicleInfo,
): LaneEvent => ({ type: 'cardRead', obu, vehicle, card, balanceFen, station0019Hex })

/** The state it leaves, and the event that the lane goes on with; null: none. */
interface Taken {
  readonly state: LaneState
  readonly event: LaneEvent | null
  readonly effects: readonly LaneEffect[]
}

const nothing = (state: LaneState): Taken => ({ state, event: null, effects: [] })

/** C2, and as for any OBU that cannot be read. */
const unreadable = (state: LaneState, obuId: string): Taken => ({
  state,
  event: { type: 'obuUnreadable', obuId, code: -1, reason: 'vehicleNotOpened' },
  effects: [{ do: 'rsu', command: { do: 'release', obuId } }],
})

function ask(state: LaneState, read: Sealed, env: LaneView): Taken {
  const { obu, sealed } = read
  const { obuId, issuerHex } = obu
  if (byCard.includes(state.name)) return { state, event: readOf(read, notKnown), effects: [] }
  const asked = state.sealed?.obuId === obuId ? state.sealed.asked : 0
  if (!env.hasPlatform || !env.platformUp || asked >= askedMax) return unreadable(state, obuId)
  return {
    state: { ...state, sealed: { obuId, read, asked: asked + 1 } },
    event: null,
    effects: [
      { do: 'openVehicle', ask: { obu: { obuId, issuerHex }, sealed }, withinMs: vehicleAnswerMs },
      timer('vehicle', vehicleAnswerMs),
    ],
  }
}

/** Null: the event is none of a sealed file. `mayRead`: the lane does something with a card in this state. */
export function takeSealed(
  state: LaneState,
  event: LaneEvent,
  mayRead: boolean,
  env: LaneView,
): Taken | null {
  if (event.type === 'vehicleSealed') return mayRead ? ask(state, event, env) : nothing(state)
  const isLate = event.type === 'timer' && event.name === 'vehicle'
  if (event.type !== 'vehicleOpened' && !isLate) return null
  const { sealed = null } = state
  if (sealed === null || sealed.read === null) return nothing(state)
  if (event.type === 'vehicleOpened' && event.obuId !== sealed.obuId) return nothing(state)
  const free: LaneState = { ...state, sealed: { ...sealed, read: null } }
  if (!mayRead) return nothing(free)
  if (event.type !== 'vehicleOpened') return unreadable(free, sealed.obuId)
  const { vehicle } = event
  const taken =
    vehicle === null
      ? unreadable(free, sealed.obuId)
      : { state: free, event: readOf(sealed.read, vehicle), effects: [] }
  return { ...taken, effects: [noTimer('vehicle'), ...taken.effects] }
}
