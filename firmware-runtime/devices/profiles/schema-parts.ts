// Parts of a device profile common to all kinds: words, sources, links, settings, code lists. Part of schema.ts, which
// is the only source of the format.
import { z } from 'zod'
import { profileStatuses } from '#base/pure/values/profile-status.ts'

/** Folder and file names of the library: no dots and no slashes, so that no name leaves a folder. */
export const nameShape = /^(?=.{1,40}$)[a-z0-9]+(?:-[a-z0-9]+)*$/
const idShape = /^[a-z0-9]+(?:-[a-z0-9]+)*$/
const fieldShape = /^[a-z][A-Za-z0-9]{0,39}(?:\.[a-z][A-Za-z0-9]{0,39})*$/
const hexShape = /^(?:[0-9A-Fa-f]{2}|[ ])+$/

export const name = z.string().regex(nameShape)
const id = z.string().max(60).regex(idShape)
/** A word of the code: field, option, limit. */
export const word = z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/)
const words = z.strictObject({ zh: z.string().min(1).max(200), en: z.string().min(1).max(200) })
export const title = z.strictObject({
  zh: z.string().min(1).max(60),
  en: z.string().min(1).max(60),
})
/** Id of an entry of `basis`. */
export const source = id
export const status = z.enum(profileStatuses)
/** Blanks are allowed between bytes; a long text may be split into several. */
export const hexText = z.union([
  z.string().min(2).max(8192).regex(hexShape),
  z.array(z.string().min(2).max(8192).regex(hexShape)).min(1).max(64),
])
export const hexByte = z.string().regex(/^[0-9A-F]{2}$/)
export const fieldPath = z.string().max(120).regex(fieldShape)

/** The source of a fact, in both languages. */
export const basis = z.strictObject({
  id,
  text: z.strictObject({ zh: z.string().min(5).max(400), en: z.string().min(10).max(400) }),
})

export const deviceSeen = z.strictObject({
  model: z.string().min(1).max(80),
  firmware: z.string().min(1).max(80),
  date: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  capture: z.string().min(1).max(200),
})

export const recognise = z.discriminatedUnion('by', [
  z.strictObject({
    by: z.literal('frame'),
    frame: hexByte,
    field: fieldPath,
    equals: z.union([z.string().min(1).max(80), z.number()]),
    source,
  }),
  z.strictObject({
    by: z.literal('usb'),
    vendorId: z.string().regex(/^[0-9A-F]{4}$/),
    productId: z.string().regex(/^[0-9A-F]{4}$/),
    source,
  }),
  /** Text or XML from an HTTP address of the device. */
  z.strictObject({
    by: z.literal('http'),
    path: z.string().regex(/^\/[\x21-\x7e]{0,199}$/),
    contains: z.string().min(1).max(80),
    source,
  }),
  /** A text query (AT, SCPI, NMEA) and the beginning of its answer; null: the device sends by itself. */
  z.strictObject({
    by: z.literal('text'),
    ask: z.string().min(1).max(80).nullable(),
    begins: z.string().min(1).max(80),
    source,
  }),
  /** Bytes sent and bytes answered; `..` stands for any byte. */
  z.strictObject({
    by: z.literal('bytes'),
    ask: hexText.nullable(),
    answer: z
      .string()
      .max(512)
      .regex(/^(?:[0-9A-F]{2}|\.\.| )+$/),
    source,
  }),
])

const linkForms = [
  'tcp',
  'udp',
  'serial',
  'usb',
  'hid',
  'evdev',
  'pcsc',
  'http',
  'http-push',
  'mqtt',
  'contact',
] as const
const baud = z.int().min(300).max(1_000_000)

export const link = z.strictObject({
  form: z.enum(linkForms),
  /** Which side waits for connections. `wired`: a contact or a device on a bus. */
  listens: z.enum(['device', 'lane', 'broker', 'wired']),
  /** Ports named by sources: used only in a requested search, never as a protocol. */
  ports: z.array(z.int().min(1).max(65_535)).min(1).max(16).exactOptional(),
  serial: z
    .strictObject({
      baud,
      dataBits: z.union([z.literal(7), z.literal(8)]),
      parity: z.enum(['none', 'even', 'odd']),
      stopBits: z.union([z.literal(1), z.literal(2)]),
      otherBauds: z.array(baud).min(1).max(16).exactOptional(),
    })
    .exactOptional(),
  source,
})

/** Where a setting is written or read: the number on the link is value + add. */
const frameFieldRef = z.strictObject({
  frame: hexByte,
  field: fieldPath,
  add: z.int().exactOptional(),
})

