// The demo's data link, clocks and mobile network: a probe-server and simulators of their own, turned to
// values that the judgement can tell apart, so that a mistaken sign or unit shows.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { runClockTests } from '#survey/runs/clock-run.ts'
import { type ClockReading } from '#survey/runs/clock-source.ts'
import { runLinkTests, type RatePlan } from '#survey/runs/link-tests.ts'
import type { Pace } from '#survey/runs/pace.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { signalReadingsMin, signalSpanMsMin } from '#survey/pure/items/d13-radio.ts'
import { probeEveryMsMin } from '#survey/pure/figures/link-figures.ts'
import { rateApartMs, rateRuns, rateStreams } from '#survey/pure/figures/rate-figures.ts'
import { clockReadingsMin, clockSpanMsMin } from '#survey/pure/figures/clock-figures.ts'
import type { ClockBody } from '#survey/pure/file/record.ts'
import type { ToolAnswer } from '#base/ports/tools.ts'
import { programFile } from '#base/process/program-file.ts'
import { clockPorts, ntpServerOf } from '#survey/desk/worker/clock-scene.ts'
import { fastMono } from './demo-time.ts'
import { withSim, type DemoStep, type TrueFigure } from './demo-steps.ts'
import { linkAddress, linkPorts } from '#survey/desk/worker/link-ports.ts'
import { signalByLink } from '#survey/desk/worker/signal-ports.ts'

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

/** Bytes per run, large enough that the start of the connections over loopback is a small part of it. */
const demoRunBytes = 128 * 1_048_576
/** All runs of the rows; on loopback each ends by its volume. */
const demoRates: RatePlan = {
  streams: rateStreams.flatMap((count) => Array<number>(rateRuns).fill(count)),
  warmMs: 10,
  runMs: 8_000,
  bytesMax: demoRunBytes,
  apartMs: rateApartMs,
}
/** The demo's time between two probes or runs; what takes its time on loopback is timed as it is. */
const speed = 1_000
/** D7 to D12 over loopback: nothing is lost there, and nothing takes long. */
export const linkStep: DemoStep = ({ record }) =>
  withPeer(async (at) => {
    const { host, port } = linkAddress(at, '--peer')
    const { bodies, faults } = await runLinkTests(
      {
        target: { host, port },
        peer: { host, port: port ?? 0 },
        interfaceName: null,
        method: 'tcp',
        count: null,
        everyMs: probeEveryMsMin,
        oneWayEveryMs: 5,
        timeoutMs: 2_000,
        clocksWithinMs: null,
        rate: demoRates,
      },
      { ...linkPorts(new AbortController().signal), mono: fastMono(speed), step: () => undefined },
    )
    for (const fault of faults) throw fault
    record(bodies)
    const lost = bodies
      .flatMap((body) => (body.kind === 'link' ? body.latenciesMs : []))
      .filter((ms) => ms === null).length
    return { step: 'link', truth: [{ what: 'lost probes', true: 0, got: lost }] }
  })

const pace = (count: number): Pace => ({
  count,
  everyMs: 20,
  withinMs: 30_000,
  signal: new AbortController().signal,
})
const offsets = { beidou: 240, ntp: 130, camera: 310 } as const
/** Seven readings by the demo's clock: half an hour, and a little more. */
const clockApartMs = Math.ceil(clockSpanMsMin / (clockReadingsMin - 1)) + 5_000

/** D14, D15: receiver, time server and camera are wrong by a known amount, and so is this computer by them. */
export const clockStep: DemoStep = ({ record, nowMs }) =>
  withSim('clock-sim', ['--listen', 'tcp://127.0.0.1:0'], async (sim) => {
    await sim.admin('POST', '/knobs', { offsetMs: offsets.beidou, constellation: 'GB' })
    await sim.admin('POST', '/ntp', { offsetMs: offsets.ntp })
    await sim.admin('POST', '/date', { offsetMs: offsets.camera })
    record(
      ['rsu', 'platform'].map((part) => ({
        kind: 'check',
        item: 'D15',
        part,
        answer: 'notApplicable',
        photos: [],
        remark: '演示:该设备不回报时间 demo: it tells no time',
      })),
    )
    const ntp = ntpServerOf((sim.endpoints.ntp ?? '').replace('udp://', ''))
    const gnss = `${sim.endpoints.link ?? ''}?speaks=nmea`
    const camera = { of: 'camera', device: '演示', url: sim.endpoints.date ?? '' } as const
    const truth: TrueFigure[] = []
    // Offset = ours - theirs, so a lead of theirs is a lag of ours. The error of a camera is its lead minus that of the source.
    const trueOf = ({ of, source }: ClockBody): number =>
      of === 'camera' ? offsets.camera - offsets.ntp : -offsets[source]
    const recordReading = ({ body, heard }: ClockReading): void => {
      record([body], clockApartMs, heard)
      const what = body.of === 'camera' ? 'camera' : body.source
      truth.push({ what, true: trueOf(body), got: body.offsetMs })
    }
    const tracking = async (): Promise<ToolAnswer> => {
      const trackingPath = `/tracking?atMs=${nowMs()}&offsetMs=${-offsets.ntp}`
      const { line } = await sim.admin<{ line: string }>('GET', trackingPath)
      return { kind: 'said', text: line }
    }
    const ports = { ...clockPorts(), tools: { run: tracking } }
    const tests = { ntp: [ntp], gnss: [gnss], chrony: true, of: 'lane', devices: [camera] } as const
    for (const { fault } of await runClockTests(
      ports,
      tests,
      pace(clockReadingsMin),
      recordReading,
    ))
      if (fault !== null) throw new LaneFault(fault.code, { note: fault.note })
    return { step: 'clock', truth }
  })

const cell = { rsrpDbm: -92, sinrDb: 11 } as const

/** D13: a simulated modem by AT. */
export const signalStep: DemoStep = ({ record }) =>
  withSim('modem-sim', ['--listen', 'tcp://127.0.0.1:0'], async (sim) => {
    await sim.admin('POST', '/knobs', { network: 'lte', ...cell })
    const report = await signalByLink(
      sim.endpoints.link ?? '',
      { id: 'quectel/at-qeng', dir: null },
      { ...pace(signalReadingsMin), everyMs: 10 },
    )
    if (report.fault !== null) throw new LaneFault(report.fault.code, { note: report.fault.note })
    const bodies = report.readings.flatMap(({ body }) => (body === null ? [] : [body]))
    // Half a minute more than required, in demo time.
    record(bodies, Math.ceil(signalSpanMsMin / signalReadingsMin) + 1_000)
    const truth = bodies.flatMap(({ rsrpDbm, sinrDb }): TrueFigure[] => [
      { what: 'rsrp', true: cell.rsrpDbm, got: rsrpDbm ?? 0 },
      { what: 'sinr', true: cell.sinrDb, got: sinrDb ?? 0 },
    ])
    return { step: 'signal', truth }
  })
