// Connects the loops and radars of a lane to their driver: one link per board, with all its sensors.
// With a barrier, events go to the barrier's driver, which keeps the safety rules; without one, to the lane.
import { DeviceHost } from '../../hosts/device-host.ts'
import { contactsSource } from '../../frame-log/frame-sources.ts'
import { sensorChoice, withLinkDefaults, type ProfileLookup } from '../../profiles/links.ts'
import type { LoopState } from '../../pure/lane/barrier.ts'
import type { LaneEvent } from '#lane/pure/lane.ts'
import type { ContactSeen, Sensor } from '#base/pure/lot/sensor.ts'
import type { LaneLinks } from '#base/pure/lot/config.ts'
import { must } from '#base/pure/values/must.ts'
import { sensorBoardAt } from '#base/pure/lot/logged-device.ts'
import { relayBaud } from '../../pure/barrier/modbus-relay/link.ts'
import type { BarrierConfig, InputWiring } from '../../pure/barrier/modbus-relay/config.ts'
import {
  instantContact,
  instantContacts,
  standardContact,
  standardContacts,
  type ContactConfig,
} from '../../pure/detector/contacts/config.ts'
import {
  contactsDriver,
  type ContactsEffect,
  type ContactsState,
  type DetectorEvent,
} from '../../pure/detector/contacts/driver.ts'
import { sensorInputOf, type SensorInput } from '../../pure/detector/contacts/link.ts'
import {
  downTeller,
  handleOf,
  type DeviceHandle,
  type DeviceStatus,
  type DevicePorts,
  type Timing,
  type LoggedHandle,
} from './device-ports.ts'
import type { BarrierHandle } from './device-handles.ts'

interface Placed extends Sensor {
  readonly place: SensorInput
  readonly contact: ContactConfig
}

function placedOf(
  lane: LaneLinks,
  timing: Timing,
  profiles: ProfileLookup | undefined,
): readonly Placed[] {
  const base = timing === 'instant' ? instantContact : standardContact
  return (lane.sensors ?? []).map(({ kind, role, link }, i) => {
    const place = sensorInputOf(link, `/lanes/${lane.id}/sensors/${i}/link`)
    const choice = sensorChoice(link, kind, profiles)
    must(choice.ok, 'a checked lot names a known model')
    const own = timing === 'instant' ? {} : choice.value
    const name = `${kind} ${i + 1}`
    const { di, activeHigh } = place
    return { name, role, place, contact: { ...base, ...own, name, di, activeHigh } }
  })
}

/**
 * The boards and inputs whose sensors keep the boom up, as part of the barrier's configuration. In a demo without
 * addresses, because simulators listen elsewhere at each start.
 */
export function outsideLinks(
  lane: Pick<LaneLinks, 'sensors'>,
  demo: boolean,
): readonly string[] | undefined {
  const links = (lane.sensors ?? []).map(({ link }) => link)
  const own = links.filter((link) => !link.startsWith('barrier:'))
  if (own.length === 0) return undefined
  return demo ? own.map((link) => link.replace(/^(\w+):[^?]*/, '$1:')) : own
}

/** The barrier's configuration with the sensors of its lane: on its own inputs, or reported by other boards. */
export function withSensors(
  config: BarrierConfig,
  lane: LaneLinks,
  ports: Pick<DevicePorts, 'timing' | 'profiles'>,
): BarrierConfig {
  const placed = placedOf(lane, ports.timing, ports.profiles)
  if (placed.length === 0) return config
  let { inputs, presence } = config.wiring
  for (const { role, place } of placed) {
    const input: InputWiring | null =
      place.board === null ? { di: place.di, activeHigh: place.activeHigh } : null
    if (role === 'under') inputs = { ...inputs, loopUnder: input }
    else if (role === 'arrive') inputs = { ...inputs, loopArrive: input }
    else if (role === 'inner') inputs = input === null ? inputs : { ...inputs, loopInner: input }
    else if (input !== null) presence = [...presence, input]
  }
  const outside = placed
    .filter(({ place }) => place.board !== null)
    .map(({ name, role }) => ({ name, role }))
  return { ...config, wiring: { ...config.wiring, inputs, presence }, outside }
}

/** The safety loop is on an input of this board, or reported by another one. */
export const hasLoopUnder = ({ wiring, outside }: BarrierConfig): boolean =>
  wiring.inputs.loopUnder !== null || (outside ?? []).some(({ role }) => role === 'under')

const loopStateOf = ({ stable }: ContactSeen): LoopState =>
  stable === null ? 'unknown' : stable ? 'on' : 'off'

function takeEvent(
  event: DetectorEvent,
  sensors: readonly Placed[],
  barrier: BarrierHandle | null,
  take: (event: LaneEvent) => void,
): void {
  if (event.type === 'stuck') {
    const { role } = sensors.find(({ name }) => name === event.name) ?? { role: 'presence' }
    // The barrier's driver reports faults of its own closing loop.
    if (role !== 'under' || barrier === null) take({ type: 'barrierFault', fault: 'loopStuck' })
  } else if (event.type === 'contact' && barrier !== null)
    barrier.command({ do: 'sensor', seen: event.seen })
  else if (event.type === 'contact') {
    const role = sensors.find(({ name }) => name === event.seen.name)?.role
    if (role === 'arrive' || role === 'under')
      take({ type: 'loop', loop: role, state: loopStateOf(event.seen) })
    if (role === 'inner') take({ type: 'innerLoop', state: loopStateOf(event.seen) })
  }
}

export type DetectorHandle = DeviceHandle<never> & LoggedHandle

/** The boards of a lane's sensors, each with its inputs. */
export function laneDetectors(
  lane: LaneLinks,
  ports: DevicePorts,
  barrier: BarrierHandle | null,
  take: (event: LaneEvent) => void,
): readonly DetectorHandle[] {
  const boards = new Map<string, Placed[]>()
  for (const one of placedOf(lane, ports.timing, ports.profiles))
    if (one.place.board !== null)
      boards.set(one.place.board.url, [...(boards.get(one.place.board.url) ?? []), one])
  return [...boards].map(([url, sensors], i) => {
    const board = sensors[0]?.place.board
    must(board !== undefined && board !== null, 'a board has its sensors')
    const patience = ports.timing === 'instant' ? instantContacts : standardContacts
    const contacts = sensors.map(({ contact }) => contact)
    const config = { ...patience, contacts, unitId: board.unitId }
    const driver = contactsDriver(config, board.transport)
    const device = sensorBoardAt(i)
    const status: DeviceStatus = { up: false, detail: '' }
    const tell = downTeller(ports, lane.id, 'sensors', url)
    const host = new DeviceHost<ContactsState, never, DetectorEvent, ContactsEffect>({
      url: withLinkDefaults(url, { baud: relayBaud }),
      ...ports,
      driver,
      emit(event) {
        if (event.type === 'detectorUp') Object.assign(status, { up: true, detail: '' })
        else if (event.type === 'detectorDown')
          Object.assign(status, { up: false, detail: event.reason })
        else takeEvent(event, sensors, barrier, take)
      },
      other: () => undefined,
      linkChanged: (up, reason) => tell(up, reason),
      tap: device === null ? undefined : ports.tapOf?.(lane.id, device),
    })
    return Object.assign(handleOf(host, url, status), {
      source: contactsSource(config, board.transport),
    })
  })
}
