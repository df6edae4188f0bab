// Looks at one link that no lane of this machine uses: what device is on it, and why it is silent.
import type { LinkReportView } from '../../calls/find-views.ts'
import { checkLink, type DoctorPorts } from '../../find/link-doctor.ts'
import { parseLinkUrl } from '#base/pure/links/link-url.ts'
import { isRsuVariantId, type RsuVariantId } from '../../pure/rsu/variants.ts'
import { leaseLink } from '#base/desk/process/link-lease.ts'

/** The generic variant named in a link; null for a profile or no name, which are not compared. */
function wantedVariant(link: string): RsuVariantId | null {
  const { variant = '' } = parseLinkUrl(link, '--link').query
  return isRsuVariantId(variant) ? variant : null
}

/** Checks one link that no lane of this machine uses: LINK-03 names the process that does. */
export function lookAt(link: string, outside: DoctorPorts): Promise<LinkReportView> {
  const { signal } = new AbortController()
  const wanted = wantedVariant(link)
  return checkLink(outside, link, {
    signal,
    wanted,
    claim: () => leaseLink(link, 'etc-lane doctor'),
  })
}
