// The registration of a lot at its platform, for display: application, review, test keys, joint test, report. The texts
// of the steps are made where the files are read (lane/desk/setup/onboarding.ts).
import type { BilingualText } from '#base/pure/faults/faults.ts'
import type { InterfaceId } from '../ports/dialect.ts'
import type { PlatformAccess } from '../ports/platform-access.ts'

/** `forged`: signed over other bytes, so it has to be refused. */
export type TrialKind = 'right' | 'repeat' | 'unknown' | 'forged'

/** One exchange of a joint test. */
export interface ProtocolLine {
  readonly atIso: string
  readonly interfaceId: InterfaceId | 'report'
  readonly what: TrialKind
  /** Request id of the platform (9.3.3.4); null: no answer. */
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
  /** For a failed one: the trial and the answer. */
  readonly failed: Pick<ProtocolLine, 'what' | 'said'> | null
  readonly calls: number
  readonly anomalies: number
}

export interface JointReportView {
  readonly lotId: string
  readonly lotName: string
  /** Address of the sandbox. */
  readonly url: string
  readonly appId: string
  /** 32 letters and digits; null: not passed yet. */
  readonly reportId: string | null
  readonly startIso: string | null
  readonly endIso: string | null
  readonly interfaces: readonly TriedInterface[]
  /** Exchanges with a wrong result, with their number; those repeated with success later are counted as well. */
  readonly anomalies: readonly {
    readonly interfaceId: ProtocolLine['interfaceId']
    readonly said: string
    readonly count: number
  }[]
  /** Runs that were left for a new one. */
  readonly former: {
    /** Null: there were none. */
    readonly startIso: string | null
    readonly calls: number
    readonly anomalies: JointReportView['anomalies']
  }
}

export interface OnboardingView {
  readonly steps: readonly OnboardingStep[]
  readonly next: OnboardingStep['id'] | null
  readonly trace: readonly (ReviewStep & { readonly use: OnboardingUse })[]
  readonly contact: string
  readonly isRunning: boolean
  readonly report: JointReportView | null
  /** Newest last. */
  readonly protocol: readonly ProtocolLine[]
}

export interface AccessView {
  readonly rows: readonly PlatformAccess[]
  /** Interfaces of the lot's dialect, for a filter. */
  readonly interfaces: readonly { readonly id: string; readonly name: BilingualText }[]
}
