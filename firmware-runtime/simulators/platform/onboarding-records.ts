// Records of onboarding: applications with their review steps, calls of each sandbox client, and joint test reports.
// Folded from rows of the store.
import type { InstantMs } from '#base/pure/values/instant.ts'

interface ReviewStep {
  readonly level: string
  readonly by: string
  readonly verdict: 'pass' | 'reject'
  readonly reason: string
  readonly atMs: InstantMs
}

export interface Application {
  readonly id: string
  readonly lotId: string
  readonly use: 'test' | 'production'
  /** Id of the joint test report. */
  readonly report: string | null
  /** As in the application; absent in older rows. */
  readonly name?: string
  readonly contact?: string
  /** Its lanes that have a number; absent in older rows. */
  readonly laneNos?: readonly string[]
  readonly atMs: InstantMs
  readonly trace: readonly ReviewStep[]
}

/** A message that the gateway accepted; nothing leaves this machine. */
export interface Notice {
  readonly by: 'mail' | 'sms'
  readonly to: string
  readonly about: string
  readonly text: string
  readonly atMs: InstantMs
}

/** A developer's question with its replies (000 A.2.2 a). */
export interface Question {
  readonly id: string
  readonly from: string
  readonly about: string
  readonly text: string
  readonly atMs: InstantMs
  readonly replies: readonly {
    readonly by: string
    readonly text: string
    readonly atMs: InstantMs
  }[]
}

/** A wrong request by the member that the answer names. */
interface Anomaly {
  readonly respCode: string
  /** Pointer; empty for the whole body. */
  readonly field: string
  /** Reason of the first one. */
  readonly issue: string
  readonly count: number
}

/** Answer codes seen from one interface, with counts and times. */
export interface Tried {
  readonly codes: ReadonlyMap<string, number>
  /** By code and member. */
  readonly anomalies: ReadonlyMap<string, Anomaly>
  readonly fromMs: InstantMs
  readonly untilMs: InstantMs
}

interface JointReport {
  readonly reportId: string
  readonly appId: string
  readonly atMs: InstantMs
  readonly data: Readonly<Record<string, unknown>>
}

export type OnboardingRow =
  | ({ readonly t: 'application' } & Omit<Application, 'trace'>)
  | ({ readonly t: 'review'; readonly id: string } & ReviewStep)
  /** One exchange of a sandbox client, with its result code. */
  | {
      readonly t: 'tried'
      readonly appId: string
      readonly name: string
      readonly respCode: string
      /** Absent in older rows and where the answer names no member. */
      readonly field?: string
      readonly issue?: string
      readonly atMs: InstantMs
    }
  /** A repeated charge got a forged answer, right in everything but its signature (stranger.ts). */
  | {
      readonly t: 'stranger'
      readonly appId: string
      readonly no: string
      readonly atMs: InstantMs
    }
  | ({ readonly t: 'jointReport' } & JointReport)
  | ({ readonly t: 'notice' } & Notice)
  | ({ readonly t: 'question' } & Omit<Question, 'replies'>)
  | ({ readonly t: 'reply'; readonly id: string } & Question['replies'][number])

export const onboardingRowNames = [
  'application',
  'review',
  'tried',
  'stranger',
  'jointReport',
  'notice',
  'question',
  'reply',
] as const satisfies readonly OnboardingRow['t'][]

/** Review levels in order; each may reject. */
export const levels = ['business', 'technical'] as const

export function stateOfApplication({ trace }: Pick<Application, 'trace'>): string {
  const last = trace.at(-1)
  if (last?.verdict === 'reject') return 'rejected'
  if (trace.length === levels.length) return 'approved'
  return last === undefined ? 'submitted' : last.level
}

/** Channel number of a lot's sandbox. */
export const sandboxAppId = (lotId: string): string => `SB${lotId}`

export interface OnboardingState {
  readonly applications: Map<string, Application>
  /** By sandbox channel, then by interface. */
  readonly tried: Map<string, Map<string, Tried>>
  /** By channel: the charge with a forged answer, and whether it was sent again after that. */
  readonly strangers: Map<string, { readonly no: string; readonly isAskedAgain: boolean }>
  readonly reports: Map<string, JointReport>
  readonly notices: Notice[]
  readonly questions: Map<string, Question>
}

export const emptyOnboarding = (): OnboardingState => ({
  applications: new Map(),
  tried: new Map(),
  strangers: new Map(),
  reports: new Map(),
  notices: [],
  questions: new Map(),
})

export function applyOnboarding(state: OnboardingState, row: OnboardingRow): void {
  const { applications, tried, reports, notices, questions } = state
  switch (row.t) {
    case 'application': {
      const { t: _, ...application } = row
      applications.set(row.id, { ...application, trace: [] })
      return
    }
    case 'review': {
      const { t: _, id, ...step } = row
      const found = applications.get(id)
      if (found !== undefined) applications.set(id, { ...found, trace: [...found.trace, step] })
      return
    }
    case 'tried': {
      const { appId, name, respCode, atMs, field = '', issue = '' } = row
      const own = tried.get(appId) ?? new Map<string, Tried>()
      const before: Tried = own.get(name) ?? {
        codes: new Map(),
        anomalies: new Map(),
        fromMs: atMs,
        untilMs: atMs,
      }
      const codes = new Map(before.codes).set(respCode, (before.codes.get(respCode) ?? 0) + 1)
      const at = `${respCode} ${field}`
      const first = before.anomalies.get(at) ?? { respCode, field, issue, count: 0 }
      const anomalies = new Map(before.anomalies)
      if (!respCode.startsWith('1')) anomalies.set(at, { ...first, count: first.count + 1 })
      own.set(name, { codes, anomalies, fromMs: before.fromMs, untilMs: atMs })
      tried.set(appId, own)
      return
    }
    case 'stranger':
      state.strangers.set(row.appId, { no: row.no, isAskedAgain: false })
      return
    case 'jointReport':
      reports.set(row.reportId, row)
      return
    case 'notice': {
      const { t: _, ...notice } = row
      notices.push(notice)
      return
    }
    case 'question': {
      const { t: _, ...question } = row
      questions.set(row.id, { ...question, replies: [] })
      return
    }
    case 'reply': {
      const { t: _, id, ...reply } = row
      const found = questions.get(id)
      if (found !== undefined) questions.set(id, { ...found, replies: [...found.replies, reply] })
    }
  }
}

/** A charge was sent again with the same body. */
export function chargeAgain({ strangers }: OnboardingState, appId: string, no: string): void {
  if (strangers.get(appId)?.no === no) strangers.set(appId, { no, isAskedAgain: true })
}
