// `etc-lane doctor --link URL`: what is on the wire, why it is silent, what to do next.
// Each finding has a stable code and words in both languages; exit 1 when something is wrong.
import type { LinkReportView } from '../api/find-views.ts'
import { checkLink } from '../app/find/link-doctor.ts'
import { isRsuVariantId, type RsuVariantId } from '../devices/rsu/variants.ts'
import { parseLinkUrl } from '../core/values/link-url.ts'
import { jsonText } from './client.ts'
import { flags, needed, type CliIo, type Command } from './command.ts'
import { claimLink } from './link-claim.ts'
import { doctorWorld } from './find-world.ts'

/** The generic variant that a link names; a profile's own, or none, is not compared. */
export function wantedVariant(link: string): RsuVariantId | null {
  const { variant = '' } = parseLinkUrl(link, '--link').query
  return isRsuVariantId(variant) ? variant : null
}

/** One link looked at while no lane of this machine drives it: LINK-03 names the process that does. */
export function lookAt(link: string, ports: string | null): Promise<LinkReportView> {
  const { signal } = new AbortController()
  const wanted = wantedVariant(link)
  return checkLink(doctorWorld(ports), link, { signal, wanted, claim: () => claimLink(link) })
}

export const doctorCommand: Command = {
  async run(args, io: CliIo) {
    const { values } = flags(args, { link: 'string', ports: 'string' })
    const report = await lookAt(needed(values.link, 'link'), values.ports ?? null)
    io.stdout(jsonText(report, io.json))
    return report.ok ? 0 : 1
  },
}
