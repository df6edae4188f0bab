// The lanes of this window become those of the service of the computer. A service that does not begin them leaves the lot
// without lanes, so the window runs them again and says so.
import type { RuntimeLink } from './runtime-link.ts'
import type { StartLink } from './start-link.ts'

/** The time in which a service has begun its lanes on a slow computer. */
export const serviceWaitMs = 30_000
const lookMs = 1_000

interface HandOver {
  /** The lanes that have ended for the service. */
  readonly ended: RuntimeLink
  readonly attached: RuntimeLink
  /** Whether lanes answer for the folder. */
  answers(): Promise<boolean>
  /** Runs the lanes in this window. */
  host(): Promise<RuntimeLink>
  /** The window shows another link. */
  reload(): void
  /** The service did not begin the lanes; this window runs them again. */
  failed(): void
}

export async function handOver(link: StartLink, over: HandOver): Promise<void> {
  if (!(await link.replace(over.ended, over.attached))) return
  over.reload()
  for (let waitedMs = 0; waitedMs < serviceWaitMs; waitedMs += lookMs) {
    if (await over.answers()) return
    await new Promise((done) => setTimeout(done, lookMs))
  }
  if (!(await link.replace(over.attached, await over.host()))) return
  over.reload()
  over.failed()
}
