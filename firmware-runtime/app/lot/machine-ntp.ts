// Whether the machine itself sets its clock by a time server: what systemd says, else what chrony says.
// It is told to people beside the lot's clock; it prices nothing and ends no doubt.
import type { MachineNtp } from '../../api/views.ts'
import { readTracking } from '../../devices/time/chrony/tracking.ts'
import type { Cancel, MonoClock } from '../../ports/clocks.ts'
import type { Tools } from '../../ports/tools.ts'

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

/** A time service that was switched off, or has found its server, is told within this. */
const askEachMs = 600_000

/** The programs are started when the lanes are open: nobody waits for what they say. */
const firstAskMs = 1_000

/** Asks the machine after a start and every ten minutes; whoever looks gets the last answer. */
export class NtpWatch {
  state: MachineNtp | null = null
  private readonly tools: Tools
  private readonly mono: MonoClock
  private timer: Cancel | null = null
  private stopped = false

  constructor(tools: Tools, mono: MonoClock) {
    this.tools = tools
    this.mono = mono
    this.timer = mono.after(firstAskMs, () => void this.ask())
  }

  stop(): void {
    this.stopped = true
    this.timer?.()
  }

  private async ask(): Promise<void> {
    this.state = await machineNtp(this.tools)
    if (!this.stopped) this.timer = this.mono.after(askEachMs, () => void this.ask())
  }
}
