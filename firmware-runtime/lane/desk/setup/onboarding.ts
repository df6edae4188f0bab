// Progress of a lot's registration at its platform (000 A.2.1, A.2.2): application, review level by level, test keys,
// joint test, report. The files of application and review are assumed: no source defines an interface for them.
import { laneKindsBy } from '#base/pure/device-kinds/lane-kinds.ts'
import { z } from 'zod'
import type {
  JointReportView,
  OnboardingStep,
  OnboardingUse,
  OnboardingView,
  ProtocolLine,
  TriedInterface,
} from '#ledger/calls/onboarding-views.ts'
import type { SetupDraft } from '../../calls/setup-draft.ts'
import { bcdDateTimeOf, type InstantMs } from '#base/pure/values/instant.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { runningLot } from '#base/pure/lot/streets.ts'
import { bothOf, t } from '#base/pure/words/fault-text.ts'
import { joinedWhy, LaneFault, type BilingualText } from '#base/pure/faults/faults.ts'
import { issueWhy } from '#base/pure/words/issue-why.ts'
import { jsonPointer } from '#base/pure/data/json.ts'
import type { InterfaceRow } from '#ledger/ports/dialect.ts'
import { readStrictJson } from '#base/process/strict-json.ts'
import { lastOf, trialsOf } from './joint-test.ts'

type RunningPart = Pick<LotConfig, 'lanes' | 'streets'> & { readonly layout: string }

const text = (max: number) => z.string().max(max)
const use = z.enum(['test', 'production'])

const reviewSchema = z.strictObject({
  format: z.literal('etc-review'),
  version: z.literal(1),
  /** Number of the application at the platform. */
  id: text(64),
  lotId: text(8),
  use,
  /** `approved`, `rejected`, or the level reached. */
  state: text(40),
  trace: z
    .array(
      z.strictObject({
        atIso: text(40),
        level: text(40),
        by: text(60),
        verdict: z.enum(['pass', 'reject']),
        reason: text(400),
      }),
    )
    .max(50),
})
type Review = z.infer<typeof reviewSchema>

const lineSchema = z.strictObject({
  atIso: text(40),
  interfaceId: z.custom<ProtocolLine['interfaceId']>((id) => typeof id === 'string'),
  what: z.enum(['right', 'repeat', 'unknown', 'forged']),
  requestId: text(64).nullable(),
  ok: z.boolean(),
  said: text(400),
})

/** Progress of a joint test. */
export const jointSchema = z.strictObject({
  runId: text(28),
  startedAtMs: z.int(),
  lines: z.array(lineSchema),
  reportId: z.string().nullable(),
  /** Exchanges of runs that were left for a new one; absent in files of older versions. */
  former: z.array(lineSchema).default([]),
})

/** A run from the start; what the runs before it found stays. */
export const newJoint = (
  lotId: string,
  startedAtMs: InstantMs,
  before: z.infer<typeof jointSchema> | null,
): z.infer<typeof jointSchema> => ({
  runId: `T${lotId}${bcdDateTimeOf(startedAtMs)}`,
  startedAtMs,
  lines: [],
  reportId: null,
  former: before === null ? [] : [...before.former, ...before.lines],
})

/** `joining.json` of the data folder. */
export const joiningSchema = z.strictObject({
  version: z.literal(1),
  contact: text(120),
  /** Number of reviews at the time of the application: those belong to earlier applications. */
  applied: z.partialRecord(use, z.int()),
  reviews: z.array(reviewSchema).max(100),
  joint: jointSchema.nullable(),
})
export type Joining = z.infer<typeof joiningSchema>

export const noJoining: Joining = { version: 1, contact: '', applied: {}, reviews: [], joint: null }

/** Throws FILE-02, or SETUP-07 with the field that breaks its rule. */
export function readReview(source: string, file: string, lotId: string): Review {
  const parsed = reviewSchema.safeParse(readStrictJson(source, file))
  const refusal = (field: string, value: string, note: BilingualText | string): LaneFault =>
    new LaneFault('SETUP-07', { file, field, value, note: joinedWhy([file, note]) })
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw refusal(jsonPointer(issue?.path ?? []), '', issueWhy(issue))
  }
  if (parsed.data.lotId !== lotId)
    throw refusal(
      '/lotId',
      parsed.data.lotId,
      t(`这个停车场是 ${lotId}`, `this car park is ${lotId}`),
    )
  return parsed.data
}

interface Asked {
  readonly use: OnboardingUse
  readonly contact: string
  /** Report id of the passed joint test. */
  readonly reportId: string | null
}

