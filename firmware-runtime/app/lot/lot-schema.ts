// The schema of lot.json, and the JSON Schema that is published of it.
// What only the whole can say is checked in lot-file.ts.
import { rule } from '../../core/values/issue-why.ts'
import { hostKeyShape, isServer, sftpPlaceOf } from '../../core/values/copy-place.ts'
import { reportKinds } from '../../core/billing/report.ts'
import { z } from 'zod'
import { laneSiting } from '../../api/siting-schema.ts'
import { layoutNames, openLayoutNames } from '../../core/lane/layouts/index.ts'
import { sensorKinds, sensorRoles } from '../../core/lot/sensor.ts'
import { secretNameShape } from '../../core/links/camera-link.ts'
import { standardSuite, suiteNames } from '../../core/values/suite.ts'
import { helpSchema } from './help-file.ts'
import { reservationSchema } from './reservation-file.ts'
import { placeSchema } from './place-file.ts'
import { printerSchema } from './printer-file.ts'
import { settingsOfLot, settingsUnder } from './setting-schema.ts'
import { scannerSchema } from './scanner-file.ts'

const words = z.strictObject({ zh: z.string().min(1).max(60), en: z.string().min(1).max(60) })
const link = z.string().min(1).max(400).nullable()

const laneSchema = z.strictObject({
  id: z.string().regex(/^(?!constructor$)[a-z][a-z0-9-]{0,15}$/),
  name: words,
  direction: z.enum(['entry', 'exit']),
  /** Absent: that of the lot. */
  layout: z.enum([...layoutNames, ...openLayoutNames]).optional(),
  rsu: link,
  camera: link,
  barrier: link,
  /** Lots that were made before displays had a driver do not name one. */
  display: link.default(null),
  /** Of the exit in a reused lane: the entry whose boom and loops it shares. */
  sharesBarrierOf: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,15}$/)
    .optional(),
  /** Terminal numbers of PSAMs that the issuer authorised, for antennas that do not tell. */
  psams: z
    .array(z.string().regex(/^[0-9A-F]{12}$/))
    .min(1)
    .max(8)
    .optional(),
  /** Loops and radars; without any the barrier's own wiring says where they are. */
  sensors: z
    .array(
      z.strictObject({
        kind: z.enum(sensorKinds),
        role: z.enum(sensorRoles),
        link: z.string().min(1).max(400),
      }),
    )
    .max(8)
    .optional(),
  /** Part of the lot that it leads into, as the tariff calls it. */
  area: z.string().trim().min(1).max(40).optional(),
  /** A pile or a handheld in place of a lane. */
  place: placeSchema.optional(),
  /** Where its things stand, for the rules of clause 7.1. */
  siting: laneSiting.optional(),
})

const timeSchema = z.strictObject({
  servers: z
    .array(z.string().regex(/^[A-Za-z0-9.-]{1,253}(:\d{1,5})?$/))
    .min(1)
    .max(4)
    .optional(),
  receiver: z.string().min(1).max(400).optional(),
  mayStep: z.boolean().optional(),
})
/** A folder that is there already, on another disk or a network drive; or one of a server, with its key. */
const copiesSchema = z
  .strictObject({
    to: z.string().min(1).max(400),
    hostKey: z.string().regex(hostKeyShape).optional(),
  })
  .refine(({ to }) => !isServer(to) || sftpPlaceOf(to) !== null, {
    path: ['to'],
    ...rule(
      'sftp://user@host:port/path,不写密码',
      'sftp://user@host:port/path, without a password',
    ),
  })
  .refine(({ to, hostKey }) => isServer(to) === (hostKey !== undefined), {
    path: ['hostKey'],
    ...rule(
      '服务器主机密钥的 SHA256:…,只用于服务器',
      'SHA256:… of the host key of the server, and of a server alone',
    ),
  })

const word = (max: number) => z.string().regex(new RegExp(`^[A-Za-z0-9._-]{1,${max}}$`))

/** Sensors below parking spaces: where their reports come from, and which device is which space. */
const spaceSource = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,15}$/),
  link: z.string().min(1).max(400),
  spaces: z.record(word(64), word(32)),
  heartbeatMin: z.int().min(1).max(10_080).optional(),
})

const gatewaySchema = z.strictObject({
  url: z.string().regex(/^https:\/\/[^/\s]+$/),
  /** Null: the authorities of this machine. */
  caFile: z.string().min(1).max(400).nullable(),
  merchantNo: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
  /** `etc-lane secret set --name NAME`: `keyId:64 hexadecimal digits`, the old key behind a blank. */
  secret: z.string().regex(secretNameShape),
})

