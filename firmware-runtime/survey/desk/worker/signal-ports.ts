// Queries a mobile modem on this machine: by AT on a link of its own, or through ModemManager.
// It reads and never changes settings.
import { systemMonoClock, systemWallClock } from '#base/time/system-clocks.ts'
import { linkOpener } from '#devices/links/link-opener.ts'
import { systemTools } from '#base/time/system-tools.ts'
import { readModemManager } from '../../runs/modem-manager-run.ts'
import type { Pace } from '../../runs/pace.ts'
import { readSignal, type SignalReport, type OnSignalReading } from '../../runs/signal-run.ts'
import { modemChoice } from '../../runs/modem-profile.ts'
import { parseLinkUrl } from '#base/pure/links/link-url.ts'
import { leaseLink } from '#base/desk/process/link-lease.ts'
import { profilesIn } from '#devices/desk/profile/library.ts'

/** A modem profile such as `generic/at-3gpp`, and the data folder that it may be imported into. */
interface Dialect {
  readonly id: string
  readonly dir: string | null
}

/** By AT on a link of its own. Throws LOT-03 for a dialect that is not a modem profile. */
export async function signalByLink(
  link: string,
  { id, dir }: Dialect,
  pace: Pace,
  onReading: OnSignalReading = () => undefined,
): Promise<SignalReport> {
  parseLinkUrl(link, '--link')
  const config = modemChoice(id, profilesIn(dir))
  const release = leaseLink(link, 'etc-lane survey signal')
  const ports = { opener: linkOpener(), mono: systemMonoClock(), clock: systemWallClock() }
  try {
    return await readSignal(ports, link, config, pace, onReading)
  } finally {
    release()
  }
}

export const signalByManager = (
  modem: number | null,
  pace: Pace,
  onReading: OnSignalReading = () => undefined,
): Promise<SignalReport> =>
  readModemManager(
    { tools: systemTools(), mono: systemMonoClock(), clock: systemWallClock() },
    modem,
    pace,
    onReading,
  )
