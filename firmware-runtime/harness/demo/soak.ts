// `etc-lane demo soak`: a demo lot with traffic runs for an hour, and what its process keeps is sampled and judged.
// Exit 1 when a figure grows.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { act } from '#base/desk/commands/acts.ts'
import { wrongFlag, type CliIo } from '#base/commands/command.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { EndOf } from '#runtime/host/run.ts'
import { DemoLot, standardDemo } from './demo-lot.ts'
import { judgeSoak, soakBounds, type SoakFigures, type SoakSample } from './soak-judge.ts'

const minutesUsual = 60
/** In less time a window of the judge is shorter than the time between two collections. */
const minutesMin = 45
const sampleEveryMs = 5_000
const lineEveryMs = 60_000
const bytesInMb = 1024 * 1024

/** What Linux says of this process; null elsewhere. */
function ofSystem<T>(read: () => T): T | null {
  try {
    return read()
  } catch {
    return null
  }
}

const inMb = (bytes: number): number => Math.round((bytes / bytesInMb) * 10) / 10

function figuresNow(): SoakFigures {
  const { rss, heapUsed, external } = process.memoryUsage()
  const status = ofSystem(() => readFileSync('/proc/self/status', 'utf8'))
  const threads = /^Threads:\s+(\d+)/m.exec(status ?? '')?.[1]
  return {
    rssMb: inMb(rss),
    heapMb: inMb(heapUsed),
    externalMb: inMb(external),
    handles: ofSystem(() => readdirSync('/proc/self/fd').length),
    threads: threads === undefined ? null : Number(threads),
  }
}

interface SoakChoice {
  readonly minutes?: number | undefined
  readonly seed?: number | undefined
  readonly data?: string | undefined
}

async function soakIn(dir: string, { minutes = minutesUsual, seed = 1 }: SoakChoice, io: CliIo) {
  const stop = new AbortController()
  const ended = Promise.withResolvers<never>()
  ended.promise.catch(() => stop.abort())
  io.onStop(() => stop.abort())
  const end: EndOf = (code, fault) => ended.reject(fault ?? new Error(`the lot ended with ${code}`))
  const demo = await DemoLot.open({ ...standardDemo(dir, end), traffic: true, seed })
  const samples: SoakSample[] = []
  const say = (value: object, line: string): void =>
    io.stdout(`${io.json ? JSON.stringify(value) : line}\n`)
  const { performance } = globalThis
  const startMs = performance.now()
  let saidMs = -lineEveryMs
  try {
    while (!stop.signal.aborted && performance.now() - startMs < minutes * 60_000) {
      const sample = { atMs: Math.round(performance.now() - startMs), ...figuresNow() }
      samples.push(sample)
      demo.attend()
      if (sample.atMs - saidMs >= lineEveryMs) {
        saidMs = sample.atMs
        say({ event: 'sample', ...sample }, lineOf(sample))
      }
      await pause(sampleEveryMs, undefined, { signal: stop.signal }).catch(() => undefined)
    }
    const rows = await rowsOf(demo)
    await Promise.race([ended.promise, Promise.resolve()])
    return { samples, rows, isWhole: !stop.signal.aborted }
  } finally {
    await demo.stop()
  }
}

const lineOf = ({ atMs, rssMb, heapMb, externalMb, handles, threads }: SoakSample): string =>
  `${String(Math.round(atMs / 60_000)).padStart(4)} min  rss ${rssMb}  heap ${heapMb}  external ${externalMb}  handles ${handles ?? '-'}  threads ${threads ?? '-'}`

/** Rows of the ledger: what the traffic wrote. */
async function rowsOf(demo: DemoLot): Promise<number | null> {
  const answer = (await demo.session().call('status.get', {})) as {
    readonly data?: { readonly ledger: { readonly headSeq: number } }
  }
  return answer.data?.ledger.headSeq ?? null
}

async function soak(choice: SoakChoice, io: CliIo): Promise<number> {
  const { minutes = minutesUsual } = choice
  if (minutes < minutesMin) throw wrongFlag('--minutes', `>= ${minutesMin}`, String(minutes))
  const own = choice.data === undefined ? mkdtempSync(join(tmpdir(), 'etc-lane-soak-')) : null
  try {
    const { samples, rows, isWhole } = await soakIn(own ?? resolve(choice.data ?? ''), choice, io)
    const verdicts = isWhole ? judgeSoak(samples) : []
    for (const one of verdicts) {
      const { figure, floors, lowest, highest, anHour, isFlat } = one
      const floor = floors.join(' ')
      const text = `${figure}: ${lowest} to ${highest}, lowest of each window ${floor}; ${anHour.toFixed(1)} an hour, bound ${soakBounds[figure]}: ${isFlat ? 'flat' : 'GROWS'}`
      io.stdout(`${io.json ? JSON.stringify({ event: 'verdict', ...one }) : text}\n`)
    }
    const isFlat = isWhole && verdicts.length > 0 && verdicts.every((one) => one.isFlat)
    const last = { event: 'soak', minutes, rows, samples: samples.length, isWhole, isFlat }
    const said = `${minutes} minutes, ${rows ?? '-'} rows: ${isFlat ? 'flat' : isWhole ? 'GROWS' : 'stopped early'}`
    io.stdout(`${io.json ? JSON.stringify(last) : said}\n`)
    return isFlat ? 0 : 1
  } catch (error) {
    if (error instanceof LaneFault) io.stderr(`${error.message}\n`)
    throw error
  } finally {
    if (own !== null) rmSync(own, { recursive: true, force: true })
  }
}

export const soakAct = act(['demo soak [--minutes N] [--data DIR] [--seed N]'], soak)