const lackWords = {
  '/lot/name': t('停车场名称', 'name of the car park'),
  '/lot/lotId': t('停车场编号', 'number of the car park'),
  '/lot/district': t('所在区县', 'district'),
  '/lot/qualification': t('经营资质', 'qualification'),
  '/lot/lanes': t('车道', 'lanes'),
  '/contact': t('联系人', 'contact'),
  '/report': t('通过的联调报告', 'report of a passed joint test'),
} as const

/** The application as a file for the platform. JOIN-02 with what is missing. */
export function applicationOf(draft: SetupDraft, { use: forUse, contact, reportId }: Asked) {
  const { lot, devices, open } = draft
  const lacks = (field: keyof typeof lackWords): LaneFault => {
    const { zh, en } = lackWords[field]
    return new LaneFault('JOIN-02', { field, value: '', note: t(`还缺:${zh}`, `missing: ${en}`) })
  }
  for (const field of ['name', 'lotId', 'district', 'qualification'] as const)
    if ((lot?.[field] ?? '') === '') throw lacks(`/lot/${field}`)
  if (contact === '') throw lacks('/contact')
  // The pile of a space is an antenna of the lot, and to a platform a lane.
  const { layout, streets } = open ?? { layout: '', streets: [] }
  const piles = runningLot<RunningPart>({ layout, streets, lanes: [] }).lanes
  if (lot === undefined || lot.lanes.length + piles.length === 0) throw lacks('/lot/lanes')
  if (forUse === 'production' && reportId === null) throw lacks('/report')
  const kinds = (laneId: string): readonly string[] =>
    laneKindsBy('clause').filter((kind) => (devices?.lanes[laneId]?.[kind] ?? '') !== '')
  const { name, lotId, district, qualification, provinceCode, spaces } = lot
  return {
    format: 'etc-application',
    version: 1,
    use: forUse,
    name,
    lotId,
    district,
    qualification,
    provinceCode,
    spaces,
    contact,
    lanes: [
      ...lot.lanes.map(({ reader: _, ...lane }) => ({ ...lane, devices: kinds(lane.id) })),
      ...piles.map((lane) => {
        const { id, name, direction } = lane
        return { id, name: name.zh, layout, direction, devices: ['rsu'] }
      }),
    ],
    ...(reportId === null ? {} : { report: reportId }),
  }
}

/** A review of the same application replaces the earlier one. */
export const withReview = (reviews: readonly Review[], fresh: Review): Review[] =>
  reviews.some(({ id }) => id === fresh.id)
    ? reviews.map((one) => (one.id === fresh.id ? fresh : one))
    : [...reviews, fresh]

function reviewStep(
  joining: Joining,
  forUse: OnboardingUse,
): Pick<OnboardingStep, 'state' | 'why'> {
  const { reviews, applied } = joining
  const at = reviews.findLastIndex((one) => one.use === forUse)
  const before = applied[forUse]
  // Reviews from before a new application belong to the former one.
  const review = at >= (before ?? 0) ? reviews[at] : undefined
  const last = review?.trace.at(-1)
  if (review?.state === 'approved') return { state: 'done', why: t('审批通过', 'Approved') }
  if (review?.state === 'rejected')
    return {
      state: 'failed',
      why: t(
        `${last?.level ?? ''} 一级不通过:${last?.reason ?? ''};改正后重新申请`,
        `Rejected at level ${last?.level ?? ''}: ${last?.reason ?? ''}. Correct it and apply again`,
      ),
    }
  if (before === undefined)
    return { state: 'open', why: t('还没有申请', 'No application has been made yet') }
  const level = review?.state ?? 'submitted'
  return {
    state: 'waiting',
    why: t(
      `平台审批中(${level}):收到审批回执后导入`,
      `The platform is reviewing the application (${level}): import its answer when it arrives`,
    ),
  }
}

function triedInterfaces(
  rows: readonly InterfaceRow[],
  lines: readonly ProtocolLine[],
): readonly TriedInterface[] {
  const trials = trialsOf(rows)
  return rows.map(({ id, zh, en, method, path }) => {
    const last = trials
      .filter(({ interfaceId }) => interfaceId === id)
      .map((trial) => lastOf(lines, trial))
    const failed = last.find((line) => line?.ok === false) ?? null
    const own = lines.filter(({ interfaceId }) => interfaceId === id)
    return {
      id,
      name: t(zh, en),
      method,
      path,
      state: failed !== null ? 'failed' : last.every((line) => line?.ok) ? 'done' : 'open',
      failed: failed === null ? null : { what: failed.what, said: failed.said },
      calls: own.length,
      anomalies: own.filter(({ ok }) => !ok).length,
    }
  })
}

export interface Sandbox {
  readonly url: string
  readonly appId: string
}

