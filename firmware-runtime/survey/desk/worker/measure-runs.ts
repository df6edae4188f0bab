// The jobs of Studio's survey page, made from their arguments: the same runs as `survey link`, `signal`,
// `clock` and `neighbour`, each with its plan. Invalid arguments are refused before anything begins.
import { t } from '#base/pure/words/fault-text.ts'
import { systemMonoClock } from '#base/time/system-clocks.ts'
import type { MeasureJob, MeasureJobOf } from '../../calls/measure.ts'
import { runClockTests } from '../../runs/clock-run.ts'
import { runCrossReads, turnMs, turnNames } from '../../runs/cross-read-run.ts'
import { gnssWayOf } from '../../runs/gnss-run.ts'
import { runLinkTests } from '../../runs/link-tests.ts'
import type { Runnable } from '../../runs/measure-jobs.ts'
import type { Pace, RunFault } from '../../runs/pace.ts'
import { recordedSignal, type SignalReading } from '../../runs/signal-run.ts'
import { linkPlan, neighbourPlan, signalPlan, type RunPlan } from '../../pure/reruns.ts'
import { rateApartMs } from '../../pure/figures/rate-figures.ts'
import { usualLook } from '../../pure/field/tail-test.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { parseLinkUrl } from '#base/pure/links/link-url.ts'
import { checkRsuLink } from '#lane/lot/files/lot-file.ts'
import { claimed, clocksPlan, clockPorts, deviceTimeOf, ntpServerOf } from './clock-scene.ts'
import { driveAntenna } from './driven-antenna.ts'
import { linkAddress, linkPorts, peerAddress, rateMibMax, rateOf } from './link-ports.ts'
import { signalByLink, signalByManager } from './signal-ports.ts'

const lookUpMs = 200
/** Enough probes to recognise a link that loses one in five hundred. */
const usualDecision = 1_000
const openMs = 3_000
const probeTimeoutMs = 2_000
/** A late answer of a source does not lengthen the period; a missing one ends it this much later, ms. */
const lateMs = 60_000

const faultsOf = (faults: readonly (RunFault | null)[]): readonly LaneFault[] =>
  faults.flatMap((fault) =>
    fault === null
      ? []
      : [new LaneFault(fault.code, fault.note === '' ? {} : { note: fault.note })],
  )

function linkRun(job: MeasureJobOf<'link'>): Runnable {
  const { interfaceName, method, count, everyMs, clocksWithinMs, rateSec } = job
  const peer = job.peer === null ? null : peerAddress(job.peer, '/job/peer')
  const target = job.to === null ? null : linkAddress(job.to, '/job/to')
  if (peer === null && target === null)
    throw new LaneFault('ARG-01', {
      field: '/job/peer',
      note: t('对端、主机,或两者', 'a peer, a host, or both'),
    })
  const rate = rateOf(rateSec, 4, rateMibMax)
  const https = { ca: null, strict: job.strictCertificate === true }
  const options = {
    https,
    target,
    peer,
    interfaceName,
    method,
    count,
    everyMs,
    clocksWithinMs,
    rate,
    timeoutMs: probeTimeoutMs,
  }
  const decidedMs = usualDecision * everyMs
  const probesMs = count === null ? decidedMs : count * everyMs
  const packetsMs = (count ?? usualLook) * Math.min(everyMs, 200) + probeTimeoutMs
  const turns = rate?.streams ?? []
  const apartMs = turns.length > 1 ? rateApartMs / 2 : 0
  const rates = turns.flatMap(() => ['up', 'down'] as const)
  return {
    plan: [
      { step: 'ping', ms: probesMs + lookUpMs },
      ...(peer === null ? [] : [{ step: 'oneWay', ms: packetsMs + lookUpMs }]),
      ...(peer === null ? [] : rates.map((step) => ({ step, ms: rateSec * 1000 + apartMs }))),
    ],
    async run({ signal, step, record }) {
      const tests = await runLinkTests(options, { ...linkPorts(signal), step })
      if (tests.bodies.length > 0) record(tests.bodies)
      return tests.faults
    },
  }
}

