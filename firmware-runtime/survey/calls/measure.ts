// Calls that measure for a survey: the instrument, and jobs on link, modem, clocks and antennas. They move neither
// money nor a barrier; results are recorded in the named survey.
import { z } from 'zod'
import type { MeasureChoices, MeasureView, SurveyFigures } from './measure-views.ts'
import { measureKinds } from './measure-views.ts'
import { fieldAreas } from '../pure/file/record.ts'
import { installer, none, read, reply, said, type Given } from '#base/calls/rows.ts'
import { photoDraftId } from '#base/calls/photo.ts'
import type { SurveyPage } from './survey-views.ts'

const name = z.string().regex(/^[a-z0-9][a-z0-9-]{0,79}$/)
const by = said(60)
const mm = z.int().min(-40_000).max(40_000)
const place = z.enum(fieldAreas)
/** Why a point is read again. */
const reason = said(200).optional()
const link = said(300)
const profile = z.string().regex(/^[a-z0-9][a-z0-9.-]{0,59}\/[a-z0-9][a-z0-9.-]{0,59}$/)
const host = said(255)
const obuIds = z.array(z.string().regex(/^[0-9A-F]{8}$/)).max(200)

const connect = z.strictObject({
  profile,
  link,
  instrumentId: said(60),
  /** Null: the number that the instrument reports. */
  serialNo: said(60).nullable(),
  calibratedOn: z.iso.date().nullable(),
  calibratedUntil: z.iso.date().nullable(),
  correctionDb: z.number().min(-60).max(60),
  /** Gain of the probe; absent: the antenna is unknown. */
  gainDbi: z.number().min(-60).max(60).exactOptional(),
  simulated: z.boolean(),
})
const burst = z.strictObject({
  name,
  by,
  xMm: mm,
  yMm: mm,
  zMm: z.int().min(0).max(6_000),
  place,
  antennaId: z.int().min(0).max(255).nullable(),
  reason,
})

/** Enough for half an hour, and as much again for late answers. */
const count = z.int().min(1).max(10_000)
const everySec = z.int().min(0).max(3_600)

const linkJob = z.strictObject({
  kind: z.literal('link'),
  /** `HOST:PORT` of a probe-server; null: one-way times and rates are not measured. */
  peer: host.nullable(),
  /** `HOST`, `HOST:PORT` or `https://HOST[:PORT]`; null: the peer. */
  to: host.nullable(),
  interfaceName: said(60).nullable(),
  method: z.enum(['auto', 'icmp', 'tcp', 'https']),
  /** Whether a bad certificate ends the test; absent: the test goes on and reports it. */
  strictCertificate: z.boolean().exactOptional(),
  /** Null: until rows 7 and 8 are decided. */
  count: count.nullable(),
  everyMs: z.int().min(10).max(60_000),
  /** Duration of one run, s; 10 and more: the runs of rows 11 and 12; 0: no rate tests. */
  rateSec: z.int().min(0).max(60),
  clocksWithinMs: z.int().min(0).max(1_000).nullable(),
})
const signalJob = z.strictObject({
  kind: z.literal('signal'),
  /** Null: ModemManager. */
  link: link.nullable(),
  dialect: profile,
  count,
  everySec,
})
const clockJob = z.strictObject({
  kind: z.literal('clock'),
  ntp: z.array(host).max(8),
  gnss: z.array(link).max(4),
  chrony: z.boolean(),
  /** Role of this computer's clock; absent: a reference clock, which is not judged. */
  of: z.enum(['lane', 'ruler']).exactOptional(),
  /** `camera:NAME=http://HOST/`: devices whose clock is read by HTTP. */
  devices: z.array(said(260)).max(32).exactOptional(),
  count,
  everySec,
})
const neighbourJob = z.strictObject({
  kind: z.literal('neighbour'),
  /** In the order of their numbers from 1, each with the OBUs in its own lane. */
  antennas: z.array(z.strictObject({ link, obuIds })).min(1).max(8),
  /** OBUs in a neighbouring lane that belongs to no antenna listed here. */
  inNeighbour: obuIds,
  /** Position of each OBU, in words: three positions are required. */
  places: z.record(z.string().regex(/^[0-9A-F]{8}$/), said(20)).exactOptional(),
  /** Power above that in operation, set in the links, dB. */
  stressDb: z.int().min(1).max(20).exactOptional(),
  /** Number of calls of each antenna, and the duration of each. */
  rounds: z.int().min(1).max(500),
  listenSec: z.int().min(1).max(60),
})
const job = z.discriminatedUnion('kind', [linkJob, signalJob, clockJob, neighbourJob])
/** `reason`: why rows that were measured before are measured again. */
const start = z.strictObject({ name, by, job, reason })
const csv = z.strictObject({
  name,
  by,
  place,
  reason,
  /** File name, for fault messages. */
  file: said(200),
  /** Either the text itself, or the id under which its bytes (UTF-8) were uploaded with `photo.hold`. */
  text: z.string().max(60_000).exactOptional(),
  draftId: photoDraftId.exactOptional(),
  /** Either the column map of a tester, or the columns themselves. */
  profile: profile.exactOptional(),
  columns: z
    .strictObject({
      x: said(80),
      y: said(80),
      z: said(80).nullable(),
      level: said(80),
      time: said(80).nullable(),
    })
    .exactOptional(),
  placeUnit: z.enum(['mm', 'm']),
  /** Unit of the levels; absent: dBm. A profile has its own unit. */
  levelUnit: z.enum(['dBm', 'dBuV', 'dBuV/m']).exactOptional(),
  instrumentId: said(60),
})

export type ConnectArgs = Given<z.infer<typeof connect>>
export type BurstArgs = Given<z.infer<typeof burst>>
export type MeasureJob = Given<z.infer<typeof job>>
export type MeasureJobOf<K extends MeasureJob['kind']> = Extract<MeasureJob, { kind: K }>
export type StartArgs = Given<z.infer<typeof start>>
export type CsvArgs = Given<z.infer<typeof csv>>
/** The arguments with the content of the file. */
export type CsvText = Omit<CsvArgs, 'text' | 'draftId'> & { readonly text: string }

export const measureCalls = {
  'survey.measuring': read('gear', none, reply<MeasureView>(), { rest: 'lanes' }),
  'survey.choices': read('gear', none, reply<MeasureChoices>(), { rest: 'lanes' }),
  'survey.figures': read('gear', () => z.strictObject({ name }), reply<SurveyFigures>(), {
    rest: 'command',
  }),
  'survey.instrument.connect': installer(connect, reply<MeasureView>()),
  /** Answers when the point was taken, or with the fault. */
  'survey.instrument.burst': installer(burst, reply<SurveyPage>()),
  'survey.instrument.close': installer(none, reply<MeasureView>()),
  'survey.measure.start': installer(start, reply<MeasureView>()),
  'survey.measure.stop': installer(
    () => z.strictObject({ kind: z.enum(measureKinds) }),
    reply<MeasureView>(),
  ),
  'survey.csv': installer(csv, reply<SurveyPage>()),
} as const
