// The variant of the antenna on a command's own link: as the link says, or found by listening and querying. A link
// without a variant is never assumed to be of one kind: settings of another kind would be read and written.
import { t } from '#base/pure/words/fault-text.ts'
import { linkQuery } from '../../pure/link-query.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { rsuVariantIds } from '../../pure/rsu/variants.ts'
import { lookAt } from '../bench/look-at-link.ts'
import { doctorPorts } from '../bench/find-ports.ts'

/** Something answers there, but no known antenna. A link that cannot be opened is reported when it is opened. */
const unheard = ['FIND-05', 'FIND-06', 'FIND-07', 'FIND-08', 'FIND-09', 'FIND-28'] as const

/** The link with its variant. */
export async function linkWithVariant(link: string, imports: string | null): Promise<string> {
  if (linkQuery(link, 'variant') !== null) return link
  const { device, findings } = await lookAt(link, doctorPorts(null, imports))
  if (device !== null) return device.link
  const code = unheard.find((one) => findings.some((finding) => finding.code === one))
  if (code === undefined) return link
  const note = t(
    `或写明是什么:?variant=${rsuVariantIds.join(', ')} 或 vendor/model`,
    `or say what it is: ?variant=${rsuVariantIds.join(', ')} or vendor/model`,
  )
  throw new LaneFault(code, { field: '--link', value: link, note })
}