const lawful = z.strictObject({
  clause: z.string().min(3).max(80),
  min: z.number().nullable(),
  max: z.number().nullable(),
  unit: z.string().min(1).max(16),
  /** False: another scale than the setting's, so it is shown beside it and never used for a verdict. */
  comparable: z.boolean(),
  note: words.exactOptional(),
})

export const setting = z.strictObject({
  /** Its id in the driver and in backups of settings. */
  id: word,
  title,
  type: z.enum(['whole', 'decimal', 'choice', 'switch', 'text']),
  min: z.number().exactOptional(),
  max: z.number().exactOptional(),
  step: z.number().exactOptional(),
  /** Range of values used at real sites; the rest of the range is for experts. */
  basic: z.strictObject({ min: z.number(), max: z.number() }).exactOptional(),
  unit: z.string().min(1).max(16).nullable(),
  choices: z
    .array(z.strictObject({ value: z.union([z.int(), z.string().min(1).max(40)]), title }))
    .min(2)
    .max(64)
    .exactOptional(),
  default: z.union([z.number(), z.string().max(80), z.boolean()]).nullable(),
  /** Null: it cannot be written over the link. */
  writes: frameFieldRef.nullable(),
  /** Null: it cannot be read back. */
  reads: frameFieldRef.nullable(),
  /** Adjusted by hand on the mast: recorded with a photo, never "written". */
  mechanical: z.literal(true).exactOptional(),
  lawful: z.array(lawful).max(8).exactOptional(),
  /** Only when a source has the table. */
  dbm: z
    .strictObject({
      source,
      steps: z
        .array(z.strictObject({ step: z.int(), dbm: z.number().min(-60).max(60) }))
        .min(2)
        .max(256),
    })
    .exactOptional(),
  source,
  status,
})

const moneyStates = ['paid', 'unpaid', 'unknown'] as const

export const codeList = z.strictObject({
  title: title.exactOptional(),
  /** Unlisted codes; about money they are always unknown. */
  codes: z
    .array(
      z.strictObject({
        code: z.string().regex(/^(?:[0-9A-F]{2}){1,4}$/),
        word: z.string().regex(/^[a-z0-9][A-Za-z0-9]{0,39}$/),
        title: title.exactOptional(),
        money: z.enum(moneyStates).exactOptional(),
        /** For lanes whose direction changes the order of the steps. */
        moneyOnEntry: z.enum(moneyStates).exactOptional(),
      }),
    )
    .min(1)
    .max(256),
  source,
})

export const quirk = z.strictObject({ id, why: words, seen: source })

export const need = z.strictObject({ setting: words, why: words })

const version = z
  .string()
  .max(32)
  .regex(/^\d{1,8}(?:\.\d{1,8}){0,3}$/)
export const firmware = z.strictObject({
  /** Null: open at that end. */
  from: version.nullable(),
  to: version.nullable(),
  note: words.exactOptional(),
  source,
})

/** A tested type, by its test reports. */
export const approval = z.strictObject({
  approvalNo: z.string().min(1).max(60),
  /** Hardware tested under this number; empty: the source does not say. */
  hardwareVersions: z.array(z.string().min(1).max(60)).max(16),
  source,
  /** Never assumed: a number that nobody has read is left out. */
  status: z.enum(profileStatuses).exclude(['assumed', 'simulated']),
})

const updateText = z.string().min(1).max(1_000)

/** How the maker updates this model, as published. For a person to read: the program never updates a device. */
export const update = z.strictObject({
  zh: updateText,
  en: updateText,
  /** Where the maker published it. */
  source,
})

export const migration = z.strictObject({
  /** Firmware version as the device reports it. */
  since: z
    .string()
    .max(32)
    .regex(/^[0-9A-F]{1,8}(?:\.[0-9A-F]{1,8}){0,3}$/),
  setting: word,
  /** Its name from then on; null: the setting no longer exists. */
  becomes: word.nullable().exactOptional(),
  times: z.tuple([z.int().min(1).max(10_000), z.int().min(1).max(10_000)]).exactOptional(),
  plus: z.int().min(-10_000).max(10_000).exactOptional(),
  why: words,
  source,
})

export const limits = z.record(
  z.string().regex(/^[a-z][A-Za-z0-9]{0,39}(?:Ms|Sec|BytesMax|Max)$/),
  z.strictObject({ value: z.int().min(0), source }),
)

export const standardRow = z.strictObject({
  table: z.enum(['A.1', 'A.2', 'A.3']),
  row: id,
  value: z
    .union([
      z.boolean(),
      z.number(),
      z.string().min(1).max(80),
      z.strictObject({ min: z.number(), max: z.number() }),
      z
        .array(z.union([z.string().min(1).max(40), z.number()]))
        .min(1)
        .max(16),
    ])
    .nullable(),
  unit: z.string().min(1).max(16).nullable(),
  source: source.nullable(),
  status: status.nullable(),
})
