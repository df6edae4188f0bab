// The kinds of devices whose wire can be read: for each its codec, and its driver to be heard again.
// A further kind is a further row; the console and captures know nothing of any one of them.
import type { RsuCommand } from '../../core/etc/rsu.ts'
import { must } from '../../core/values/must.ts'
import { hexOf } from '../../core/values/bytes.ts'
import type { Step } from '../../core/values/step.ts'
import { barrierDriver } from '../../devices/barrier/modbus-relay/driver.ts'
import { noNames } from '../../devices/barrier/modbus-relay/names.ts'
import { relayReader } from '../../devices/barrier/modbus-relay/reader.ts'
import { modbusRtu } from '../../devices/barrier/modbus-relay/rtu.ts'
import { modbusTcp, type RelayWire } from '../../devices/barrier/modbus-relay/wire.ts'
import { contactsDriver } from '../../devices/detector/contacts/driver.ts'
import { displayDriver } from '../../devices/display/olm/driver.ts'
import { displayReader } from '../../devices/display/olm/reader.ts'
import { rsuDriverDefaults, startRsuDriver, stepRsuDriver } from '../../devices/rsu/driver.ts'
import type { VariantOverride } from '../../devices/rsu/variant-override.ts'
import type { RsuVariant } from '../../devices/rsu/variants.ts'
import type { DriverEvent } from '../device-host.ts'
import {
  barrierCommandShape,
  displayCommandShape,
  type CaptureHead,
  type RelayWireName,
} from './capture-heads.ts'
import { readerDecoder, rsuWireDecoder, type WireDecoder } from './wire-decoder.ts'
import type { WireEvent } from './wire-ring.ts'

/** Table and override that an antenna's capture names. */
export interface ReplayedVariant {
  readonly variant: RsuVariant
  readonly override: VariantOverride | null
}

export interface DriverTurn {
  /** `late`: it leaves after a rest of the wire, and not at all where the link breaks before. */
  readonly sent: readonly { readonly hex: string; readonly late: boolean }[]
  /** Types of what it told its lane. */
  readonly told: readonly string[]
}

/** A driver that hears again what it heard then. */
export interface ReplayDriver {
  take(event: WireEvent): DriverTurn
}

type Of<D extends CaptureHead['device']> = Extract<CaptureHead, { device: D }>

interface Effect {
  readonly do: string
  readonly bytes?: Uint8Array
  readonly afterMs?: number | null
  readonly event?: { readonly type: string }
}

function turnOf(effects: readonly Effect[]): DriverTurn {
  const sent: { hex: string; late: boolean }[] = []
  const told: string[] = []
  for (const { do: what, bytes, afterMs, event } of effects) {
    if (what === 'send' && bytes !== undefined)
      sent.push({ hex: hexOf(bytes), late: (afterMs ?? 0) > 0 })
    if (what === 'emit' && event !== undefined) told.push(event.type)
  }
  return { sent, told }
}

const nothing: DriverTurn = { sent: [], told: [] }

/** Null for what a driver does not hear: what it sent itself, and a command that is none. */
function heard<C>(
  event: WireEvent,
  commandOf: (value: unknown) => C | null,
): DriverEvent<C> | null {
  const at = { atMs: Math.floor(event.monoUs / 1000), businessNowMs: event.atMs }
  switch (event.kind) {
    case 'in':
      return { ...at, type: 'bytes', bytes: event.bytes }
    case 'linkUp':
      return { ...at, type: 'linkUp' }
    case 'linkDown':
      return { ...at, type: 'linkDown', reason: event.reason }
    case 'timer':
      return { ...at, type: 'timer', name: event.name }
    case 'command': {
      const command = commandOf(event.command)
      return command === null ? null : { ...at, type: 'command', command }
    }
    case 'out':
      return null
  }
}

function replaying<S, C>(
  start: S,
  step: (state: S, event: DriverEvent<C>) => Step<S, Effect>,
  commandOf: (value: unknown) => C | null,
): ReplayDriver {
  let state = start
  return {
    take(event) {
      const given = heard(event, commandOf)
      if (given === null) return nothing
      const turn = step(state, given)
      state = turn.state
      return turnOf(turn.effects)
    },
  }
}

/** A serial board's own rest is what its driver was given. */
export const relayWireOf = (variant: RelayWireName, restMs: number): RelayWire =>
  variant === 'modbus-rtu' ? modbusRtu(restMs) : modbusTcp

function rsuReplay({ driver }: Of<'rsu'>, { variant, override }: ReplayedVariant): ReplayDriver {
  const config = {
    ...rsuDriverDefaults,
    variant: variant.id,
    laneMode: 'exit' as const,
    ...driver,
    contact: { ...rsuDriverDefaults.contact, ...driver?.contact },
    override,
  }
  return replaying<ReturnType<typeof startRsuDriver>, RsuCommand>(
    startRsuDriver(config),
    (state, event) =>
      stepRsuDriver(state, event.type === 'bytes' ? { ...event, chunk: event.bytes } : event),
    (value) => value as RsuCommand,
  )
}

function barrierReplay({ variant, driver }: Of<'barrier'>): ReplayDriver | null {
  if (driver === undefined) return null
  const { initial, step } = barrierDriver(driver.config, relayWireOf(variant, driver.restMs))
  return replaying(initial(), step, (value) => barrierCommandShape.safeParse(value).data ?? null)
}

function sensorsReplay({ variant, driver }: Of<'sensors'>): ReplayDriver | null {
  if (driver === undefined) return null
  const { initial, step } = contactsDriver(driver.config, relayWireOf(variant, driver.restMs))
  return replaying<ReturnType<typeof initial>, never>(initial(), step, () => null)
}

function displayReplay({ driver }: Of<'display'>): ReplayDriver | null {
  if (driver === undefined) return null
  const { initial, step } = displayDriver(driver)
  return replaying(initial(), step, (value) => displayCommandShape.safeParse(value).data ?? null)
}

interface Kind<D extends CaptureHead['device']> {
  decoder(head: Of<D>, rsu: ReplayedVariant['variant'] | null): WireDecoder
  /** Null where the capture does not begin with the driver's start. */
  replay(head: Of<D>, rsu: ReplayedVariant | null): ReplayDriver | null
}

const boardDecoder = ({ variant, names }: Of<'barrier'> | Of<'sensors'>): WireDecoder =>
  readerDecoder(relayReader(relayWireOf(variant, 0), names ?? noNames))

const kinds: { readonly [D in CaptureHead['device']]: Kind<D> } = {
  rsu: {
    decoder: (_head, variant) => {
      must(variant !== null, 'an antenna is read by its variant')
      return rsuWireDecoder(variant)
    },
    replay: (head, rsu) => {
      must(rsu !== null, 'an antenna is replayed by its variant')
      return head.driver === undefined ? null : rsuReplay(head, rsu)
    },
  },
  barrier: { decoder: boardDecoder, replay: barrierReplay },
  sensors: { decoder: boardDecoder, replay: sensorsReplay },
  display: {
    decoder: ({ address }) => readerDecoder(displayReader(address)),
    replay: displayReplay,
  },
}

const kindOf = <D extends CaptureHead['device']>(device: D): Kind<D> => kinds[device] as Kind<D>

export const decoderOf = (head: CaptureHead, rsu: RsuVariant | null): WireDecoder =>
  kindOf(head.device).decoder(head as never, rsu)

export const replayDriverOf = (
  head: CaptureHead,
  rsu: ReplayedVariant | null,
): ReplayDriver | null => kindOf(head.device).replay(head as never, rsu)