const reportSchema = z.strictObject({
  report: z.enum(reportKinds),
  every: z.enum(['day', 'month']),
  /** Of the lot's own day, after the end of the period. */
  at: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
  /** The whole path of a folder that is there already. */
  to: z
    .string()
    .max(400)
    .regex(/^(?:\/|[A-Za-z]:[\\/]|\\\\)./),
  formats: z
    .array(z.enum(['csv', 'xlsx', 'pdf']))
    .min(1)
    .max(3),
  language: z.enum(['zh', 'en']).optional(),
})

const channelSchema = z.strictObject({
  url: z.string().regex(/^https:\/\/[^/\s]+$/),
  caFile: z.string().min(1),
  certDir: z.string().min(1),
  appId: z.string().regex(/^[A-Za-z0-9]{1,32}$/),
  suite: z.enum(suiteNames).optional().meta({ default: standardSuite }),
})

/** One that records go to: 200 a second at most. */
const recordsSchema = channelSchema.extend({
  pacePerMin: z.int().min(1).max(12_000).optional(),
  encryptVehicleIds: z.boolean().optional(),
})

const platformSchema = recordsSchema.extend({ filesFrom: z.int().min(1).max(1_000_000).optional() })

const kindCount = z.int().min(0).max(100_000)
const onRecord = z.string().min(1).max(60)

export const lotSchema = z
  .strictObject({
    version: z.literal(1),
    mode: z.enum(['demo', 'production']),
    lotId: z.string().regex(/^[A-Za-z0-9]{1,8}$/),
    name: words,
    /** 4 digits of GB/T 2260, as the platform's sign-in wants it. */
    provinceCode: z.string().regex(/^\d{4}$/),
    nodeId: z.string().regex(/^[a-z0-9]{1,4}$/),
    /** Of lanes that name none. */
    layout: z.enum([...layoutNames, ...openLayoutNames]).optional(),
    chargeMode: z.enum(['card', 'online']),
    offline: z.enum(['other-payment', 'settle-later', 'accept-within-caps']),
    caps: z.strictObject(settingsUnder('caps')),
    ...settingsOfLot,
    plateMatch: z.strictObject(settingsUnder('plateMatch')).optional(),
    /** First four digits of cards (000 A.2.3 a 4). */
    cardNetworks: z
      .array(z.string().regex(/^\d{4}$/))
      .min(1)
      .max(200)
      .optional(),
    capacity: z.int().min(1).max(100_000),
    spaceKinds: z
      .strictObject({ ordinary: kindCount, charging: kindCount, special: kindCount })
      .optional(),
    district: onRecord.optional(),
    qualification: onRecord.optional(),
    lanes: z.array(laneSchema).min(1).max(64),
    /** `later`: not joined yet; uploads are made and wait. Null: nowhere, no card is charged. */
    platform: z.union([z.literal('later'), platformSchema]).nullable(),
    /** The platform of who operates the lot: its records go there as well. */
    operator: recordsSchema.optional(),
    /** The platform of the ETC operator: the running configuration comes from there. */
    etcOperator: channelSchema.optional(),
    /** Of the configuration taken last, written by the program. */
    configVersion: z
      .string()
      .regex(/^[A-Za-z0-9._-]{1,64}$/)
      .optional(),
    /** Plates at exits go to the expansion platform too. */
    platformRecords: z.boolean().optional(),
    /** Takes money by a code where ETC could not charge; absent: nothing does. */
    gateway: gatewaySchema.optional(),
    help: helpSchema.optional(),
    /** Takes reservations of bays; absent: nobody does. */
    reservation: reservationSchema.optional(),
    tariffFile: z.string().min(1).max(200),
    upkeep: z.strictObject(settingsUnder('upkeep')).optional(),
    copies: copiesSchema.optional(),
    /** Made by themselves after the end of each day or month. */
    reports: z.array(reportSchema).max(8).optional(),
    /** Sources of time, looked at each half hour. */
    time: timeSchema.optional(),
    safety: z.strictObject(settingsUnder('safety')).optional(),
    spaces: z.array(spaceSource).max(16).optional(),
    /** Of receipts; they stand beside the lanes and hold up none. */
    printers: z.array(printerSchema).max(8).optional(),
    scanners: z.array(scannerSchema).max(32).optional(),
    /** Where cameras push to: a card's address of this machine, and the addresses of the cameras. */
    intake: z
      .strictObject({
        host: z.ipv4(),
        port: z.int().min(1024).max(65_535),
        allow: z
          .array(z.string().regex(/^[0-9a-fA-F:.]{2,45}(\/\d{1,3})?$/))
          .min(1)
          .max(64),
      })
      .optional(),
  })
  .meta({ id: 'lot', title: 'Car park of ETC Lane Studio', description: 'Money is integer fen.' })

/** Of the file as people write it: members that have a default may be missing. */
export const lotJsonSchema = (): unknown => z.toJSONSchema(lotSchema, { io: 'input' })
