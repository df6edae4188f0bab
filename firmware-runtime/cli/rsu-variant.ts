// Which antenna a link of a command's own has: as the link says, or as it is found by listening and asking.
// A link that says nothing is never taken for one kind: the settings of another would be read and written.
import { t } from '../core/values/fault-text.ts'
import { linkQuery } from '../app/profiles/refs.ts'
import { LaneFault } from '../core/faults/faults.ts'
import { rsuVariantIds } from '../devices/rsu/variants.ts'
import { lookAt } from './doctor.ts'
import { doctorPorts } from '../runtime/bench/find-ports.ts'

/** Something listens there, and no known antenna has answered. What cannot be opened says so when it is opened. */
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
