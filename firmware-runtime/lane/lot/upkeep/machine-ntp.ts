// Whether the machine sets its clock by a time server, as systemd, chronyd or Windows reports. It is shown beside the
// lot's clock; it has no effect on prices and ends no doubt.
import type { MachineNtp } from '../../calls/views.ts'
import {
  isTrackingAnswer,
  monitorPort,
  readTrackingAnswer,
  trackingRequest,
} from '#devices/pure/time/chrony/monitor.ts'
import type { Datagrams } from '#base/ports/datagrams.ts'
import type { Tools } from '#base/ports/tools.ts'
import type { SideTask, TaskOwner } from '#base/process/side-tasks.ts'

/** Lines of `timedatectl show`: `NTP`: switched on; `NTPSynchronized`: synchronised. */
function fromSystemd(text: string): MachineNtp {
  const said = new Map(
    text.split('\n').map((line) => line.trim().split('=', 2) as [string, string]),
  )
  // Also set by a time service that systemd does not manage.
  if (said.get('NTPSynchronized') === 'yes') return 'synchronised'
  if (said.get('NTP') === 'no') return 'off'
  return said.get('NTPSynchronized') === 'no' ? 'notSynchronised' : 'notKnown'
}

/**
 * Reads `w32tm /query /status` in any language: the first line is the leap indicator, 3 means not synchronised, and the
 * reference id LOCL means the machine's own clock.
 */
function fromWindows(text: string): MachineNtp {
  const leap = /^[^\r\n:]*:\s*([0-3])\s*\(/.exec(text.trimStart())?.[1]
  if (leap === undefined) return 'notKnown'
  return leap === '3' || /0x4C4F434C/i.test(text) ? 'notSynchronised' : 'synchronised'
}

export interface MachineNtpPorts {
  readonly tools: Tools
  readonly datagrams: Datagrams
}

const chronyWaitMs = 1_000

/** Queries chronyd on its own port; null: no chronyd answers. */
async function fromChrony(datagrams: Datagrams): Promise<MachineNtp | null> {
  const sequence = 1
  const answer = await datagrams.ask({
    host: '127.0.0.1',
    port: monitorPort,
    bytesAt: () => trackingRequest(sequence),
    isAnswer: (bytes) => isTrackingAnswer(bytes, sequence),
    waitMs: chronyWaitMs,
  })
  if ('failed' in answer) return null
  const { kind } = readTrackingAnswer(answer.bytes)
  return kind === 'tracking' ? 'synchronised' : 'notSynchronised'
}

export async function machineNtp({ tools, datagrams }: MachineNtpPorts): Promise<MachineNtp> {
  const systemd = await tools.run('timedatectl', ['show'])
  const known = systemd.kind === 'said' ? fromSystemd(systemd.text) : 'notKnown'
  if (known === 'synchronised') return known
  const chrony = await fromChrony(datagrams)
  if (chrony !== null) return chrony
  const windows = await tools.run('w32tm', ['/query', '/status'])
  return windows.kind === 'said' ? fromWindows(windows.text) : known
}

/** Interval, ms: a time service that was switched off, or has found its server, is noticed within it. */
const askEachMs = 600_000

/** Delay after a start: the lanes open first. */
const firstAskMs = 1_000

/** Queries the machine after a start and every ten minutes; readers get the last answer. */
export class NtpWatch {
  state: MachineNtp | null = null
  private readonly ports: MachineNtpPorts
  private readonly task: SideTask

  constructor(ports: MachineNtpPorts, tasks: Pick<TaskOwner, 'every'>) {
    this.ports = ports
    const pace = { firstMs: firstAskMs, everyMs: askEachMs }
    this.task = tasks.every('machineNtp', pace, () => this.ask())
  }

  stop(): void {
    this.task.stop()
  }

  private async ask(): Promise<void> {
    this.state = await machineNtp(this.ports)
  }
}
