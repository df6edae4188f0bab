// What is shown of how a lot is let in by its platform: application, review, test keys, joint test, report.
// What is said of each step is made where the files are read (app/setup/onboarding.ts).
import type { BilingualText } from '../core/faults/faults.ts'
import type { InterfaceId } from '../ports/dialect.ts'
import type { PlatformAccess } from '../ports/platform-access.ts'

/** `forged`: signed over other bytes, so that it has to be refused. */
export type TrialKind = 'right' | 'repeat' | 'unknown' | 'forged'

/** One exchange of a joint test. */
export interface ProtocolLine {
  readonly atIso: string
  readonly interfaceId: InterfaceId | 'report'
  readonly what: TrialKind
  /** Of the platform (9.3.3.4); null: none came. */
  readonly requestId: string | null
  readonly ok: boolean
  readonly said: string
}

export type OnboardingUse = 'test' | 'production'

interface ReviewStep {
  readonly atIso: string
  readonly level: string
  readonly by: string
  readonly verdict: 'pass' | 'reject'
  readonly reason: string
}

export interface OnboardingStep {
  readonly id: 'apply' | 'review' | 'keys' | 'debug' | 'release' | 'production'
  /** `waiting`: for the platform. */
  readonly state: 'open' | 'waiting' | 'failed' | 'done'
  readonly why: BilingualText
}

/** One interface of the joint test. */
export interface TriedInterface {
  readonly id: InterfaceId
  readonly name: BilingualText
  readonly method: string
  readonly path: string
  readonly state: 'open' | 'failed' | 'done'
  /** Of a failed one: what was answered to which trial. */
  readonly failed: Pick<ProtocolLine, 'what' | 'said'> | null
  readonly calls: number
  readonly anomalies: number
}

export interface JointReportView {
  readonly lotId: string
  readonly lotName: string
  /** Of the sandbox. */
  readonly url: string
  readonly appId: string
  /** 32 letters and digits; null: not passed yet. */
  readonly reportId: string | null
  readonly startIso: string | null
  readonly endIso: string | null
  readonly interfaces: readonly TriedInterface[]
  /** What went otherwise than it had to, and how often; what was mended since is still counted. */
  readonly anomalies: readonly {
    readonly interfaceId: ProtocolLine['interfaceId']
    readonly said: string
    readonly count: number
  }[]
}

export interface OnboardingView {
  readonly steps: readonly OnboardingStep[]
  readonly next: OnboardingStep['id'] | null
  readonly trace: readonly (ReviewStep & { readonly use: OnboardingUse })[]
  readonly contact: string
  readonly isRunning: boolean
  readonly report: JointReportView | null
  /** The newest last. */
  readonly protocol: readonly ProtocolLine[]
}

export interface AccessView {
  readonly rows: readonly PlatformAccess[]
  /** Interfaces that the lot's dialect lists, to choose from. */
  readonly interfaces: readonly { readonly id: string; readonly name: BilingualText }[]
}
