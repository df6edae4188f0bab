// The shape of an override; profiles, drivers and the published JSON Schema use it. Checks against the table that an
// override changes come later (override-members.ts, table-check.ts).
import { rule } from '#base/pure/words/issue-why.ts'
import { z } from 'zod'
import { once } from '#base/pure/values/once.ts'
import { plateColours } from '#base/pure/plates/plate.ts'
import { lenDataMax } from './generic-len/framing.ts'
import { fieldTypes, type FileTable, type FrameTable, type FrameValue } from './table-types.ts'

type Said = (issue: { readonly input?: unknown }) => string

/** The error text of a value that does not fit. */
const said =
  (words: string): Said =>
  ({ input }) =>
    input === undefined ? 'is missing' : words

const whole = (least: number, most: number) => {
  const error = said(`must be a whole number from ${least} to ${most}`)
  return z.int({ error }).min(least, { error }).max(most, { error })
}
const like = (shape: RegExp, charsMax = 120) => {
  const error = said(`must be like ${shape}`)
  return z.string({ error }).max(charsMax, { error }).regex(shape, { error })
}
/** A key of a record. */
const key = (shape: RegExp) => z.string().regex(shape, { error: `not ${shape}` })
const oneOf = <const T extends readonly string[]>(...words: T) =>
  z.enum(words, { error: said(`must be one of ${words.join(', ')}`) })
const numberOf = <const T extends readonly number[]>(...numbers: T) =>
  z.literal(numbers, { error: said(`must be one of ${numbers.join(', ')}`) })
const flag = z.boolean({ error: said('must be one of true, false') })
const object = <T extends z.ZodRawShape>(shape: T) =>
  z.strictObject(shape, { error: said('must be an object') })
const mapOf = <T extends z.ZodType>(shape: RegExp, value: T) =>
  z.record(key(shape), value, { error: said('must be an object') })
const listOf = <T extends z.ZodType>(one: T, most: number, least = 0) => {
  const error = said(least === 0 ? 'must be a list' : `must be a list of at least ${least}`)
  const isOnce = (list: readonly unknown[]): boolean =>
    new Set(list.map((entry) => JSON.stringify(entry))).size === list.length
  return z
    .array(one, { error })
    .min(least, { error })
    .max(most)
    .refine(isOnce, rule('有的写了两次', 'names something twice'))
}

