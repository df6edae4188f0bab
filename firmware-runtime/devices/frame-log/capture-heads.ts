// The first line of a capture, by kind of device: its codec, the names of its contacts, and the configuration of our
// driver when the capture begins with the driver's start.
import { sensorRoles } from '#base/pure/lot/sensor.ts'
import { z } from 'zod'
import { once } from '#base/pure/values/once.ts'
import type { CameraMake } from '../pure/camera/make.ts'
import { cameraMakes } from '../pure/camera/makes.ts'
import { tcpMakes } from '../pure/camera/tcp-makes.ts'
import { rsuVariantIds } from '../pure/rsu/variants.ts'

/** Camera options in a capture beside its make. */
type MakeShapes = Pick<CameraMake, 'variant' | 'reads' | 'starts'>

const relayTransportNames = ['modbus-tcp', 'modbus-rtu'] as const
export type RelayTransportName = (typeof relayTransportNames)[number]

/** Made when a capture is first read or written: the start of a lane does not need it. */
export const captureShapes = once(() => {
  const ms = z.int().min(0).max(3_600_000)
  const name = z.string().min(1).max(40)
  const unitId = z.int().min(0).max(255)
  const restMs = z.int().min(0).max(1_000)
  const di = z.int().min(0).max(255)
  const input = z.strictObject({ di, activeHigh: z.boolean() })
  const channel = z.int().min(0).max(255)

  const rsuDriver = z.strictObject({
    variant: z.enum(rsuVariantIds),
    laneMode: z.enum(['entry', 'exit']),
    /** Absent in captures made before settings were a table: the four members below have them. */
    settings: z.record(z.string().max(40), z.int()).exactOptional(),
    bstIntervalMs: z.int().min(0).max(255).exactOptional(),
    rereadWaitSec: z.int().min(0).max(255).exactOptional(),
    powerStep: z.int().min(0).max(255).exactOptional(),
    channel: z.union([z.literal(0), z.literal(1)]).exactOptional(),
    utcOffsetQuirk: z.boolean(),
    tolerateUnescapedBcc: z.boolean(),
    link: z.enum(['serial', 'tcp']),
    heartbeatLossMs: z.int().min(1).max(3_600_000).nullable(),
    /** When the settings were unknown at the start: the driver listened before its first C0. */
    contact: z
      .strictObject({
        known: z.literal(false),
        unknown: z.enum(['ask', 'write']),
        adoptsZero: z.boolean(),
      })
      .exactOptional(),
  })

  const sensor = z.strictObject({ name, role: z.enum(sensorRoles) })
  const barrierConfig = z.strictObject({
    outside: z.array(sensor).max(16).exactOptional(),
    unitId,
    wiring: z.strictObject({
      outputs: z.strictObject({ open: channel, close: channel, stop: channel.nullable() }),
      inputs: z.strictObject({
        limitOpen: input.nullable(),
        limitClosed: input.nullable(),
        loopInner: input.optional(),
        loopUnder: input.nullable(),
        loopArrive: input.nullable(),
      }),
      presence: z.array(input).max(16),
    }),
    pollMs: ms,
    answerTimeoutMs: ms,
    staleMs: ms,
    missesMax: z.int().min(1).max(100),
    retriesMax: z.int().min(0).max(100),
    debounceLimitMs: ms,
    debounceLoopMs: ms,
    closeDelayMs: ms,
    pulseMs: z.int().min(100).max(25_500).multipleOf(100),
    openTravelMs: ms,
    closeTravelMs: ms,
    oppositeGapMs: ms,
    loopStuckMs: ms,
    commandKeepMs: ms,
  })

  const contactsConfig = z.strictObject({
    unitId,
    contacts: z
      .array(
        z.strictObject({
          name,
          di,
          activeHigh: z.boolean(),
          debounceOnMs: ms,
          debounceOffMs: ms,
          stuckMs: ms.nullable(),
        }),
      )
      .min(1)
      .max(64),
    pollMs: ms,
    answerTimeoutMs: ms,
    staleMs: ms,
    missesMax: z.int().min(1).max(100),
  })

  const percent = z.int().min(0).max(100)
  const light = z.strictObject({ brightnessPercent: percent, volumePercent: percent })
  const hour = z.int().min(0).max(24)
  const displayConfig = z.strictObject({
    address: z.int().min(0).max(255),
    rows: z.int().min(1).max(4),
    columns: z.int().min(4).max(32),
    frames: z.enum(['lines', 'page']),
    voice: z.boolean(),
    password: z.string().max(16),
    answerTimeoutMs: ms,
    retriesMax: z.int().min(0).max(100),
    gapMs: ms,
    careMs: ms,
    refreshMs: ms,
    speechKeepMs: ms,
    dayFromHour: hour,
    dayToHour: hour,
    day: light,
    night: light,
  })

  const printerConfig = z.strictObject({
    asks: z.enum(['always', 'maybe', 'never']),
    columnsMax: z.int().min(1).max(200),
    moduleDotsMax: z.int().min(1).max(16),
    cuts: z.boolean(),
    feedLines: z.int().min(0).max(255),
    answerTimeoutMs: ms,
    busyTimeoutMs: ms,
    printTimeoutMs: ms,
    careMs: ms,
    printLookMs: ms,
  })

  const shared = {
    format: z.literal('etc-lane capture'),
    version: z.literal(1),
    /** Time at which `monoMs` was 0. */
    startedAtIso: z.string().max(40),
    laneId: z.string().max(16).exactOptional(),
    note: z.string().max(400).exactOptional(),
  }
  /** For a relay board: the wiring of its relays and inputs. */
  const names = z.strictObject({
    outputs: z.array(z.strictObject({ name, channel })).max(64),
    inputs: z.array(z.strictObject({ name, di, activeHigh: z.boolean() })).max(64),
  })
  const boardOf = { variant: z.enum(relayTransportNames), names: names.exactOptional() }

  /** A head contains neither link nor account. */
  const camera = { ...shared, device: z.literal('camera') }

  /** The options of any make. */
  const anyCamera = z.strictObject({
    ...camera,
    variant: z.string(),
    driver: z.record(z.string(), z.union([z.string(), z.number()])).exactOptional(),
  })
  const ofMake = ({ variant, reads, starts }: MakeShapes): typeof anyCamera =>
    z.strictObject({
      ...camera,
      ...reads,
      variant: z.literal(variant),
      driver: z.strictObject(starts).exactOptional(),
    }) as never

  const cameraHeads = [
    ...cameraMakes,
    ...tcpMakes.map(({ variant }) => ({ variant, reads: {}, starts: {} })),
  ].map(ofMake) as [typeof anyCamera, ...(typeof anyCamera)[]]

  const head = z.discriminatedUnion('device', [
    z.strictObject({
      ...shared,
      device: z.literal('rsu'),
      /** Generic variant, or a profile `vendor/model`. */
      variant: z.string().min(1).max(81),
      /** Configuration of our driver, when the capture begins with its first event. */
      driver: rsuDriver.exactOptional(),
    }),
    z.strictObject({
      ...shared,
      device: z.literal('barrier'),
      ...boardOf,
      driver: z.strictObject({ restMs, config: barrierConfig }).exactOptional(),
    }),
    z.strictObject({
      ...shared,
      device: z.literal('sensors'),
      ...boardOf,
      driver: z.strictObject({ restMs, config: contactsConfig }).exactOptional(),
    }),
    z.strictObject({
      ...shared,
      device: z.literal('display'),
      variant: z.literal('olm'),
      address: z.int().min(0).max(255),
      driver: displayConfig.exactOptional(),
    }),
    z.strictObject({
      ...shared,
      device: z.literal('printer'),
      variant: z.literal('escpos'),
      driver: printerConfig.exactOptional(),
    }),
    z.discriminatedUnion('variant', cameraHeads),
  ])

  const contactSeen = z.strictObject({
    name,
    raw: z.boolean().nullable(),
    stable: z.boolean().nullable(),
    aged: z.literal(true).exactOptional(),
  })
  const pass = z.string().max(80)
  /** A command of a lane to a barrier driver. */
  const barrierCommand = z.discriminatedUnion('do', [
    z.strictObject({
      do: z.literal('open'),
      passId: pass,
      byHand: z.literal(true).exactOptional(),
    }),
    z.strictObject({ do: z.enum(['close', 'lift', 'stop', 'disarm', 'arm']) }),
    z.strictObject({ do: z.enum(['holdOpen', 'releaseHold']), authority: pass }),
    z.strictObject({ do: z.literal('sensor'), seen: contactSeen }),
  ])

  const phrase = z.string().max(400)
  const page = z.strictObject({
    phrases: z.array(phrase).max(16),
    tone: z.enum(['wait', 'go', 'stop']),
    speech: phrase,
  })
  const displayCommand = z.discriminatedUnion('do', [
    z.strictObject({ do: z.literal('show'), page }),
    z.strictObject({
      do: z.literal('showPay'),
      page,
      url: z.string().max(400),
      amountFen: z.int().min(0),
      forMs: ms,
    }),
  ])

  const paperText = z.string().max(4_096)
  const paperLine = z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('text'),
      text: paperText,
      align: z.enum(['left', 'center']),
      size: z.enum(['normal', 'large']),
    }),
    z.strictObject({
      kind: z.literal('pair'),
      name: paperText,
      value: paperText,
      isBig: z.boolean(),
    }),
    z.strictObject({ kind: z.literal('rule') }),
    z.strictObject({ kind: z.literal('qr'), text: paperText }),
  ])
  const printerCommand = z.discriminatedUnion('do', [
    z.strictObject({
      do: z.literal('print'),
      jobId: z.int().min(0),
      lines: z.array(paperLine).max(1_000),
    }),
    z.strictObject({ do: z.literal('openDrawer'), pin: z.enum(['pin2', 'pin5']) }),
  ])
  return { rsuDriver, head, barrierCommand, displayCommand, printerCommand }
})

type Shapes = ReturnType<typeof captureShapes>
export type CaptureDriver = Readonly<z.infer<Shapes['rsuDriver']>>
export type CaptureHead = Readonly<z.infer<Shapes['head']>>
