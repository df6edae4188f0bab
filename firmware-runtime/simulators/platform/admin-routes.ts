// Administration routes of the simulated platform beside those of every simulator.
import type { AdminRoutes } from '../shell/admin.ts'
import type { SimContext } from '../shell/process.ts'
import { platformRoutes } from './admin.ts'
import { certificateRoutes, type CertificateAdmin } from './certificates/certificate-admin.ts'
import { developerRoutes } from './developer.ts'
import { issuerBookRoutes } from './records/issuer-books.ts'
import { issuerRoutes } from './records/issuer.ts'
import { accessRoutes } from './liaoning/access-admin.ts'
import type { PlatformModel } from './model.ts'
import { noticeRoutes } from './notices.ts'
import { channelFiles, onboardingRoutes } from './onboarding.ts'
import { pageDataRoutes, type KnownCertificate } from './page-data.ts'
import { pageRoutes } from './page-files.ts'
import { candidateKeyFile, type PageKeys } from './page-keys.ts'
import type { RequestLog } from './request-log.ts'
import { reviewRoutes } from './reviews.ts'
import { spoiltRoutes } from './certificates/spoilt.ts'
import { timeRoutes } from './time-admin.ts'

/** The administrated parts of a platform. */
export interface AdministratedPlatform {
  model(): PlatformModel
  /** Certificates made later: a client's by its request, and the platform's next one. */
  readonly certificates: CertificateAdmin
  /** Key and certificates for a joint test. */
  testKeys(appId: string): Readonly<Record<string, string>>
  known(): readonly KnownCertificate[]
}

interface AdminParts {
  readonly platform: AdministratedPlatform
  /** Channel of a call that names none. */
  readonly appId: string
  readonly isLiaoning: boolean
  readonly log: RequestLog
  readonly keys: PageKeys | null
  readonly baseUrl: string
  settled(): Promise<void>
}

const nowMs = (): number => Date.now()

/** Sources of the administration page. */
const browserRoutes = (
  { faults }: SimContext,
  { platform, log, baseUrl, appId }: AdminParts,
): AdminRoutes => ({
  ...pageRoutes(),
  ...developerRoutes({ baseUrl, appId, nowMs }),
  ...pageDataRoutes({ model: platform.model, log, faults, certificates: platform.known, nowMs }),
})

export function adminRoutesOf(context: SimContext, parts: AdminParts): AdminRoutes {
  const { platform, appId, keys, baseUrl, settled } = parts
  const { model } = platform
  const plan = { model, appId, settled, nowMs }
  const testKeys = (of: string) => ({
    ...platform.testKeys(of),
    ...(keys === null ? {} : { [candidateKeyFile]: `${keys.keyOf(of)}\n` }),
  })
  return {
    'GET /whoami': () => ({ role: 'operator' }),
    ...browserRoutes(context, parts),
    ...platformRoutes(model, appId, settled),
    ...certificateRoutes(platform.certificates),
    ...(parts.isLiaoning ? accessRoutes(model, appId, settled) : {}),
    ...timeRoutes(plan),
    ...reviewRoutes(plan),
    ...issuerRoutes(plan),
    ...issuerBookRoutes(model, appId),
    ...spoiltRoutes(plan),
    ...noticeRoutes(plan),
    ...onboardingRoutes({
      model,
      settled,
      files: (application, url) =>
        channelFiles(application, { appId, url: url ?? baseUrl, testKeys }),
    }),
  }
}
