// What a profile says of a protocol: the driver it is for, and the data that this driver takes.
// For an RSU that is a frame variant and what differs from it; part of schema.ts.
import { z } from 'zod'
import { gateMakes } from '../../devices/camera/gate-makes.ts'
import { cameraMakes } from '../../devices/camera/makes.ts'
import { pushMakes } from '../../devices/camera/push-makes.ts'
import { overrideShapes } from '../../devices/rsu/override-schema.ts'
import { fieldPath, hexByte, hexText, name, word } from './schema-parts.ts'

const fieldName = z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/)

const coil = z.int().min(0).max(255)
const wiredInput = z.strictObject({ di: z.int().min(0).max(255), activeHigh: z.boolean() })
const wiring = z.strictObject({
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
  /** What differs from the generic table. */
  overrides: overrideShapes().frameDifferences.exactOptional(),
  wiring: wiring.exactOptional(),
})

/** Part of an example whose protocol has no codec here: the parts together are its bytes. */
const checkKinds = ['crc16-modbus', 'crc16-x25', 'xor', 'sum8', 'nmea'] as const
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

const expectation = z.discriminatedUnion('as', [
  /** One frame of an RSU on the link. `frame` is empty for an empty acknowledgement. */
  z.strictObject({
    as: z.literal('frame'),
    frame: z.union([hexByte, z.literal('')]),
    form: fieldName.nullable(),
    seq: z.int().min(0).max(255),
    fields: overrideShapes().frameValue,
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
    dialect: z.enum(
      [...cameraMakes, ...pushMakes.flatMap(({ profile }) => profile ?? [])].map(
        ({ name }) => name,
      ),
    ),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    fields: z.record(fieldPath, z.json()),
  }),
  /** What a gate on a camera is told, and what the camera says. */
  z.strictObject({
    as: z.literal('gate-message'),
    dialect: z.enum(gateMakes.map(({ name }) => name)),
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
          xMm: z.int(),
          yMm: z.int(),
          levelDbm: z.number(),
          zMm: z.int().exactOptional(),
          channel: z.string().max(20).exactOptional(),
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
  /** The bytes as on the link. */
  hex: hexText,
  expect: expectation,
  /** Heard on a link, printed in a document, made of made-up values, or worked out. */
  origin: z.enum(['captured', 'published', 'constructed', 'computed']),
  source: z
    .string()
    .max(60)
    .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/),
})
