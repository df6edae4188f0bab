// The kinds of devices whose frames can be read: codec and replay driver of each. A new kind is a new row; console and
// captures know no single kind.
import type { DeviceSettings } from '../pure/configure/setting.ts'
import type { RsuCommand } from '../pure/etc/rsu.ts'
import { must, present } from '#base/pure/values/must.ts'
import { barrierDriver } from '../pure/barrier/modbus-relay/driver.ts'
import { noNames } from '../pure/barrier/modbus-relay/names.ts'
import { relayReader } from '../pure/barrier/modbus-relay/reader.ts'
import { modbusRtu } from '../pure/barrier/modbus-relay/rtu.ts'
import { modbusTcp, type RelayTransport } from '../pure/barrier/modbus-relay/transport.ts'
import type { CameraOptions } from '../pure/camera/make.ts'
import { cameraMakes } from '../pure/camera/makes.ts'
import type { StreamDialect } from '../pure/camera/stream/dialect.ts'
import { streamReader } from '../pure/camera/stream/reader.ts'
import type { TcpMake } from '../pure/camera/tcp-make.ts'
import { tcpMakes } from '../pure/camera/tcp-makes.ts'
import { contactsDriver } from '../pure/detector/contacts/driver.ts'
import { displayDriver } from '../pure/display/olm/driver.ts'
import { displayReader } from '../pure/display/olm/reader.ts'
import { printerDriver } from '../pure/printer/escpos/driver.ts'
import { printerReader } from '../pure/printer/escpos/reader.ts'
import { rsuDriverDefaults, startRsuDriver, stepRsuDriver } from '../pure/rsu/driver.ts'
import { writtenOf } from '../pure/rsu/settings.ts'
import type { VariantOverride } from '../pure/rsu/variant-override.ts'
import type { RsuVariant } from '../pure/rsu/variants.ts'
import { streamReplay, tcpReplay } from './camera-replay.ts'
import { captureShapes, type CaptureHead, type RelayTransportName } from './capture-heads.ts'
import { replaying, type ReplayDriver } from './replay-driver.ts'
import { readerDecoder, rsuFrameDecoder, type FrameDecoder } from './frame-decoder.ts'

/** Table and override named in an antenna's capture. */
export interface ReplayedVariant {
  readonly variant: RsuVariant
  readonly override: VariantOverride | null
}

type Of<D extends CaptureHead['device']> = Extract<CaptureHead, { device: D }>

/** The pause of a serial board is the one that its driver used. */
const relayTransportOf = (variant: RelayTransportName, restMs: number): RelayTransport =>
  variant === 'modbus-rtu' ? modbusRtu(restMs) : modbusTcp

function rsuReplay({ driver }: Of<'rsu'>, { variant, override }: ReplayedVariant): ReplayDriver {
  const { settings, bstIntervalMs, rereadWaitSec, powerStep, channel, ...rest } = driver ?? {}
  const before = Object.entries({ bstIntervalMs, rereadWaitSec, powerStep, channel })
  const given = settings ?? Object.fromEntries(before.filter(([, value]) => value !== undefined))
  const config = {
    ...rsuDriverDefaults,
    variant: variant.id,
    laneMode: 'exit' as const,
    ...rest,
    settings: writtenOf(variant.table, given as DeviceSettings),
    contact: { ...rsuDriverDefaults.contact, ...driver?.contact },
    override,
  }
  return replaying<ReturnType<typeof startRsuDriver>, RsuCommand>(
    startRsuDriver(config),
    stepRsuDriver,
    (value) => value as RsuCommand,
  )
}

function barrierReplay({ variant, driver }: Of<'barrier'>): ReplayDriver | null {
  if (driver === undefined) return null
  const { initial, step } = barrierDriver(driver.config, relayTransportOf(variant, driver.restMs))
  return replaying(
    initial(),
    step,
    (value) => captureShapes().barrierCommand.safeParse(value).data ?? null,
  )
}

function sensorsReplay({ variant, driver }: Of<'sensors'>): ReplayDriver | null {
  if (driver === undefined) return null
  const { initial, step } = contactsDriver(driver.config, relayTransportOf(variant, driver.restMs))
  return replaying<ReturnType<typeof initial>, never>(initial(), step, () => null)
}

function displayReplay({ driver }: Of<'display'>): ReplayDriver | null {
  if (driver === undefined) return null
  const { initial, step } = displayDriver(driver)
  return replaying(
    initial(),
    step,
    (value) => captureShapes().displayCommand.safeParse(value).data ?? null,
  )
}

function printerReplay({ driver }: Of<'printer'>): ReplayDriver | null {
  if (driver === undefined) return null
  const { initial, step } = printerDriver(driver)
  return replaying(
    initial(),
    step,
    (value) => captureShapes().printerCommand.safeParse(value).data ?? null,
  )
}

const tcpOf = (head: Of<'camera'>): TcpMake | undefined =>
  tcpMakes.find(({ variant }) => variant === head.variant)

/** A subscribed camera by the options in the head, with defaults for the others. */
function streamOf(head: Of<'camera'>): StreamDialect<unknown> {
  const make = present(
    cameraMakes.find(({ variant }) => variant === head.variant),
    'a head that was read is of a make',
  )
  const said: CameraOptions = { ...(head as object), ...head.driver }
  const options = Object.entries(make.usual).map(([name, usual]) => [name, said[name] ?? usual])
  return make.pull(Object.fromEntries(options) as CameraOptions, '')
}

const cameraDecoder = (head: Of<'camera'>): FrameDecoder =>
  readerDecoder(tcpOf(head)?.reader() ?? streamReader(streamOf(head)))

function cameraReplay(head: Of<'camera'>): ReplayDriver | null {
  if (head.driver === undefined) return null
  const make = tcpOf(head)
  return make === undefined ? streamReplay(streamOf(head)) : tcpReplay(make)
}

interface Kind<D extends CaptureHead['device']> {
  decoder(head: Of<D>, rsu: ReplayedVariant['variant'] | null): FrameDecoder
  /** Null: the capture does not begin with the driver's start. */
  replay(head: Of<D>, rsu: ReplayedVariant | null): ReplayDriver | null
}

const boardDecoder = ({ variant, names }: Of<'barrier'> | Of<'sensors'>): FrameDecoder =>
  readerDecoder(relayReader(relayTransportOf(variant, 0), names ?? noNames))

const kinds: { readonly [D in CaptureHead['device']]: Kind<D> } = {
  rsu: {
    decoder: (_head, variant) => {
      must(variant !== null, 'an antenna is read by its variant')
      return rsuFrameDecoder(variant)
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
  camera: { decoder: cameraDecoder, replay: cameraReplay },
  printer: { decoder: () => readerDecoder(printerReader()), replay: printerReplay },
}

const kindOf = <D extends CaptureHead['device']>(device: D): Kind<D> => kinds[device] as Kind<D>

export const decoderOf = (head: CaptureHead, rsu: RsuVariant | null): FrameDecoder =>
  kindOf(head.device).decoder(head as never, rsu)

export const replayDriverOf = (
  head: CaptureHead,
  rsu: ReplayedVariant | null,
): ReplayDriver | null => kindOf(head.device).replay(head as never, rsu)
