// The draft of a lot that is being set up: setup.json of a data folder, and what the calls of its forms take.
// Values may be half filled in: what is missing is judged (app/setup/judge.ts), not refused here.
import { z } from 'zod'
import { lotSettings, settingNames, type SettingAnswers } from '../core/values/lot-settings.ts'
import { suiteNames } from '../core/values/suite.ts'
import { laneId, type Given } from './rows.ts'
import { laneSiting } from './siting-schema.ts'

const text = (max: number) => z.string().max(max)
const spaces = z.int().min(0).max(100_000)
const fen = z.int().min(0).max(100_000_000)
const link = text(400)

/** As many as a lot file has. */
const lanesMax = 64

const lotPart = z.strictObject({
  name: text(60),
  lotId: text(8),
  spaces: z.strictObject({ ordinary: spaces, charging: spaces, special: spaces }),
  district: text(60),
  qualification: text(60),
  /** `filed`: put on record as not commercial, so nothing may be charged. */
  trade: z.enum(['commercial', 'filed']).nullable(),
  provinceCode: text(4),
  lanes: z
    .array(
      z.strictObject({
        id: laneId,
        name: text(60),
        layout: text(16),
        direction: z.enum(['entry', 'exit']),
      }),
    )
    .max(lanesMax),
})

/** An empty link: not there yet. */
const laneDevices = z.strictObject({
  camera: link,
  barrier: link,
  display: link,
  rsu: link,
  /** Terminal numbers of PSAMs from the issuer's paper. */
  psams: z.array(text(12)).max(8),
})

const devicesPart = z.strictObject({
  lanes: z.record(laneId, laneDevices),
  /** Where cameras push to: a card of this machine, and the cameras that may. */
  intake: z
    .strictObject({
      host: text(45),
      port: z.int().min(0).max(65_535),
      cameras: z.array(text(45)).max(64),
    })
    .nullable(),
})

const simpleTariff = z.strictObject({
  freeMin: z.int().min(0).max(1440),
  firstPeriodMin: z.int().min(1).max(10_080),
  firstFen: fen,
  nextPeriodMin: z.int().min(1).max(10_080),
  nextFen: fen,
  dailyCapFen: fen.nullable(),
  dayBoundary: z.enum(['calendar', '24h']),
  /** Whether a charged stay pays from its entry on. */
  freeMinutesCounted: z.boolean(),
  graceAfterPayMin: z.int().min(0).max(1440),
})

/** Or a whole tariff as its file has it: the check of the file judges it. */
const tariffPart = z.union([simpleTariff, z.looseObject({ editions: z.array(z.unknown()) })])

const channelPart = z.strictObject({
  url: text(200),
  caFile: text(400),
  certDir: text(400),
  appId: text(32),
  suite: z.enum(suiteNames).optional(),
})
/** One that records go to. */
const recordsPart = channelPart.extend({
  pacePerMin: z.int().min(1).max(12_000).optional(),
  encryptVehicleIds: z.boolean().optional(),
})

const chargePart = z.strictObject({
  mode: z.enum(['card', 'online']),
  platform: z.union([
    z.literal('later'),
    recordsPart.extend({ filesFrom: z.int().min(1).max(1_000_000).optional() }),
  ]),
})

/** As lot.json has it; an empty `url`: by the broker alone. */
const reservationPart = z.strictObject({
  broker: text(200),
  url: text(200),
  caFile: text(400).nullable(),
  appId: text(32),
  parkCode: text(32),
  secret: text(32),
  spaces,
})

/** As lot.json has it: it is checked there. */
const gatewayPart = z.strictObject({
  url: text(200),
  caFile: text(400).nullable(),
  merchantNo: text(64),
  secret: text(32),
})

const offlinePart = z.strictObject({
  policy: z.enum(['other-payment', 'settle-later', 'accept-within-caps']),
  totalFen: fen,
  perChargeFen: fen,
  count: z.int().min(0).max(100_000),
  days: z.int().min(0).max(31),
})

/** As lot.json has them; without an address it is not there yet. */
const printerPart = z.strictObject({
  id: laneId,
  link,
  lanes: z.array(laneId).max(64).optional(),
  prints: z.enum(['asked', 'always']),
  plate: z.enum(['whole', 'masked', 'none']),
  drawer: z.enum(['pin2', 'pin5']).optional(),
})
const scannerPart = z.strictObject({ id: laneId, link, lane: text(16) })

/** Of each setting what was answered; null: its standard. Bounds are the lot file's. */
const settingsPart = z.strictObject(
  Object.fromEntries(
    settingNames
      .filter((name) => lotSettings[name].group !== 'none')
      .map((name) => [
        name,
        (lotSettings[name].kind === 'flag' ? z.boolean() : fen).nullable().optional(),
      ]),
  ),
) as unknown as z.ZodType<SettingAnswers>

const timePart = z.strictObject({
  servers: z.array(text(260)).max(4).optional(),
  receiver: link.optional(),
  mayStep: z.boolean().optional(),
})

/** A folder on another disk, or of a server; empty: copies stay on this machine. */
const keepPart = z.strictObject({
  to: text(400),
  /** Of the server, once a person agreed to it. */
  hostKey: text(60).optional(),
})

/** Each is what one form holds; absent: nobody has saved it yet. */
export const draftParts = {
  lot: lotPart.optional(),
  devices: devicesPart.optional(),
  /** What was measured of each lane. */
  siting: z.record(laneId, laneSiting).optional(),
  tariff: tariffPart.optional(),
  charge: chargePart.optional(),
  offline: offlinePart.optional(),
  /** The platform of who operates the lot, and that of the ETC operator (table G.1); null: none. */
  operator: recordsPart.nullable().optional(),
  etcOperator: channelPart.nullable().optional(),
  platformRecords: z.boolean().optional(),
  /** Null: nobody reserves bays. */
  reservation: reservationPart.nullable().optional(),
  /** Null: nobody pays by a code here. */
  gateway: gatewayPart.nullable().optional(),
  printers: z.array(printerPart).max(8).optional(),
  scanners: z.array(scannerPart).max(32).optional(),
  settings: settingsPart.optional(),
  time: timePart.optional(),
  keep: keepPart.optional(),
}

/** setup.json of a data folder: what was answered so far. */
export const setupDraft = z.strictObject({ version: z.literal(1), ...draftParts })

export type SetupDraft = Given<z.infer<typeof setupDraft>>
