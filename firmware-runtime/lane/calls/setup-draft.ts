// The draft of a lot during set-up: setup.json of a data folder, and the arguments of its forms. Values may be
// incomplete: missing ones are judged (lane/desk/setup/judge.ts), not refused here.
import { z } from 'zod'
import { otherChannels, type OtherChannel } from '#base/pure/lot/destination-members.ts'
import { fenMax } from '#base/pure/values/fen.ts'
import { lotSettings, settingNames, type SettingAnswers } from '#base/pure/lot/lot-settings.ts'
import { once } from '#base/pure/values/once.ts'
import { editionRow, planRow } from '#money/pure/billing/tariff-members.ts'
import { laneMembers } from '#base/pure/lot/lane-members.ts'
import { placeRow } from '#base/pure/place/place-members.ts'
import { laneDeviceMembers } from '#base/pure/lot/device-members.ts'
import { lotMembers } from '#base/pure/lot/lot-members.ts'
import { answersSchema, draftOf } from './member-schema.ts'
import { laneId, type Given } from '#base/calls/rows.ts'

const text = (max: number) => z.string().max(max)
const fen = z.int().min(0).max(fenMax)

type ChannelParts = {
  readonly [Id in OtherChannel]: z.ZodOptional<
    z.ZodNullable<ReturnType<typeof draftOf<(typeof lotMembers)[Id]>>>
  >
}

/** Limit of a lot file. */
const lanesMax = 64

export const draftParts = once(() => {
  const lotPart = z.strictObject({
    name: text(60),
    lotId: draftOf(lotMembers.lotId),
    spaces: draftOf(lotMembers.spaceKinds),
    district: draftOf(lotMembers.district),
    qualification: draftOf(lotMembers.qualification),
    /** `filed`: registered as non-commercial, so nothing may be charged. */
    trade: z.enum(['commercial', 'filed']).nullable(),
    provinceCode: draftOf(lotMembers.provinceCode),
    lanes: z
      .array(
        z.strictObject({
          id: laneId,
          name: text(60),
          layout: text(16),
          direction: draftOf(laneMembers.direction),
          /** A handheld or patrol car of an open lot. */
          reader: answersSchema(placeRow.of.handheld).optional(),
        }),
      )
      .max(lanesMax),
  })

  const openPart = z.strictObject({
    /** Clause of 7.2. */
    layout: text(16),
    streets: draftOf(lotMembers.streets),
    /** Where the sensors of the spaces report. */
    sensors: draftOf(lotMembers.spaces),
  })

  const devicesPart = z.strictObject({
    lanes: z.record(laneId, answersSchema(laneDeviceMembers)),
    /** Where cameras push to: a network card of this machine, and the allowed cameras. */
    intake: z
      .strictObject({
        host: text(45),
        port: z.int().min(0).max(65_535),
        cameras: z.array(text(45)).max(64),
      })
      .nullable(),
  })

  const plan = planRow.members
  const simpleTariff = z.strictObject({
    freeMin: draftOf(plan.freeMin),
    firstPeriodMin: draftOf(plan.first.members.min),
    firstFen: fen,
    nextPeriodMin: draftOf(plan.first.members.min),
    nextFen: fen,
    dailyCapFen: fen.nullable(),
    dayBoundary: z.enum(['calendar', '24h']),
    freeMinutesCounted: draftOf(plan.freeMinutesCounted),
    graceAfterPayMin: draftOf(editionRow.members.graceAfterPayMin),
  })

  /** Or a whole tariff in the form of its file, which is checked like the file. */
  const tariffPart = z.union([simpleTariff, z.looseObject({ editions: z.array(z.unknown()) })])

  const chargePart = z.strictObject({
    mode: draftOf(lotMembers.chargeMode),
    platform: draftOf(lotMembers.platform),
  })

  const offlinePart = z.strictObject({
    policy: draftOf(lotMembers.offline),
    totalFen: draftOf(lotSettings['caps.totalFen']),
    perChargeFen: draftOf(lotSettings['caps.perChargeFen']),
    count: draftOf(lotSettings['caps.count']),
    days: z.int().min(0).max(31),
  })

  /** The answer for each setting; null: its standard value. Bounds are those of the lot file. */
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

  /** Each part holds one form; absent: not saved yet. */
  return {
    lot: lotPart.optional(),
    /** The streets of an open car park; null: an enclosed one. */
    open: openPart.nullable().optional(),
    devices: devicesPart.optional(),
    /** Measurements of each lane. */
    siting: z.record(laneId, draftOf(laneMembers.siting)).optional(),
    tariff: tariffPart.optional(),
    charge: chargePart.optional(),
    offline: offlinePart.optional(),
    /** In the form of lot.json; null: the lot has none. */
    ...(Object.fromEntries(
      otherChannels.map((id) => [id, draftOf(lotMembers[id]).nullable().optional()]),
    ) as unknown as ChannelParts),
    reservation: draftOf(lotMembers.reservation).nullable().optional(),
    gateway: draftOf(lotMembers.gateway).nullable().optional(),
    centre: draftOf(lotMembers.centre).nullable().optional(),
    published: draftOf(lotMembers.published).nullable().optional(),
    /** One without an address is not installed yet. */
    printers: draftOf(lotMembers.printers).optional(),
    scanners: draftOf(lotMembers.scanners).optional(),
    settings: settingsPart.optional(),
    time: draftOf(lotMembers.time).optional(),
    stamps: draftOf(lotMembers.stamps).nullable().optional(),
    updates: draftOf(lotMembers.updates).nullable().optional(),
    /** Empty: copies stay on this machine. The host key of a server, after a person accepted it. */
    keep: draftOf(lotMembers.copies).optional(),
  }
})

/** setup.json of a data folder: the answers so far. */
export const setupDraft = once(() => z.strictObject({ version: z.literal(1), ...draftParts() }))

export type SetupDraft = Given<z.infer<ReturnType<typeof setupDraft>>>
