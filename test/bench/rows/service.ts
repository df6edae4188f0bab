// The lanes as a service, beside a bare Node service: from kill -9 to their own ready message, and peak resident memory
// with four lanes with their own devices while a status list is fetched, and after documents. Under its own systemd, as
// in test/package/service.test.ts.
import { writeFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { endpointOf, postCall } from '#runtime/api/runtime-client.ts'
import { runFileOf } from '#base/calls/run-file.ts'
import { present } from '#base/pure/values/must.ts'
import { LotHarness } from '#harness/lot/lot-harness.ts'
import { serviceFiles } from '#base/desk/service/service-files.ts'
import { OwnSystemd, systemdMissing } from '../../package/own-systemd.ts'
import { moreLanes } from '../kit/lanes.ts'
import { resultOf, roundsOf, type BenchResult, type BenchRow } from '../kit/measure.ts'
import { inFolder, program, repository } from '../kit/place.ts'
import { eventually } from '../../kit/eventually.ts'

const rounds = roundsOf(3)
/** Issue 12 line 16. */
const promised = { readyMs: 3_000, residentMb: 180 } as const
const pairs = 2
/** After this a started process has opened its links. */
const settleMs = 1_500
/** After this the worker that fetches the status list, 3 s after a start, is fully loaded too. */
const weighMs = 6_000
/** After this that worker has ended. */
const listTakenMs = 12_000
/** A worker that laid out a document ends ten seconds later. */
const restMs = 20_000
const documents = 2
const bareScript = `require('node:child_process').execFileSync('systemd-notify', ['--ready'])
setInterval(() => undefined, 1000)`

/** A unit like the product's for each; they differ only in the program. */
function unitsOf(lot: string, bare: string): ReadonlyMap<string, string> {
  const plan = { dir: lot, node: process.execPath, program: program() }
  const ours = serviceFiles(plan).find(({ what }) => what === 'unit')?.text ?? ''
  const command = /^ExecStart=.*$/m
  return new Map([
    ['etc-lane.service', ours],
    ['bare.service', ours.replace(command, `ExecStart="${process.execPath}" "${bare}"`)],
  ])
}

interface Figures {
  readonly readyMs: number
  readonly residentMb: number
}

/** Memory while documents are laid out, and after their worker has ended. */
interface Behind {
  readonly mostMb: number
  readonly restMb: number
}

async function handedOver(own: OwnSystemd, unit: string, lot: string): Promise<Behind> {
  own.run('systemctl', 'restart', unit)
  await pause(listTakenMs)
  const endpoint = endpointOf(present(runFileOf(lot), 'the service runs'))
  for (let n = 0; n < documents; n++) {
    const reply = await postCall(endpoint, { name: 'lot.handover', args: { language: 'zh' } })
    if (reply?.ok !== true) throw new Error('no document')
  }
  const mb = (which: 'VmHWM' | 'VmRSS'): number =>
    own.residentMb(Number(own.show(unit, 'MainPID')), which)
  const mostMb = mb('VmHWM')
  await pause(restMs)
  return { mostMb, restMb: mb('VmRSS') }
}

async function killed(own: OwnSystemd, unit: string, afterMs = settleMs): Promise<Figures> {
  own.run('systemctl', 'restart', unit)
  const count = Number(own.show(unit, 'NRestarts'))
  await pause(afterMs)
  const residentMb = own.residentMb(Number(own.show(unit, 'MainPID')), 'VmHWM')
  const atUs = process.hrtime.bigint() / 1000n
  own.run('systemctl', 'kill', '--kill-whom=main', '-s', 'KILL', unit)
  await eventually(
    () => Promise.resolve([Number(own.show(unit, 'NRestarts')), own.show(unit, 'ActiveState')]),
    ([times, state]) => times === count + 1 && state === 'active',
  )
  const readyUs = BigInt(own.show(unit, 'ActiveEnterTimestampMonotonic'))
  own.run('systemctl', 'stop', unit)
  return { readyMs: Number(readyUs - atUs) / 1000, residentMb }
}

function resultsOf(
  seen: readonly (readonly [Figures, Figures])[],
  { mostMb, restMb }: Behind,
): readonly BenchResult[] {
  const bare = 'a bare Node as a service'
  const better = 'lower'
  const ready = { metric: 'kill -9 to lanes ready', unit: 'ms', better, peerName: bare } as const
  const memory = { metric: 'memory of the service, four lanes', unit: 'MB', better } as const
  return [
    resultOf(
      ready,
      seen.map(([ours, peer]) => [ours.readyMs, peer.readyMs]),
    ),
    resultOf(
      {
        ...ready,
        metric: `${ready.metric}, of the time that is promised`,
        peerName: 'the promise',
      },
      seen.map(([ours]) => [ours.readyMs, promised.readyMs]),
    ),
    resultOf(
      { ...memory, peerName: bare },
      seen.slice(0, 1).map(([ours, peer]) => [ours.residentMb, peer.residentMb]),
    ),
    resultOf(
      { ...memory, metric: `${memory.metric}, of what is promised`, peerName: 'the promise' },
      seen.slice(0, 1).map(([ours]) => [ours.residentMb, promised.residentMb]),
    ),
    resultOf({ ...memory, metric: `${memory.metric}, behind documents`, peerName: 'the promise' }, [
      [restMb, promised.residentMb],
    ]),
    resultOf(
      { ...memory, metric: `${memory.metric}, while documents are made`, peerName: 'the promise' },
      [[mostMb, promised.residentMb]],
    ),
  ]
}

async function measure(dir: string): Promise<readonly BenchResult[]> {
  const lot = `${dir}/four`
  const harness = new LotHarness({
    dir: `${dir}/lot`,
    charge: 'online',
    offline: 'other-payment',
    variant: 'generic-bcc',
    timing: 'standard',
    seed: 1,
    capacity: 100,
    rsuLink: 'tcp',
    program: program(),
  })
  let more: Awaited<ReturnType<typeof moreLanes>> = []
  let own: OwnSystemd | null = null
  try {
    await harness.startDevices()
    more = await moreLanes(harness, lot, pairs)
    const bare = `${dir}/bare.cjs`
    writeFileSync(bare, bareScript)
    own = await OwnSystemd.boot([dir, repository])
    for (const [unit, text] of unitsOf(lot, bare)) {
      writeFileSync(`${dir}/${unit}`, text)
      own.run('cp', `${dir}/${unit}`, '/etc/systemd/system/')
    }
    own.run('systemctl', 'daemon-reload')
    const seen: (readonly [Figures, Figures])[] = []
    for (let round = 0; round < rounds; round++) {
      const ours = await killed(own, 'etc-lane.service', round === 0 ? weighMs : settleMs)
      seen.push([ours, await killed(own, 'bare.service')])
    }
    return resultsOf(seen, await handedOver(own, 'etc-lane.service', lot))
  } finally {
    await own?.stop()
    await Promise.all(more.map((sim) => sim.kill()))
    await harness.stop()
  }
}

export const serviceRow: BenchRow = { missing: systemdMissing, run: () => inFolder(measure) }
