// What the platform keeps of lots that are let in: applications with the trace of their review, what each client of the
// sandbox tried, and the reports that were given. Folded from rows of the store like everything else.
import type { InstantMs } from '../../core/values/instant.ts'

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
  /** The joint test that it names. */
  readonly report: string | null
  readonly atMs: InstantMs
  readonly trace: readonly ReviewStep[]
}

/** What one interface was seen to answer. */
export interface Tried {
  readonly codes: ReadonlyMap<string, number>
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
  /** One exchange of a client of the sandbox, whatever came of it. */
  | {
      readonly t: 'tried'
      readonly appId: string
      readonly name: string
      readonly respCode: string
      readonly atMs: InstantMs
    }
  | ({ readonly t: 'jointReport' } & JointReport)

export const onboardingRowNames = [
  'application',
  'review',
  'tried',
  'jointReport',
] as const satisfies readonly OnboardingRow['t'][]

export interface OnboardingState {
  readonly applications: Map<string, Application>
  /** By channel of the sandbox, then by interface. */
  readonly tried: Map<string, Map<string, Tried>>
  readonly reports: Map<string, JointReport>
}

export const emptyOnboarding = (): OnboardingState => ({
  applications: new Map(),
  tried: new Map(),
  reports: new Map(),
})

export function applyOnboarding(
  { applications, tried, reports }: OnboardingState,
  row: OnboardingRow,
): void {
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
      const { appId, name, respCode, atMs } = row
      const own = tried.get(appId) ?? new Map<string, Tried>()
      const { codes, fromMs } = own.get(name) ?? { codes: new Map<string, number>(), fromMs: atMs }
      const count = (codes.get(respCode) ?? 0) + 1
      own.set(name, { codes: new Map([...codes, [respCode, count]]), fromMs, untilMs: atMs })
      tried.set(appId, own)
      return
    }
    case 'jointReport':
      reports.set(row.reportId, row)
  }
}
