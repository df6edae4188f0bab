// `replay --wire` with instant timing: passages a second on two lanes, over a short window of a real
// trace (or of our own traffic where it is missing), against what their links and disk cost bare.
import { join } from 'node:path'
import { must } from '../../../firmware-runtime/core/values/must.ts'
import { runNode, theaterwall } from '../../wire/kit/program.ts'
import { openEcho } from '../kit/echo.ts'
import { isBrief, resultOf, roundsOf } from '../kit/measure.ts'
import type { BenchResult, BenchRow } from '../kit/measure.ts'
import { bareFile, inFolder, program } from '../kit/place.ts'

const roundCount = roundsOf(3)
/** A whole day; where a first look is enough, its evening. */
const span = isBrief
  ? ['--from', '2025-04-01T16:00:00+08:00', '--to', '2025-04-01T22:00:00+08:00']
  : ['--days', '1']
const bareUnits = 300
/** Turns and synced writes of a passage that pays; an entry has fewer. */
const echoesEach = 5
const commitsEach = 2

/** Units of bare echoes and synced writes a second. */
async function barePace(dir: string): Promise<number> {
  const echo = await openEcho(dir)
  const file = bareFile(dir)
  const row = new Uint8Array(400).fill(0x20)
  const startNs = process.hrtime.bigint()
  for (let unit = 0; unit < bareUnits; unit++) {
    for (let i = 0; i < echoesEach; i++) await echo.turn()
    for (let i = 0; i < commitsEach; i++) file.commit(row)
  }
  const pace = (bareUnits * 1e9) / Number(process.hrtime.bigint() - startNs)
  file.close()
  await echo.close()
  return pace
}

async function linkPace(dir: string, round: number): Promise<number> {
  const data = join(dir, `replay-${round}`)
  const args = ['--wire', ...span, '--trace', theaterwall(dir), '--data', data]
  const ran = await runNode([program(), 'replay', ...args])
  must(ran.code === 0, `a day on the link is replayed: ${ran.stderr.slice(-300)}`)
  // The driving alone: starting ten processes and draining the queue is not a passage.
  return Number(/ passages, ([\d.]+) a second/.exec(ran.stderr)?.[1])
}

async function measure(dir: string): Promise<readonly BenchResult[]> {
  const pairs: [number, number][] = []
  for (let round = 0; round < roundCount; round++)
    pairs.push([await linkPace(dir, round), await barePace(dir)])
  const metric = 'replay --wire, passages, two lanes'
  const peerName = `${echoesEach} pty echoes + ${commitsEach} synced writes, one after another`
  return [resultOf({ metric, unit: '1/s', peerName, better: 'higher' }, pairs)]
}

export const replayRow: BenchRow = {
  missing: () => (process.platform === 'linux' ? null : 'it needs ptys'),
  run: () => inFolder(measure),
}
