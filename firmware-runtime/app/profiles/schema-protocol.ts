// What a profile says of a protocol: the driver it is for, and the data that this driver takes.
// For an RSU that is a frame variant and what differs from it; part of schema.ts.
import { z } from 'zod'
import { plateColours } from '../../core/values/plate.ts'
import { fieldTypes, type FrameValue } from '../../devices/rsu/table-types.ts'
import { fieldPath, hexByte, hexText, name, word } from './schema-parts.ts'

const fieldName = z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/)
const hexUpper = z.string().regex(/^(?:[0-9A-F]{2})+$/)

const fieldTable = z.strictObject({
  name: fieldName,
  off: z.union([z.int().min(0).max(2048), z.literal('+')]),
  len: z.union([z.int().min(1).max(1024), z.literal('fill')]),
  type: z.enum(fieldTypes),
  reserved: z.literal(true).exactOptional(),
  unit: z
    .string()
    .regex(/^[A-Za-z%°µ/]{1,12}$/)
    .exactOptional(),
  nullWhen: hexUpper.exactOptional(),
  enum: fieldName.exactOptional(),
  bits: z.array(fieldName).min(8).max(64).exactOptional(),
  table: name.exactOptional(),
  count: fieldName.exactOptional(),
  get each() {
    return z.array(fieldTable).max(32).exactOptional()
  },
})

/** Nested as deep as the tables nest; the strict reader bounds the rest. */
const frameValue: z.ZodType<FrameValue> = z.lazy(() =>
  z.record(
    z.string().max(40),
    z.union([
      z.string().max(4096),
      z.number(),
      z.null(),
      z.array(z.string().max(40)),
      frameValue,
      z.array(frameValue),
    ]),
  ),
)
const frameExample = z.strictObject({ hex: z.string().min(2).max(8192), value: frameValue })

const counts = z.record(fieldName, z.int().min(0).max(255))
const frameForm = z.strictObject({
  name: fieldName,
  length: z.union([
    z.int().min(1).max(1100),
    z.literal('any'),
    z.strictObject({
      base: z.int().min(1).max(1100),
      per: counts,
      derive: z.strictObject({ assume: counts, solve: fieldName }),
    }),
  ]),
  fields: z.array(fieldTable).max(64),
  example: frameExample,
})

const frameTable = z.strictObject({
  code: hexByte,
  name: fieldName,
  from: z.enum(['rsu', 'pc']),
  onLonger: z.enum(['rest', 'reject']),
  forms: z.array(frameForm).min(1).max(16),
})

const fileTable = z.strictObject({
  name,
  length: z.int().min(1).max(1024),
  fields: z.array(fieldTable).min(1).max(64),
  example: frameExample,
})

/** What differs from the generic table, by the words of devices/rsu/variant-override.ts. */
export const overrides = z.strictObject({
  frames: z.array(frameTable).max(32).exactOptional(),
  withoutFrames: z.array(hexByte).max(32).exactOptional(),
  files: z.array(fileTable).max(16).exactOptional(),
  b4Readable: z.array(hexByte).max(16).exactOptional(),
  plateColours: z.record(z.string().regex(/^\d{1,3}$/), z.enum(plateColours)).exactOptional(),
  laneModes: z
    .strictObject({ entry: z.int().min(0).max(255), exit: z.int().min(0).max(255) })
    .exactOptional(),
  antennaSwitch: z.enum(['4C', 'C4']).exactOptional(),
  heartbeat: z
    .strictObject({
      forms: z
        .array(z.enum(['error80', 'onesId', 'b1', 'b2Status']))
        .min(1)
        .exactOptional(),
      reply: z.enum(['none', 'empty', 'cf00']).exactOptional(),
    })
    .exactOptional(),
  station: z
    .strictObject({
      bytes: z.union([z.literal(36), z.literal(39), z.literal(40), z.literal(43)]),
    })
    .exactOptional(),
  timeBase: z.enum(['utc', 'chinaTime']).exactOptional(),
  psam: z
    .strictObject({
      start: z.enum(['CA', 'CD']),
      data: z.enum(['BA', 'BD']),
      apply: z.enum(['CB', 'CF']),
      result: z.enum(['BB', 'BF']),
      atStart: z.boolean(),
    })
    .nullable()
    .exactOptional(),
  b5Order: z.array(fieldName).min(1).max(32).exactOptional(),
  manufacturerBytes: z.union([z.literal(1), z.literal(2)]).exactOptional(),
  afterResult: z.enum(['C1', 'nothing']).exactOptional(),
  statusAtPowerUp: z.boolean().exactOptional(),
  proofAnswer: z.enum(['B8', 'B5']).exactOptional(),
  searchStarts: z.enum(['switch', 'switchFromOff']).exactOptional(),
  impliedTransType: hexByte.nullable().exactOptional(),
})

