// Onboarding of a lot (000 A.2.1, A.2.2 b to d, f to h): application, review by level, and the files for an approved
// lot: test keys first, a production channel only with a passed joint test report.
import { lotIdShape } from '#base/pure/values/ids.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import type { AdminRoutes } from '../shell/admin.ts'
import type { AdminPlan } from './admin.ts'
import { textIn } from './admin-members.ts'
import { isMembers, membersIn, refuse } from '../shell/members.ts'
import type { PlatformModel } from './model.ts'
import { levels, sandboxAppId, stateOfApplication } from './onboarding-records.ts'
import type { Application, Notice } from './onboarding-records.ts'

interface OnboardingPlan extends Pick<AdminPlan, 'model' | 'settled'> {
  /** Files of a channel for an approved application, by name. */
  files(application: Application, url: string | null): Readonly<Record<string, string>>
}

/** The review as a file for the applicant. */
const reviewOf = (application: Application): Readonly<Record<string, unknown>> => ({
  format: 'etc-review',
  version: 1,
  id: application.id,
  lotId: application.lotId,
  use: application.use,
  state: stateOfApplication(application),
  trace: [
    { atIso: isoOf(application.atMs), level: 'submitted', by: '', verdict: 'pass', reason: '' },
    ...application.trace.map(({ atMs, ...step }) => ({ atIso: isoOf(atMs), ...step })),
  ],
})

interface ChannelPlan {
  /** Channel number for production. */
  readonly appId: string
  readonly url: string
  /** Test keys for a sandbox channel number. */
  testKeys(appId: string): Readonly<Record<string, string>>
}

/** Files for an approved application: test keys, or the production channel. */
export function channelFiles(
  { lotId, use, report }: Application,
  { appId, url, testKeys }: ChannelPlan,
): Readonly<Record<string, string>> {
  const isTest = use === 'test'
  const own = isTest ? sandboxAppId(lotId) : appId
  const more = isTest ? { certDir: '.', caFile: 'ca.pem' } : { report }
  const channel = { format: 'etc-channel', version: 1, use, appId: own, url, lotId, ...more }
  const text = `${JSON.stringify(channel, null, 2)}\n`
  return { ...(isTest ? testKeys(own) : {}), 'channel.json': text }
}

const same = (one = '', other = ''): boolean => one.trim() === other.trim()

/**
 * The lot id, when no other applicant holds it (approved or under review): only its holder gets its keys. Compared
 * without case, because file names may ignore case. Throws ARG-01.
 */
function freeLotId(lotId: string, by: Pick<Application, 'name' | 'contact'>, model: PlatformModel) {
  if (!lotIdShape.test(lotId)) throw refuse('lotId', lotId, '1 to 8 letters and digits')
  const holders = [...model.state.onboarding.applications.values()].filter(
    (one) =>
      one.lotId.toUpperCase() === lotId.toUpperCase() && stateOfApplication(one) !== 'rejected',
  )
  const isOwn = (one: Application): boolean =>
    one.lotId === lotId && same(one.name, by.name) && same(one.contact, by.contact)
  if (!holders.every(isOwn)) throw refuse('lotId', lotId, 'another name or contact holds it')
  return lotId
}

/** Throws ARG-01 with the first wrong or missing member. */
function readApplication(body: unknown, model: PlatformModel) {
  const members = membersIn(body)
  if (members['format'] !== 'etc-application') throw refuse('format', members['format'], 'no form')
  for (const name of ['district', 'qualification']) textIn(members, name)
  const [name, contact] = [textIn(members, 'name'), textIn(members, 'contact')]
  const { lanes, use, report = null } = members
  if (!Array.isArray(lanes) || lanes.length === 0) throw refuse('lanes', lanes, 'at least one')
  if (use !== 'test' && use !== 'production') throw refuse('use', use, 'test or production')
  const lotId = freeLotId(textIn(members, 'lotId'), { name, contact }, model)
  const passed = model.state.onboarding.reports.get(typeof report === 'string' ? report : '')
  if (use === 'production' && passed?.appId !== sandboxAppId(lotId))
    throw refuse('report', report, 'no joint test of this lot has passed under this id')
  if (use === 'production' && (passed?.data['impolite'] ?? null) === null)
    throw refuse(
      'report',
      report,
      'a polite sandbox gave it: pass the joint test of one that is not',
    )
  const laneNos = lanes.flatMap((lane: unknown) =>
    isMembers(lane) && typeof lane['id'] === 'string' ? [lane['id']] : [],
  )
  return { lotId, use, report: passed?.reportId ?? null, name, contact, laneNos } as const
}

/** Messages to the applicant about approval or rejection (000 A.2.1 b, A.2.2 d and h); none before that. */
function noticesOf(application: Application, atMs: number): readonly Notice[] {
  const { id, use, trace, name = '', contact = '' } = application
  const state = stateOfApplication(application)
  if (state !== 'approved' && state !== 'rejected') return []
  const what = use === 'test' ? '模拟测试环境' : '正式环境'
  const text =
    state === 'approved'
      ? `【测试】${name}:${what}接入申请 ${id} 已通过,接入授权文件凭申请编号领取。`
      : `【测试】${name}:${what}接入申请 ${id} 未通过,原因:${trace.at(-1)?.reason ?? ''}`
  return (['mail', 'sms'] as const).map((by) => ({ by, to: contact, about: id, text, atMs }))
}

/**
 * GET /applications -> all with their review, newest first; POST /applications; POST /reviews {id, verdict, by,
 * reason}, each level by another name; GET /applications/:id?url= -> {review, files}.
 */
export function onboardingRoutes({ model, files, settled }: OnboardingPlan): AdminRoutes {
  const known = (id: string): Application => {
    const found = model().state.onboarding.applications.get(id)
    if (found === undefined) throw refuse('id', id, 'no such application')
    return found
  }
  return {
    'GET /applications': () => ({
      applications: [...model().state.onboarding.applications.values()]
        .toReversed()
        .map((one) => ({ ...reviewOf(one), name: one.name ?? '', contact: one.contact ?? '' })),
    }),
    'POST /applications': async ({ body }) => {
      const application = readApplication(body, model())
      const letter = application.use === 'test' ? 'T' : 'P'
      const id = `${letter}${model().state.onboarding.applications.size + 1}`
      model().record({ t: 'application', id, ...application, atMs: Date.now() })
      await settled()
      return reviewOf(known(id))
    },
    'POST /reviews': async ({ body }) => {
      const members = membersIn(body)
      const application = known(textIn(members, 'id'))
      const level = levels[application.trace.length]
      const state = stateOfApplication(application)
      if (state === 'rejected' || level === undefined)
        throw refuse('id', application.id, `it is ${state} for good`)
      const { verdict, reason = '' } = members
      if (verdict !== 'pass' && verdict !== 'reject')
        throw refuse('verdict', verdict, 'pass or reject')
      const by = textIn(members, 'by')
      if (application.trace.some((step) => same(step.by, by)))
        throw refuse('by', by, 'the level before was reviewed under this name')
      const said = { by, verdict, reason: String(reason) } as const
      model().record({ t: 'review', id: application.id, level, ...said, atMs: Date.now() })
      for (const notice of noticesOf(known(application.id), Date.now()))
        model().record({ t: 'notice', ...notice })
      await settled()
      return reviewOf(known(application.id))
    },
    'GET /applications/:id': ({ id, query }) => {
      const application = known(id)
      const isThrough = stateOfApplication(application) === 'approved'
      return {
        review: reviewOf(application),
        files: isThrough ? files(application, query.get('url')) : {},
      }
    },
  }
}
