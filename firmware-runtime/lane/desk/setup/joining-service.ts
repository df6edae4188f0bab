// The registration of a lot at its platform (000 A.2.2): application, reviews, test channel, joint test and report, and
// what may be joined by then. Lanes do not charge by any of it.
import { t } from '#base/pure/words/fault-text.ts'
import type { AccessView, OnboardingUse, OnboardingView } from '#ledger/calls/onboarding-views.ts'
import type { SetupDraft } from '../../calls/setup-draft.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { Cancel } from '#base/ports/clocks.ts'
import type { Dialect } from '#ledger/ports/dialect.ts'
import type { AccessFilter, PlatformAccess } from '#ledger/ports/platform-access.ts'
import {
  foreignChannel,
  readChannel,
  type ChannelFile,
  type JoinedPlatform,
} from './channel-file.ts'
import { runJointTest, type SandboxLink } from './joint-runner.ts'
import {
  applicationOf,
  jointReport,
  newJoint,
  onboardingSteps,
  readReview,
  traceOf,
  withReview,
  type Joining,
  type Sandbox,
} from './onboarding.ts'

export interface JoiningPorts {
  /** Throws FILE-02. */
  read(): Joining
  /** Durable when it returns. */
  keep(joining: Joining): void
  sandbox(): Sandbox | null
  /** Paths of the files found in a folder, by their role. */
  found(from: string): { readonly review: string | null; readonly channel: string | null }
  text(path: string): string
  /** Throws CERT-01; copies the files and seals the key. */
  keepSandbox(from: string): void
  /** Throws LOT-02 for a province without rules. */
  dialect(provinceCode: string): Dialect
  open(sandbox: Sandbox, dialect: Dialect): SandboxLink
  /** Throws FILE-03 when the file exists. */
  export(path: string, text: string): void
  /** Access log of production. */
  access(filter: AccessFilter): readonly PlatformAccess[]
}

interface Place extends JoiningPorts {
  draft(): SetupDraft
  nowMs(): InstantMs
}

const linesShown = 200

export class JoiningService {
  private readonly place: Place
  private stopRun: Cancel | null = null

  constructor(place: Place) {
    this.place = place
  }

  view(isJoined: boolean): OnboardingView {
    const { place } = this
    const joining = place.read()
    const sandbox = place.sandbox()
    const report = this.report(joining, sandbox)
    return {
      ...onboardingSteps({ joining, sandbox, report, isJoined }),
      trace: traceOf(joining),
      contact: joining.contact,
      isRunning: this.stopRun !== null,
      report,
      protocol: (joining.joint?.lines ?? []).slice(-linesShown),
    }
  }

  report(joining = this.place.read(), sandbox = this.place.sandbox()): OnboardingView['report'] {
    if (sandbox === null) return null
    const { lot } = this.place.draft()
    const { lotId = '', name = '', provinceCode = '' } = lot ?? {}
    const joint = joining.joint ?? newJoint('', 0, null)
    const rows = this.place.dialect(provinceCode).interfaces
    return jointReport({ joint, rows, sandbox, lot: { lotId, name } })
  }

  /** Writes the application and returns its path. Throws JOIN-02, FILE-03. */
  apply(forUse: OnboardingUse, contact: string, folder: string): string {
    const { place } = this
    const joining = place.read()
    const reportId = joining.joint?.reportId ?? null
    const application = applicationOf(place.draft(), { use: forUse, contact, reportId })
    const count = joining.reviews.length
    const file = `${folder}/${application.lotId}.${forUse}-${count + 1}.application.json`
    place.export(file, `${JSON.stringify(application, null, 2)}\n`)
    place.keep({ ...joining, contact, applied: { ...joining.applied, [forUse]: count } })
    return file
  }

  /** Imports review and test channel from a folder; true: nothing else needs to be imported from it. */
  take(from: string): boolean {
    const { place } = this
    const { review, channel } = place.found(from)
    const lotId = place.draft().lot?.lotId ?? ''
    const own = channel === null ? null : readChannel(place.text(channel), channel)
    if (channel !== null && own?.lotId !== undefined && own.lotId !== lotId)
      throw foreignChannel(channel, own.lotId, lotId)
    const fresh = review === null ? null : readReview(place.text(review), review, lotId)
    if (own?.use === 'test') place.keepSandbox(from)
    if (fresh !== null) {
      const joining = place.read()
      place.keep({ ...joining, reviews: withReview(joining.reviews, fresh) })
    }
    return own === null ? fresh !== null : own.use === 'test'
  }

  /**
   * Continues the joint test where it stopped. `isAnew`: from the start, under new numbers. Throws JOIN-02, CERT-01.
   */
  debug(isAnew: boolean): void {
    if (this.stopRun !== null) return
    const { place } = this
    const sandbox = place.sandbox()
    const { lot } = place.draft()
    if (sandbox === null || lot === undefined)
      throw new LaneFault('JOIN-02', {
        field: '/sandbox',
        note: t('还缺:平台给的联调渠道', 'missing: the test channel of the platform'),
      })
    const dialect = place.dialect(lot.provinceCode)
    const joining = place.read()
    if (isAnew || joining.joint === null)
      place.keep({ ...joining, joint: newJoint(lot.lotId, place.nowMs(), joining.joint) })
    const link = place.open(sandbox, dialect)
    const { name, lotId, provinceCode, lanes } = lot
    const laneId = lanes.find(({ direction }) => direction === 'exit')?.id ?? 'exit'
    const jointOf = () => {
      const { joint } = place.read()
      if (joint === null)
        throw new LaneFault('JOIN-02', {
          field: '/joint',
          note: t('还缺:一次联调', 'missing: a joint test'),
        })
      return joint
    }
    let isOver = false
    const stop = runJointTest({
      dialect,
      link,
      lot: { name, lotId, provinceCode, laneId },
      read: jointOf,
      keep: (joint) => place.keep({ ...place.read(), joint }),
      nowMs: () => place.nowMs(),
      ended: () => {
        isOver = true
        this.stopRun = null
      },
    })
    if (!isOver) this.stopRun = stop
  }

  stop(): void {
    this.stopRun?.()
  }

  access(filter: AccessFilter): AccessView {
    const { provinceCode = '' } = this.place.draft().lot ?? {}
    const rows = this.place.dialect(provinceCode).interfaces
    return {
      rows: this.place.access(filter),
      interfaces: rows.map(({ id, zh, en }) => ({ id, name: { zh, en } })),
    }
  }

  /** JOIN-01 for a channel that was issued for the joint test of another lot. */
  mayTake({ report }: ChannelFile, file: string): void {
    if (report === undefined || report === this.place.read().joint?.reportId) return
    throw new LaneFault('JOIN-01', { file, field: '/report', value: report })
  }

  /** JOIN-01 for the sandbox itself, and for the platform of a lot whose joint test has not passed yet. */
  mayJoin({ url, appId }: Pick<JoinedPlatform, 'url' | 'appId'>): void {
    const sandbox = this.place.sandbox()
    if (sandbox === null) return
    const isSandbox = sandbox.url === url && sandbox.appId === appId
    if (!isSandbox && (this.place.read().joint?.reportId ?? null) !== null) return
    throw new LaneFault('JOIN-01', { field: '/platform', value: `${url} ${appId}` })
  }
}
