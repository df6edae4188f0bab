// One row for each kind of link in a running lot: what the console and a capture need about it. A person may send
// frames only to an antenna: every frame of a relay board could move a boom.
import type { AskResult } from '../pure/etc/rsu-device.ts'
import type { CameraTarget } from '../pure/camera/camera-link.ts'
import type { BarrierConfig } from '../pure/barrier/modbus-relay/config.ts'
import { namesOfWiring, type BoardNames } from '../pure/barrier/modbus-relay/names.ts'
import { relayFrameKinds, relayReader } from '../pure/barrier/modbus-relay/reader.ts'
import type { RelayTransport } from '../pure/barrier/modbus-relay/transport.ts'
import type { CameraOptions } from '../pure/camera/make.ts'
import { streamFrameKinds, streamReader } from '../pure/camera/stream/reader.ts'
import { namesOfContacts, type ContactsConfig } from '../pure/detector/contacts/config.ts'
import type { DisplayConfig } from '../pure/display/olm/config.ts'
import { displayFrameKinds, displayReader } from '../pure/display/olm/reader.ts'
import type { EscposConfig } from '../pure/printer/escpos/config.ts'
import { printerFrameKinds, printerReader } from '../pure/printer/escpos/reader.ts'
import type { RsuDriverConfig } from '../pure/rsu/driver-state.ts'
import { safeChoices, type SafeChoice } from '../pure/rsu/safe-frames.ts'
import type { RsuVariant } from '../pure/rsu/variants.ts'
import type { FrameKind } from '../pure/frame-reader.ts'
import { captureDriver, type CaptureStart } from './capture.ts'
import { readerDecoder, rsuFrameDecoder, type FrameDecoder } from './frame-decoder.ts'

export interface FrameSource {
  /** Name in captures: a variant, a profile `vendor/model`, or the link. */
  readonly name: string
  readonly types: readonly FrameKind[]
  readonly safe: readonly SafeChoice[]
  decoder(): FrameDecoder
  /** `whole`: from the start of the driver. */
  start(whole: boolean): CaptureStart
  ask(code: string, fields: Readonly<Record<string, string>>): AskResult
}

interface RsuSource {
  readonly name: string
  readonly variant: RsuVariant
  readonly config: RsuDriverConfig
  readonly ask: FrameSource['ask']
}

export const rsuSource = ({ name, variant, config, ask }: RsuSource): FrameSource => ({
  name,
  types: variant.table.frames.map(({ code, name: frame, from }) => ({
    code,
    name: frame,
    from: from === 'rsu' ? 'device' : from,
  })),
  safe: safeChoices(variant.table, config.override),
  decoder: () => rsuFrameDecoder(variant),
  start: (whole) => ({
    device: 'rsu',
    variant: name,
    ...(whole ? { driver: captureDriver(config) } : {}),
  }),
  ask,
})

/** For links to which a person may send no frames. */
const unsent = { safe: [], ask: (): AskResult => 'refused' }

const board = (transport: RelayTransport, names: BoardNames) => ({
  ...unsent,
  name: transport.name,
  types: relayFrameKinds,
  decoder: () => readerDecoder(relayReader(transport, names)),
})

const inputsOf = (names: BoardNames) => ({
  outputs: names.outputs.map((one) => ({ ...one })),
  inputs: names.inputs.map((one) => ({ ...one })),
})

export function barrierSource(config: BarrierConfig, transport: RelayTransport): FrameSource {
  const names = namesOfWiring(config.wiring)
  const { restMs, name: variant } = transport
  const { outside, wiring, ...patience } = config
  const driver = {
    restMs,
    config: {
      ...patience,
      wiring: { ...wiring, presence: [...wiring.presence] },
      ...(outside === undefined ? {} : { outside: [...outside] }),
    },
  }
  return {
    ...board(transport, names),
    start: (whole) => ({
      device: 'barrier',
      variant,
      names: inputsOf(names),
      ...(whole ? { driver } : {}),
    }),
  }
}

export function contactsSource(config: ContactsConfig, transport: RelayTransport): FrameSource {
  const names = namesOfContacts(config.contacts)
  const { restMs, name: variant } = transport
  const driver = { restMs, config: { ...config, contacts: [...config.contacts] } }
  return {
    ...board(transport, names),
    start: (whole) => ({
      device: 'sensors',
      variant,
      names: inputsOf(names),
      ...(whole ? { driver } : {}),
    }),
  }
}

export const displaySource = (config: DisplayConfig): FrameSource => ({
  ...unsent,
  name: 'olm',
  types: displayFrameKinds,
  decoder: () => readerDecoder(displayReader(config.address)),
  start: (whole) => ({
    device: 'display',
    variant: 'olm',
    address: config.address,
    ...(whole ? { driver: { ...config, day: { ...config.day }, night: { ...config.night } } } : {}),
  }),
})

/** A person may send no frames to a printer: the paper would look like a receipt. */
export const printerSource = (config: EscposConfig): FrameSource => ({
  ...unsent,
  name: 'escpos',
  types: printerFrameKinds,
  decoder: () => readerDecoder(printerReader()),
  start: (whole) => ({
    device: 'printer',
    variant: 'escpos',
    ...(whole ? { driver: { ...config } } : {}),
  }),
})

const cameraOf = { device: 'camera' } as const
const subscribed = { ...unsent, types: streamFrameKinds }
const only = (shape: object, options: CameraOptions): CameraOptions =>
  Object.fromEntries(Object.entries(options).filter(([name]) => name in shape))

/** Null for a camera that pushes: its sender is unknown until the push was checked. */
export function cameraSource(target: CameraTarget): FrameSource | null {
  switch (target.kind) {
    case 'tcp': {
      const { variant, types, reader } = target.make
      return {
        ...unsent,
        name: variant,
        types,
        decoder: () => readerDecoder(reader()),
        start: (whole) => ({ ...cameraOf, variant, ...(whole ? { driver: {} } : {}) }),
      }
    }
    case 'subscribed': {
      const { make, options } = target
      const { variant } = make
      return {
        ...subscribed,
        name: variant,
        decoder: () => readerDecoder(streamReader(make.pull(options, ''))),
        start: (whole) => ({
          ...cameraOf,
          variant,
          ...only(make.reads, options),
          ...(whole ? { driver: only(make.starts, options) } : {}),
        }),
      }
    }
    case 'push':
    case 'sim':
      return null
  }
}