/** Built when an override or a profile is first validated: a lane of a generic variant never needs it. */
export const overrideShapes = once(() => {
  const fieldShape = /^[a-z][A-Za-z0-9]{0,39}$/
  const fieldName = like(fieldShape)
  const tableName = like(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 40)
  const hexByte = like(/^[0-9A-F]{2}$/)
  const codeKey = /^([0-9A-F]{2})+$/
  /** A whole frame is no longer than the framing can carry. */
  const frameBytesMax = lenDataMax

  const fieldTable = z.strictObject({
    name: fieldName,
    off: z.union([whole(0, 2048), z.literal('+')], {
      error: said('must be a whole number from 0 to 2048, or +'),
    }),
    len: z.union([whole(1, frameBytesMax), z.literal('fill')], {
      error: said(`must be a whole number from 1 to ${frameBytesMax}, or fill`),
    }),
    type: oneOf(...fieldTypes),
    reserved: z.literal(true, { error: said('must be one of true') }).exactOptional(),
    unit: like(/^[A-Za-z%°µ/]{1,12}$/).exactOptional(),
    nullWhen: like(codeKey).exactOptional(),
    enum: fieldName.exactOptional(),
    bits: listOf(fieldName, 64, 8).exactOptional(),
    table: tableName.exactOptional(),
    count: fieldName.exactOptional(),
    get each() {
      return z.array(fieldTable).min(1).max(32).exactOptional()
    },
  })

  /** Nested as deep as the tables; the strict reader limits the depth. */
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
  const example = object({ hex: like(/^[0-9A-Fa-f\s]{2,8192}$/, 8192), value: frameValue })

  const frameForm = object({
    name: fieldName,
    length: z.union(
      [
        whole(1, frameBytesMax),
        z.literal('any'),
        object({
          base: whole(1, frameBytesMax),
          per: mapOf(fieldShape, whole(1, frameBytesMax)),
          derive: object({ assume: mapOf(fieldShape, whole(0, 255)), solve: fieldName }),
        }),
      ],
      { error: said(`must be a whole number from 1 to ${frameBytesMax}, any, or counted`) },
    ),
    fields: listOf(fieldTable, 64),
    example,
  })

  const frameTable = object({
    code: hexByte,
    name: fieldName,
    from: oneOf('rsu', 'pc'),
    onLonger: oneOf('rest', 'reject'),
    forms: listOf(frameForm, 16, 1),
  }) satisfies z.ZodType<FrameTable>

  const fileTable = object({
    name: tableName,
    length: whole(1, frameBytesMax),
    fields: listOf(fieldTable, 64, 1),
    example,
    layouts: listOf(
      object({
        when: object({ field: fieldName, values: listOf(whole(0, 65_535), 256, 1) }),
        fields: listOf(fieldTable, 64, 1),
        example,
      }),
      8,
    ).exactOptional(),
  }) satisfies z.ZodType<FileTable>

  const laneMode = whole(0, 255)

  /** What a profile changes in its frames. The number before a member is its row in rsu-interface.md section 9. */
  const frameDifferences = object({
    /** Whole frames, which replace those of the same code or are added (24 and any other layout). */
    frames: listOf(frameTable, 32).exactOptional(),
    /** Codes of frames that the device lacks. */
    withoutFrames: listOf(hexByte, 32).exactOptional(),
    /** Whole nested tables, by name. */
    files: listOf(fileTable, 16).exactOptional(),
    /** 28. */
    b4Readable: listOf(hexByte, 16).exactOptional(),
    /** 21. The whole table. */
    plateColours: mapOf(
      /^(\d|[1-9]\d|1\d\d|2[0-4]\d|25[0-5])$/,
      oneOf(...plateColours),
    ).exactOptional(),
    /** 25. */
    laneModes: object({ entry: laneMode, exit: laneMode }).exactOptional(),
    /** 1. A frame of the other code keeps its layout. */
    antennaSwitch: oneOf('4C', 'C4').exactOptional(),
    /** 5, 6. */
    heartbeat: object({
      forms: listOf(oneOf('error80', 'onesId', 'b1', 'b2Status'), 4, 1).exactOptional(),
      reply: oneOf('none', 'empty', 'cf00').exactOptional(),
    }).exactOptional(),
    /** 7. Size of file 0019 in B4 and C6; 39 and 43 bytes include the head, AA 29 00 (rsu-interface.md 4.3). */
    station: object({ bytes: numberOf(36, 39, 40, 43) }).exactOptional(),
    /** 11. */
    timeBase: oneOf('utc', 'chinaTime').exactOptional(),
    /** 15. Frames of other codes keep their layout. */
    psam: object({
      start: oneOf('CA', 'CD'),
      data: oneOf('BA', 'BD'),
      apply: oneOf('CB', 'CF'),
      result: oneOf('BB', 'BF'),
      atStart: flag,
    })
      .nullable()
      .exactOptional(),
    /** 18. Every field of a B5 with its debit part, in the order of transmission. */
    b5Order: listOf(fieldName, 32, 1).exactOptional(),
    /** 19. The manufacturer's part of four bytes; the RSU id has the rest. */
    manufacturerBytes: numberOf(1, 2).exactOptional(),
    /** 22. */
    afterResult: oneOf('C1', 'nothing').exactOptional(),
    statusAtPowerUp: flag.exactOptional(),
    /** 16. */
    proofAnswer: oneOf('B8', 'B5').exactOptional(),
    searchStarts: oneOf('switch', 'switchFromOff').exactOptional(),
    /** 26. Transaction type of a B5 that carries none. */
    impliedTransType: hexByte.nullable().exactOptional(),
  })

  const ms = whole(1, 3_600_000)
  const orZeroMs = whole(0, 3_600_000)
  const settingNumber = whole(-0x8000_0000, 0xffff_ffff)
  const moneyWord = oneOf('paid', 'unpaid', 'unknown')
  const moneyTable = object({
    codes: mapOf(codeKey, moneyWord),
    entryLane: mapOf(codeKey, moneyWord),
    // Any other word would guess about money without a documented source.
    otherwise: oneOf('unknown'),
  })
  const codeTable = mapOf(codeKey, like(/^[\w-]+$/)).refine(
    (codes) => Object.keys(codes).length > 0,
    rule('是空的', 'is empty'),
  )

  /** The override including what is derived from the other members of a profile. */
  const override = z.strictObject(
    {
      /** `<vendor>-<model>/<major.minor>` (section 8). */
      id: like(/^[a-z0-9]+(-[a-z0-9]+)+\/\d+\.\d+$/),
      extends: oneOf('generic-bcc', 'generic-ver', 'generic-len'),
      evidence: oneOf('captured', 'document', 'assumed'),
      /** Where its figures come from: a document with its section, a capture. */
      sources: listOf(like(/\S.{8,}/s, 400), 64, 1),
      ...frameDifferences.shape,
      /** 2, 3. All settings: one that is not listed here cannot be set. */
      settings: listOf(
        object({
          id: fieldName,
          frame: hexByte,
          field: fieldName,
          add: settingNumber,
          min: settingNumber,
          max: settingNumber,
          usual: settingNumber,
        }),
        64,
      ).exactOptional(),
      /** 20. No source and no specification has a step above 33. */
      powerStepMax: whole(1, 33).exactOptional(),
      /** 4, 10, 27, 28. Whole code tables by name, for example `deviceType`, `tradeType`, `b5Error`. */
      enums: mapOf(/^\w+$/, codeTable).exactOptional(),
      /** 28. Must come with a new `b5Error` or `b8Error`: the same number means opposite things. */
      moneyState: object({
        b5Error: moneyTable.exactOptional(),
        b8Error: moneyTable.exactOptional(),
      }).exactOptional(),
      timing: object({
        heartbeatLossMs: ms.exactOptional(),
        interByteSerialMs: ms.exactOptional(),
        interByteTcpMs: ms.exactOptional(),
        rereadSilenceMs: orZeroMs.exactOptional(),
        resultTimeMs: orZeroMs.exactOptional(),
      }).exactOptional(),
      /** Only what the driver may use; whether heartbeats are answered is `heartbeat.reply`. */
      capabilities: object({
        proofFetch: flag.exactOptional(),
        vehicleFrame: flag.exactOptional(),
        emptyAck: flag.exactOptional(),
      }).exactOptional(),
    },
    { error: said('must be an object') },
  )
  return { frameValue, frameDifferences, override }
})
