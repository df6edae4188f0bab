// An OBU with a sealed vehicle file (P17): the platform is asked to open it, and the lane continues with or without an answer.
// With an answer in time the event becomes `cardRead`; otherwise the OBU counts as unreadable. No car waits longer than that.
import type { RsuEvent, VehicleInfo } from '#devices/pure/etc/rsu.ts'
import { noTimer, timer } from '#base/pure/values/step.ts'
import type { LaneEffect, LaneEvent, LaneState, LaneStateName, LaneView } from './lane.ts'

/** Time-out in ms. Assumed, P17 states no value: C6 must leave within 800 ms of B4. */
export const vehicleAnswerMs = 600
/** Largest number of requests per car, because the OBU of a standing car is read repeatedly. */
const askedMax = 3

/** States in which only the card matters, as evidence for an earlier debit whose vehicle was already checked. */
const byCard: readonly LaneStateName[] = ['suspect', 'asking']

type Sealed = Extract<RsuEvent, { type: 'vehicleSealed' }>

const notKnown: VehicleInfo = { plate: null, plateRaw: '', colour: 'unknown', vehicleClass: 0 }

const readOf = (
  { obu, card, balanceFen, station0019Hex }: Sealed,
  vehicle: VehicleInfo,
): LaneEvent => ({ type: 'cardRead', obu, vehicle, card, balanceFen, station0019Hex })

/** The state afterwards, and the event that the lane continues with; null: no event. */
interface Taken {
  readonly state: LaneState
  readonly event: LaneEvent | null
  readonly effects: readonly LaneEffect[]
}

const nothing = (state: LaneState): Taken => ({ state, event: null, effects: [] })

/** Sends C2 and treats the OBU as unreadable. */
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

/** Null: the event does not concern a sealed file. `mayRead`: the lane handles a card in this state. */
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