const paceOf = (
  { count, everySec }: { readonly count: number; readonly everySec: number },
  signal: AbortSignal,
): Pace => {
  const everyMs = everySec * 1000
  return { count, everyMs, signal, withinMs: (count - 1) * everyMs + lateMs }
}
const pacePlan = ({ count, everySec }: { readonly count: number; readonly everySec: number }) => [
  { step: 'read', ms: Math.max(1, count - 1) * Math.max(1, everySec) * 1000 },
]

function signalRun(job: MeasureJobOf<'signal'>, dir: string): Runnable {
  const { link, dialect } = job
  if (link !== null) parseLinkUrl(link, '/job/link')
  return {
    plan: pacePlan(job),
    async run({ signal, record }) {
      const pace = paceOf(job, signal)
      const recordReading = (reading: SignalReading): void => {
        const body = recordedSignal(reading)
        if (body !== null) record([body])
      }
      const { fault } = await (link === null
        ? signalByManager(null, pace, recordReading)
        : signalByLink(link, { id: dialect, dir }, pace, recordReading))
      return faultsOf([fault])
    },
  }
}

function clockRun(job: MeasureJobOf<'clock'>): Runnable {
  const tests = {
    ntp: job.ntp.map(ntpServerOf),
    gnss: job.gnss,
    chrony: job.chrony,
    of: job.of ?? 'ruler',
    devices: (job.devices ?? []).map(deviceTimeOf),
  }
  for (const url of tests.gnss) gnssWayOf(url)
  if (tests.ntp.length + tests.gnss.length === 0 && !tests.chrony)
    throw new LaneFault('ARG-01', {
      field: '/job/ntp',
      note: t('至少一个时间源', 'one source at least'),
    })
  return {
    plan: pacePlan(job),
    async run({ signal, record }) {
      const reports = await claimed(tests.gnss, () =>
        runClockTests(clockPorts(), tests, paceOf(job, signal), ({ body, heard }) =>
          record([body], heard),
        ),
      )
      return faultsOf(reports.map(({ fault }) => fault))
    },
  }
}

function neighbourRun(job: MeasureJobOf<'neighbour'>): Runnable {
  for (const { link } of job.antennas) checkRsuLink(link)
  const { antennas, inNeighbour, rounds, kind: _kind, listenSec, ...more } = job
  const options = { antennas, inNeighbour, rounds, listenMs: listenSec * 1000, ...more }
  const ms = turnMs(options)
  return {
    plan: [
      { step: 'open', ms: antennas.length * openMs },
      ...turnNames(antennas.length, job.stressDb).map((step) => ({ step, ms })),
    ],
    async run({ signal, step, record }) {
      const open = (link: string) => driveAntenna(link, undefined, signal)
      const ports = { mono: systemMonoClock(), signal, open, step, record }
      return (await runCrossReads(options, ports)).faults
    },
  }
}

/** `dir`: folder whose imported profiles are used as well. */
export function runnableOf(job: MeasureJob, dir: string): Runnable {
  switch (job.kind) {
    case 'link':
      return linkRun(job)
    case 'signal':
      return signalRun(job, dir)
    case 'clock':
      return clockRun(job)
    case 'neighbour':
      return neighbourRun(job)
  }
}

/** The rows that a job measures. */
export function planOfJob(job: MeasureJob): RunPlan {
  switch (job.kind) {
    case 'link':
      return linkPlan(job.peer !== null, job.rateSec > 0)
    case 'signal':
      return signalPlan
    case 'clock': {
      const { ntp, gnss, chrony, of = 'ruler', devices = [] } = job
      return clocksPlan({
        ntp: ntp.map(ntpServerOf),
        gnss,
        chrony,
        of,
        devices: devices.map(deviceTimeOf),
      })
    }
    case 'neighbour':
      return neighbourPlan(job.stressDb, job.antennas.length + job.inNeighbour.length > 1)
  }
}
