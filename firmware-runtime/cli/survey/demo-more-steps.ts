// The demo's data link, clocks and mobile network: a probe-server and simulators of their own, turned to
// values that the judgement can tell apart, so that a mistaken sign or unit shows.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { runClockTests } from '../../app/survey/clock-run.ts'
import { runLinkTests, type RatePlan } from '../../app/survey/link-tests.ts'
import type { Pace } from '../../app/survey/pace.ts'
import { LaneFault } from '../../core/values/faults.ts'
import { signalReadingsMin, signalSpanMsMin } from '../../core/survey/items/d13-radio.ts'
import { probeEveryMsMin } from '../../core/survey/link-figures.ts'
import { rateApartMs, rateRuns, rateStreams } from '../../core/survey/rate-figures.ts'
import type { SurveyBody } from '../../core/survey/record.ts'
import { programFile } from '../program-file.ts'
import { clockWorld, ntpServerOf } from './clock.ts'
import { fastMono } from './demo-time.ts'
import { withSim, type DemoStep, type TrueFigure } from './demo-steps.ts'
import { linkAddress, linkWorld, rateMibMax } from './link.ts'
import { signalByLink } from './signal.ts'

/** A probe-server on loopback for as long as it is used. */
async function withPeer<T>(use: (at: string) => Promise<T>): Promise<T> {
  const args = [programFile(), 'probe-server', '--listen', 'tcp://127.0.0.1:0', '--json']
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  try {
    const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
    const { endpoints } = JSON.parse(line) as { endpoints?: { probe?: string } }
    if (endpoints?.probe === undefined) throw new LaneFault('SYS-01', { note: line })
    return await use(endpoints.probe.replace('tcp://', ''))
  } finally {
    child.kill()
    await ended
  }
}

/** All runs of the rows; on loopback each ends by its volume. */
const demoRates: RatePlan = {
  ...{ streams: rateStreams.flatMap((count) => Array<number>(rateRuns).fill(count)) },
  ...{ warmMs: 10, runMs: 8_000, bytesMax: rateMibMax * 1_048_576, apartMs: rateApartMs },
}
/** The demo's time between two probes or runs; what takes its time on loopback is timed as it is. */
const speed = 1_000
/** D7 to D12 over loopback: nothing is lost there, and nothing takes long. */
export const linkStep: DemoStep = ({ record }) =>
  withPeer(async (at) => {
    const { host, port } = linkAddress(at, '--peer')
    const { bodies, faults } = await runLinkTests(
      {
        ...{ target: { host, port }, peer: { host, port: port ?? 0 }, interfaceName: null },
        ...{ method: 'tcp', count: null, everyMs: probeEveryMsMin, oneWayEveryMs: 5 },
        ...{ timeoutMs: 2_000, clocksWithinMs: null },
        rate: demoRates,
      },
      { ...linkWorld(new AbortController().signal), mono: fastMono(speed), step: () => undefined },
    )
    for (const fault of faults) throw fault
    record(bodies)
    const lost = bodies
      .flatMap((body) => (body.kind === 'link' ? body.latenciesMs : []))
      .filter((ms) => ms === null).length
    return { step: 'link', truth: [{ what: 'lost probes', true: 0, got: lost }] }
  })

const pace = (count: number): Pace => ({
  ...{ count, everyMs: 200, withinMs: 30_000, signal: new AbortController().signal },
})
const offsets = { beidou: 240, ntp: 130 } as const

/** D14, D15: a receiver and a time server that are wrong by a known amount. */
export const clockStep: DemoStep = ({ record }) =>
  withSim('clock-sim', ['--listen', 'tcp://127.0.0.1:0'], async (sim) => {
    await sim.admin('POST', '/knobs', { offsetMs: offsets.beidou, constellation: 'GB' })
    await sim.admin('POST', '/ntp', { offsetMs: offsets.ntp })
    const ntp = ntpServerOf((sim.endpoints.ntp ?? '').replace('udp://', ''))
    const gnss = `${sim.endpoints.link ?? ''}?speaks=nmea`
    const truth: TrueFigure[] = []
    const told = ({ body }: { body: SurveyBody }): void => {
      record([body])
      // Ours minus theirs: their lead is our lag.
      if (body.kind === 'clock')
        truth.push({ what: body.source, true: -offsets[body.source], got: body.offsetMs })
    }
    const tests = { ntp: [ntp], gnss: [gnss], chrony: false }
    for (const { fault } of await runClockTests(clockWorld(), tests, pace(4), told))
      if (fault !== null) throw new LaneFault(fault.code, { note: fault.note })
    return { step: 'clock', truth }
  })

const cell = { rsrpDbm: -92, sinrDb: 11 } as const

/** D13: a simulated modem by AT. */
export const signalStep: DemoStep = ({ record }) =>
  withSim('modem-sim', ['--listen', 'tcp://127.0.0.1:0'], async (sim) => {
    await sim.admin('POST', '/knobs', { network: 'lte', ...cell })
    const report = await signalByLink(sim.endpoints.link ?? '', 'quectel/at-qeng', {
      ...{ ...pace(signalReadingsMin), everyMs: 10 },
    })
    if (report.fault !== null) throw new LaneFault(report.fault.code, { note: report.fault.note })
    const bodies = report.readings.flatMap(({ body }) => (body === null ? [] : [body]))
    // Half a minute more than is asked, in the demo's time.
    record(bodies, Math.ceil(signalSpanMsMin / signalReadingsMin) + 1_000)
    const truth = bodies.flatMap(({ rsrpDbm, sinrDb }): TrueFigure[] => [
      { what: 'rsrp', true: cell.rsrpDbm, got: rsrpDbm ?? 0 },
      { what: 'sinr', true: cell.sinrDb, got: sinrDb ?? 0 },
    ])
    return { step: 'signal', truth }
  })
