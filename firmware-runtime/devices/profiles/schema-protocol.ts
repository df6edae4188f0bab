// The protocol in a profile: its driver, and the data of that driver. For an RSU a frame variant and its differences;
// part of schema.ts.
import { z } from 'zod'
import { gateMakes } from '../pure/camera/gate-makes.ts'
import { cameraMakes } from '../pure/camera/makes.ts'
import { pushMakes } from '../pure/camera/push-makes.ts'
import { overrideShapes } from '../pure/rsu/override-schema.ts'
import { fieldPath, hexByte, hexText, name, word } from './schema-parts.ts'

const fieldName = z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/)

const coil = z.int().min(0).max(255)
const wiredInput = z.strictObject({ di: z.int().min(0).max(255), activeHigh: z.boolean() })
const wiring = z.strictObject({
  /** A gate without a stop output is raised instead. */
  outputs: z.strictObject({ open: coil, close: coil, stop: coil.nullable() }),
  /** Null: not wired, so always unknown. */
  inputs: z.record(
    z.enum(['limitOpen', 'limitClosed', 'loopUnder', 'loopArrive']),
    wiredInput.nullable(),
  ),
  /** Further presence sensors under the boom: each blocks closing like loopUnder. */
  presence: z.array(wiredInput).max(8).exactOptional(),
})

const scalar = z.union([z.string().max(400), z.number(), z.boolean()])

export const protocol = z.strictObject({
  /** A frame variant for an RSU, else the driver; null: no driver of this program. */
  id: name.nullable(),
  /** Switches of the driver for this model. */
  options: z.record(word, z.boolean()).exactOptional(),
  /** Names, addresses and texts that the driver needs. */
  data: z.record(word, z.union([scalar, z.array(scalar).max(64)])).exactOptional(),
  /** Differences from the generic table. */
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
  /** The check over the parts from `from` to `to`, or up to this part. */
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
  /** One frame of a display board with the 0x64 protocol. */
  z.strictObject({
    as: z.literal('olm'),
    address: z.int().min(0).max(255),
    name,
    fields: z.record(fieldName, z.json()),
  }),
  /** One frame of Vzicom TCP; `fields` is what the driver decodes. */
  z.strictObject({
    as: z.literal('vz-frame'),
    type: z.enum(['data', 'heartbeat']),
    sequence: z.int().min(0).max(255),
    message: z.record(z.string().max(40), z.json()).nullable(),
    fields: z.record(fieldPath, z.json()).exactOptional(),
  }),
  /** A message of a plate camera; it cannot be encoded again, so a digest fixes its bytes. */
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
  /** A command to a gate on a camera, or an answer of the camera. */
  z.strictObject({
    as: z.literal('gate-message'),
    dialect: z.enum(gateMakes.map(({ name }) => name)),
    name: z.enum(['command', 'status', 'input']),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    fields: z.record(fieldPath, z.json()),
  }),
  /** A report of a parking space sensor, as decoded by its driver. */
  z.strictObject({
    as: z.literal('space-report'),
    format: z.enum(['nb-iot', 'bosch-pls']),
    /** Port of a LoRaWAN uplink. */
    port: z.int().min(1).max(223).exactOptional(),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    fields: z.record(fieldPath, z.json()),
  }),
  /** A file of a tester as decoded by its column map; it cannot be encoded again. */
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
  /** A compact JSON body with its members in this order. */
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
  /** Recorded on a link, printed in a document, made from invented values, or computed. */
  origin: z.enum(['captured', 'published', 'constructed', 'computed']),
  source: z
    .string()
    .max(60)
    .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/),
})
