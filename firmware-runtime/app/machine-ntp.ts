// Whether the machine itself sets its clock by a time server: what systemd says, else what chrony says.
// It is told to people beside the lot's clock; it prices nothing and ends no doubt.
import { readTracking } from '../devices/time/chrony/tracking.ts'
import type { Tools } from '../ports/tools.ts'

/** `notKnown`: neither program is there, or neither says. */
export type MachineNtp = 'synchronised' | 'notSynchronised' | 'off' | 'notKnown'

/** The lines of `timedatectl show`: `NTP` is switched on, `NTPSynchronized` is that it works. */
function fromSystemd(text: string): MachineNtp {
  const said = new Map(
    text.split('\n').map((line) => line.trim().split('=', 2) as [string, string]),
  )
  // Set by whatever keeps the clock, also where that is no service of systemd.
  if (said.get('NTPSynchronized') === 'yes') return 'synchronised'
  if (said.get('NTP') === 'no') return 'off'
  return said.get('NTPSynchronized') === 'no' ? 'notSynchronised' : 'notKnown'
}

export async function machineNtp(tools: Tools): Promise<MachineNtp> {
  const systemd = await tools.run('timedatectl', ['show'])
  const known = systemd.kind === 'said' ? fromSystemd(systemd.text) : 'notKnown'
  if (known === 'synchronised') return known
  const chrony = await tools.run('chronyc', ['-c', 'tracking'])
  if (chrony.kind !== 'said') return known
  return readTracking(chrony.text).kind === 'tracking' ? 'synchronised' : 'notSynchronised'
}
