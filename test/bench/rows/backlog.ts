// A restart with 100,000 and with 1,000,000 uploads that no platform has, beside the same lot without any: time from process start
// to ready and to the first upload at a real platform simulator, and peak resident memory. Started like the service,
// from the stored state, and once with all rows folded again. The other peers are the promised values.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, rmSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { foldFileNames } from '#ledger/files/fold-file.ts'
import type { LotHarness } from '#harness/lot/lot-harness.ts'
import { must, present } from '#base/pure/values/must.ts'
import { allocator, engine } from '#base/desk/service/service-files.ts'
import { writeBacklog } from '../kit/backlog.ts'
import { isBrief, resultOf, roundsOf } from '../kit/measure.ts'
import type { BenchResult, BenchRow, MetricText } from '../kit/measure.ts'
import { inFolder, program } from '../kit/place.ts'
import { peakMb } from '../kit/processes.ts'
import { benchHarness } from '../kit/lot.ts'

interface Size {
  readonly unsent: number
  readonly promisedMb: number
  /** Only the unsent row of each stay exists. */
  readonly uploadsOnly: boolean
}

const month: Size = { unsent: isBrief ? 3_000 : 100_000, promisedMb: 250, uploadsOnly: false }
const million: Size = { unsent: isBrief ? 3_000 : 1_000_000, promisedMb: 400, uploadsOnly: true }
const promisedMoreMs = 3_000
const promisedFirstMs = 2_000
const askEachMs = 10
/** After this the worker that fetches the status list has ended, and the start's catching up is done. */
const settleMs = isBrief ? 2_000 : 10_000

interface Note {
  readonly readyMs: number
  readonly firstUploadMs: number
  readonly mb: number
}

/** Number of uploads that the platform has received. */
async function uploadsReceived(harness: LotHarness): Promise<number> {
  const platform = present(harness.platform, 'the platform runs')
  const { count } = await platform.admin<{ count: number }>(
    'GET',
    '/books?kind=exit-charges&limit=1',
  )
  return count
}

const environment = {
  ...process.env,
  ...Object.fromEntries(allocator.split(' ').map((one) => one.split('='))),
}

async function restart(harness: LotHarness, hasBacklog: boolean): Promise<Note> {
  const { dir } = harness.options
  const before = await uploadsReceived(harness)
  const startNs = process.hrtime.bigint()
  const sinceMs = (): number => Number(process.hrtime.bigint() - startNs) / 1e6
  const command = [...engine, program(), 'run', '--data', dir, '--timing', 'instant']
  const child = spawn(process.execPath, command, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: environment,
  })
  const gone = once(child, 'exit')
  const ready = once(present(child.stdout, 'stdout is a pipe'), 'data').then(sinceMs)
  try {
    while (hasBacklog && (await uploadsReceived(harness)) === before) {
      must(child.exitCode === null, 'the lot with a backlog runs')
      await pause(askEachMs)
    }
    const firstUploadMs = sinceMs()
    const readyMs = await Promise.race([ready, gone.then(() => NaN)])
    must(readyMs > 0, 'it says that it is ready')
    await pause(settleMs)
    return { readyMs, firstUploadMs, mb: peakMb(present(child.pid, 'it runs')) }
  } finally {
    // Like a power cut: an orderly stop would store a newer state.
    child.kill('SIGKILL')
    await gone
  }
}

/**
 * Restarts with the stored state, which the start before may have renewed; the last one without it, with whole stays.
 */
async function restarts(dir: string, size: Size | null, count: number): Promise<Note[]> {
  const harness = benchHarness(`${dir}/lot`)
  try {
    const config = await harness.startDevices()
    const { now } = foldFileNames(`${dir}/lot`)
    if (size !== null) {
      writeBacklog(`${dir}/lot`, config, size.unsent, size.uploadsOnly)
      copyFileSync(now, `${dir}/fold`)
    }
    const notes: Note[] = []
    for (let round = 0; round < count; round++) {
      if (size !== null) copyFileSync(`${dir}/fold`, now)
      if (size?.uploadsOnly === false && round === count - 1) rmSync(now)
      notes.push(await restart(harness, size !== null))
    }
    return notes
  } finally {
    await harness.stop()
  }
}

const lower = (metric: string, unit: string, peerName: string): MetricText => ({
  metric,
  unit,
  peerName,
  better: 'lower',
})

function results(
  size: Size,
  notes: readonly Note[],
  none: readonly Note[],
): readonly BenchResult[] {
  const of = `${size.unsent.toLocaleString('en')} unsent`
  const [promised, without] = ['what is promised', 'the same lot without any']
  const beside = (note: (one: Note) => number): [number, number][] =>
    notes.map((one, i) => [note(one), note(present(none[i], 'as many rounds'))])
  return [
    resultOf(
      lower(`start to first upload, ${of}, kept state`, 'ms', promised),
      notes.map(({ firstUploadMs }) => [firstUploadMs, promisedFirstMs]),
    ),
    resultOf(
      lower(`start to ready, ${of}`, 'ms', without),
      beside(({ readyMs }) => readyMs),
    ),
    resultOf(
      lower(`start to ready, ${of}, more than without any`, 'ms', promised),
      beside(({ readyMs }) => readyMs).map(([ours, peer]) => [
        Math.max(1, ours - peer),
        promisedMoreMs,
      ]),
    ),
    resultOf(
      lower(`memory, ${of}, kept state`, 'MB', promised),
      notes.map(({ mb }) => [mb, size.promisedMb]),
    ),
    resultOf(
      lower(`memory, ${of}`, 'MB', without),
      beside(({ mb }) => mb),
    ),
  ]
}

/** A start after an update, which folds all rows. */
function anew(size: Size, { firstUploadMs, mb }: Note): readonly BenchResult[] {
  const of = `${size.unsent.toLocaleString('en')} unsent, all rows folded anew`
  const promised = 'what is promised'
  return [
    resultOf(lower(`start to first upload, ${of}`, 'ms', promised), [
      [firstUploadMs, promisedFirstMs],
    ]),
    resultOf(lower(`memory, ${of}`, 'MB', promised), [[mb, size.promisedMb]]),
  ]
}

async function measure(dir: string, size: Size): Promise<readonly BenchResult[]> {
  const count = roundsOf(3)
  const none = await inFolder((own) => restarts(own, null, count))
  const notes = await restarts(dir, size, size.uploadsOnly ? count : count + 1)
  const last = notes[count]
  return [
    ...results(size, notes.slice(0, count), none),
    ...(last === undefined ? [] : anew(size, last)),
  ]
}

const rowOf = (size: Size): BenchRow => ({
  missing: () => (process.platform === 'linux' ? null : 'it reads /proc'),
  run: () => inFolder((dir) => measure(dir, size)),
})

export const backlogRow = rowOf(month)
export const millionRow = rowOf(million)