interface ReportFacts {
  readonly joint: NonNullable<Joining['joint']>
  readonly rows: readonly InterfaceRow[]
  readonly sandbox: Sandbox
  readonly lot: { readonly lotId: string; readonly name: string }
}

function anomaliesOf(lines: readonly ProtocolLine[]): JointReportView['anomalies'] {
  const anomalies = new Map<string, JointReportView['anomalies'][number]>()
  for (const { ok, interfaceId, said } of lines) {
    const key = `${interfaceId} ${said}`
    if (!ok) anomalies.set(key, { interfaceId, said, count: (anomalies.get(key)?.count ?? 0) + 1 })
  }
  return [...anomalies.values()]
}

export function jointReport({ joint, rows, sandbox, lot }: ReportFacts): JointReportView {
  const { lines, reportId, former } = joint
  return {
    lotId: lot.lotId,
    lotName: lot.name,
    url: sandbox.url,
    appId: sandbox.appId,
    reportId,
    startIso: lines[0]?.atIso ?? null,
    endIso: lines.at(-1)?.atIso ?? null,
    interfaces: triedInterfaces(rows, lines),
    anomalies: anomaliesOf(lines),
    former: {
      startIso: former[0]?.atIso ?? null,
      calls: former.length,
      anomalies: anomaliesOf(former),
    },
  }
}

interface OnboardingFacts {
  readonly joining: Joining
  /** Its test channel has been imported. */
  readonly sandbox: Sandbox | null
  readonly report: JointReportView | null
  /** The settings name a production platform. */
  readonly isJoined: boolean
}

function debugStep({ report }: OnboardingFacts): Pick<OnboardingStep, 'state' | 'why'> {
  const interfaces = report?.interfaces ?? []
  const failed = interfaces.find(({ state }) => state === 'failed')
  const done = interfaces.filter(({ state }) => state === 'done').length
  if (failed !== undefined) {
    const { name } = failed
    return {
      state: 'failed',
      why: t(
        `${name.zh}没有通过:请平台核对这个接口,再继续联调`,
        `${name.en} did not pass: ask the platform to check this interface, then continue the joint test`,
      ),
    }
  }
  const count = t(
    `${done} / ${interfaces.length} 个接口通过`,
    `${done} of ${interfaces.length} interfaces passed`,
  )
  return { state: done > 0 && done === interfaces.length ? 'done' : 'open', why: count }
}

function releaseStep({ report, joining }: OnboardingFacts): Pick<OnboardingStep, 'state' | 'why'> {
  const id = report?.reportId ?? null
  if (id !== null) return { state: 'done', why: t(`报告编号 ${id}`, `Report ${id}`) }
  const last = joining.joint?.lines.findLast(({ interfaceId }) => interfaceId === 'report')
  if (last !== undefined)
    return {
      state: 'failed',
      why: t(`平台没有出报告:${last.said}`, `The platform did not issue a report: ${last.said}`),
    }
  return {
    state: 'open',
    why: t('接口全部通过后由平台出具', 'The platform issues it when all interfaces have passed'),
  }
}

const done = (why: BilingualText): Pick<OnboardingStep, 'state' | 'why'> => ({ state: 'done', why })

/** Each step with its state; a later step may prove an earlier one. */
export function onboardingSteps(facts: OnboardingFacts): Pick<OnboardingView, 'steps' | 'next'> {
  const { joining, sandbox, isJoined, report } = facts
  const review = reviewStep(joining, 'test')
  const applied = joining.applied.test
  const isThrough = sandbox !== null || review.state === 'done'
  const production = reviewStep(joining, 'production')
  const steps: readonly OnboardingStep[] = [
    {
      id: 'apply',
      ...(applied !== undefined || isThrough
        ? done(t('已申请', 'Applied'))
        : { state: 'open', why: t('还没有申请', 'No application has been made yet') }),
    },
    { id: 'review', ...(isThrough ? done(t('审批通过', 'Approved')) : review) },
    {
      id: 'keys',
      ...(sandbox === null
        ? {
            state: 'open',
            why: t('导入平台给的联调渠道', 'Import the test channel from the platform'),
          }
        : done(bothOf(`${sandbox.url} ${sandbox.appId}`))),
    },
    { id: 'debug', ...debugStep(facts) },
    { id: 'release', ...releaseStep(facts) },
    {
      id: 'production',
      ...(isJoined && (report?.reportId ?? null) !== null
        ? done(t('正式渠道已导入', 'The production channel is imported'))
        : production),
    },
  ]
  return { steps, next: steps.find(({ state }) => state !== 'done')?.id ?? null }
}

export const traceOf = ({ reviews }: Joining): OnboardingView['trace'] =>
  reviews.flatMap(({ use: forUse, trace }) => trace.map((step) => ({ use: forUse, ...step })))
