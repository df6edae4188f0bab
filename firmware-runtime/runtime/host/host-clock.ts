// The clock of a running lot: the state of the machine's time service, every half hour the sources of the lot file, and whether the lanes stood still.
// The reading code is loaded at the first look, so that a start does not wait for it.
import { clockSetter } from '#base/time/clock-setter.ts'
import { systemTools } from '#base/time/system-tools.ts'
import { udpDatagrams } from '#base/time/udp-datagrams.ts'
import { ClockUpkeep } from '#lane/lot/upkeep/clock-upkeep.ts'
import type { LotRuntime } from '#lane/lot/lot-runtime.ts'
import { NtpWatch, type MachineNtpPorts } from '#lane/lot/upkeep/machine-ntp.ts'
import { StillWatch } from '#lane/lot/upkeep/still-watch.ts'
import type { TaskOwner } from '#base/process/side-tasks.ts'
import type { ClockKeptView } from '#lane/calls/clock-views.ts'
import type { MachineNtp } from '#lane/calls/views.ts'
import type { ClockSeen } from '#lane/pure/lot/clock-keeping.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import type { ClockSetter } from '#base/ports/clock-setter.ts'

interface HostClock {
  notices: StillWatch['notices']
  machineNtp(): MachineNtp | null
  clockKept(): ClockKeptView | null
  /** Called when time sources may have been lost or found again. */
  lookSoon(): void
  stop(): void
}

/**
 * A server is queried four times per reading; a receiver sends the time once a second, and its first times do not
 * count.
 */
const pace = { everyMs: 1_000, withinMs: 30_000 } as const
const counts = { ntp: 1, gnss: 3 } as const

async function readSources(
  { servers = [], receiver }: NonNullable<LotConfig['time']>,
  signal: AbortSignal,
): Promise<readonly ClockSeen[]> {
  const { claimed, clockPorts, ntpServerOf } = await import('#survey/desk/worker/clock-scene.ts')
  const { runClockTests } = await import('#survey/runs/clock-run.ts')
  const gnss = receiver === undefined ? [] : [receiver]
  const ntp = servers.map(ntpServerOf)
  const read = (kind: 'ntp' | 'gnss') => {
    const sources = { ntp: [], gnss: [], [kind]: kind === 'ntp' ? ntp : gnss }
    const tests = { ...sources, chrony: false, of: 'lane' } as const
    return runClockTests(clockPorts(), tests, { ...pace, count: counts[kind], signal })
  }
  const reports = await claimed(gnss, () => Promise.all([read('ntp'), read('gnss')]))
  return reports.flat().flatMap(({ server, readings }) => {
    const body = readings.at(-1)?.body
    return body === undefined ? [] : [{ server, offsetMs: body.offsetMs, errorMs: body.errorMs }]
  })
}

/** The state of the machine's time service, and the setter of its clock. */
interface MachineClock extends MachineNtpPorts {
  readonly setter: ClockSetter
}

const thisMachine = (): MachineClock => ({
  tools: systemTools(),
  datagrams: udpDatagrams(),
  setter: clockSetter(),
})

export function hostClock(
  runtime: LotRuntime,
  { time }: Pick<LotConfig, 'time'>,
  tasks: Pick<TaskOwner, 'every'>,
  machine: MachineClock = thisMachine(),
  isCut: () => boolean = () => false,
): HostClock {
  const still = new StillWatch(runtime, tasks)
  const ntp = new NtpWatch(machine, tasks)
  const stopped = new AbortController()
  const upkeep =
    time === undefined
      ? null
      : new ClockUpkeep({
          runtime,
          tasks,
          // A receiver that another program holds counts as a source without an answer.
          read: () =>
            isCut() ? Promise.resolve([]) : readSources(time, stopped.signal).catch(() => []),
          mayStep: time.mayStep === true,
          setter: machine.setter,
          machineNtp: () => ntp.state,
        })
  return {
    notices: () => still.notices(),
    machineNtp: () => ntp.state,
    clockKept: () => upkeep?.view() ?? null,
    lookSoon: () => upkeep?.lookSoon(),
    stop() {
      stopped.abort()
      ntp.stop()
      still.stop()
      upkeep?.stop()
    },
  }
}
