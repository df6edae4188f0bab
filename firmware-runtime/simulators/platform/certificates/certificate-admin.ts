// Administration of the platform's certificate authority: issue a client certificate for a request, announce the
// platform's next certificate, and change to it.
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { AdminRoutes } from '../../shell/admin.ts'
import { membersIn } from '../../shell/members.ts'

export interface CertificateAdmin {
  /** A certificate for a request in PEM; null when the request has no SM2 key. */
  issue(requestPem: string, days: number): string | null
  /** The certificate is refused from now on. */
  withdraw(certSerial: string): void
  /** Publishes the next certificate beside the one that signs. */
  announce(): void
  /** Changes to the announced certificate; false when none was announced. */
  change(): boolean
}

const refuse = (field: string, value: unknown, note: string): LaneFault =>
  new LaneFault('ARG-01', { field: `/${field}`, value: String(value).slice(0, 80), note })

/** POST /clients {request, days} -> {certificate}; DELETE /clients/SERIAL; POST /certificates {do: announce | change}. */
export const certificateRoutes = (certificates: CertificateAdmin): AdminRoutes => ({
  'POST /clients': ({ body }) => {
    const { request, days = 365 } = membersIn(body)
    if (typeof request !== 'string') throw refuse('request', request, 'PEM of a request')
    if (typeof days !== 'number' || !Number.isInteger(days) || days < 0 || days > 3650)
      throw refuse('days', days, '0 to 3650')
    const certificate = certificates.issue(request, days)
    if (certificate === null) throw refuse('request', request, 'no request of an SM2 key')
    return { certificate }
  },
  'DELETE /clients/:id': ({ id }) => {
    certificates.withdraw(id)
    return { withdrawn: id }
  },
  'POST /certificates': ({ body }) => {
    const { do: what } = membersIn(body)
    if (what !== 'announce' && what !== 'change') throw refuse('do', what, 'announce or change')
    if (certificates[what]() === false) throw refuse('do', what, 'none was announced')
    return { done: what }
  },
})