const coil = z.int().min(0).max(255)
const wiredInput = z.strictObject({ di: z.int().min(0).max(255), activeHigh: z.boolean() })
export const wiring = z.strictObject({
  /** A gate without a stop is sent up instead. */
  outputs: z.strictObject({ open: coil, close: coil, stop: coil.nullable() }),
  /** Null: not wired, so never known. */
  inputs: z.record(
    z.enum(['limitOpen', 'limitClosed', 'loopUnder', 'loopArrive']),
    wiredInput.nullable(),
  ),
  /** Further presence sensors under the boom: each blocks closing like loopUnder. */
  presence: z.array(wiredInput).max(8).exactOptional(),
})

const scalar = z.union([z.string().max(400), z.number(), z.boolean()])

export const protocol = z.strictObject({
  /** A frame variant for an RSU, else the driver; null where nothing of ours speaks to it. */
  id: name.nullable(),
  /** Switches of the driver for this model. */
  options: z.record(word, z.boolean()).exactOptional(),
  /** Names, addresses and texts that its driver needs. */
  data: z.record(word, z.union([scalar, z.array(scalar).max(64)])).exactOptional(),
  overrides: overrides.exactOptional(),
  wiring: wiring.exactOptional(),
})

/** Part of an example whose protocol has no codec here: the parts together are its bytes. */
export const checkKinds = ['crc16-modbus', 'crc16-x25', 'xor', 'sum8', 'nmea'] as const
const part = z.union([
  z.strictObject({ name: word, hex: hexText }),
  z.strictObject({
    name: word,
    text: z.string().min(1).max(2000),
    as: z.enum(['ascii', 'utf8', 'gbk']),
  }),
  /** The check over the parts from the named one up to `to`, or up to this. */
  z.strictObject({ name: word, check: z.enum(checkKinds), from: word, to: word.exactOptional() }),
])

export const expectation = z.discriminatedUnion('as', [
  /** One frame of an RSU on the wire. `frame` is empty for an empty acknowledgement. */
  z.strictObject({
    as: z.literal('frame'),
    frame: z.union([hexByte, z.literal('')]),
    form: fieldName.nullable(),
    seq: z.int().min(0).max(255),
    fields: frameValue,
  }),
  /** One Modbus TCP message. */
  z.strictObject({
    as: z.literal('modbus-tcp'),
    transactionId: z.int().min(0).max(65_535),
    unitId: z.int().min(0).max(255),
    name,
    fields: z.record(fieldName, z.union([z.number(), z.string()])),
  }),
  /** One Modbus RTU message. */
  z.strictObject({
    as: z.literal('modbus-rtu'),
    unitId: z.int().min(0).max(255),
    name,
    fields: z.record(fieldName, z.union([z.number(), z.string()])),
  }),
  /** One frame of a display board of the 0x64 dialect. */
  z.strictObject({
    as: z.literal('olm'),
    address: z.int().min(0).max(255),
    name,
    fields: z.record(fieldName, z.json()),
  }),
  /** One frame of Vzicom TCP; `fields` is what the driver reads out of the message. */
  z.strictObject({
    as: z.literal('vz-frame'),
    type: z.enum(['data', 'heartbeat']),
    sequence: z.int().min(0).max(255),
    message: z.record(z.string().max(40), z.json()).nullable(),
    fields: z.record(fieldPath, z.json()).exactOptional(),
  }),
  /** A message of a plate camera; it cannot be written back, so its bytes are held by a digest. */
  z.strictObject({
    as: z.literal('camera-event'),
    dialect: z.enum(['hikvision', 'dahua', 'vzicom-push']),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    fields: z.record(fieldPath, z.json()),
  }),
  /** What a gate on a camera is told, and what the camera says. */
  z.strictObject({
    as: z.literal('gate-message'),
    dialect: z.enum(['hikvision']),
    name: z.enum(['command', 'status', 'input']),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    fields: z.record(fieldPath, z.json()),
  }),
  /** What a sensor below a parking space says, as its driver reads it. */
  z.strictObject({
    as: z.literal('space-report'),
    format: z.enum(['nb-iot', 'bosch-pls']),
    /** Of an uplink of LoRaWAN. */
    port: z.int().min(1).max(223).exactOptional(),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    fields: z.record(fieldPath, z.json()),
  }),
  /** A file of a tester as its column map reads it; it cannot be written back. */
  z.strictObject({
    as: z.literal('tester-rows'),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    readings: z
      .array(
        z.strictObject({
          ...{ xMm: z.int(), yMm: z.int(), levelDbm: z.number() },
          ...{ zMm: z.int().exactOptional(), channel: z.string().max(20).exactOptional() },
          atIso: z.iso.datetime({ offset: true }).exactOptional(),
        }),
      )
      .min(1)
      .max(32),
  }),
  z.strictObject({ as: z.literal('parts'), parts: z.array(part).min(1).max(64) }),
  /** A JSON body without blanks, members in this order. */
  z.strictObject({ as: z.literal('json'), value: z.json() }),
])

export const example = z.strictObject({
  id: z
    .string()
    .max(60)
    .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/),
  from: z.enum(['device', 'lane']),
  /** The bytes as on the wire. */
  hex: hexText,
  expect: expectation,
  /** Heard on a wire, printed in a document, made of made-up values, or worked out. */
  origin: z.enum(['captured', 'published', 'constructed', 'computed']),
  source: z
    .string()
    .max(60)
    .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/),
})
