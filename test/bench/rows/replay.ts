// `replay --wire` with instant timing: passages a second of two lanes in two layouts (7.1.1, and 7.1.4 with each
// other's antenna), over a day of a trace, against the bare cost of their links and disk and the promised rate for two
// lanes. The one road of 7.1.3 has one boom and takes one car at a time: it is shown beside them.
import { join } from 'node:path'
import { must } from '#base/pure/values/must.ts'
import { runNode, theaterwall } from '../../wire/kit/program.ts'
import { openEcho } from '../kit/echo.ts'
import { isBrief, resultOf, roundsOf, type BenchResult, type BenchRow } from '../kit/measure.ts'
import { bareFile, inFolder, program } from '../kit/place.ts'

const roundCount = roundsOf(3)
/** A whole day; in a brief run two hours of its evening. */
const span = isBrief
  ? ['--from', '2025-04-01T17:00:00+08:00', '--to', '2025-04-01T19:00:00+08:00']
  : ['--days', '1']
const bareUnits = 300
/** Round trips and synced writes of a paying passage; an entry has fewer. */
const echoesEach = 5
const commitsEach = 2

/** Passages a second of bare echoes and synced writes. */
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

const sites = [
  { layout: '7.1.1', metric: 'replay --wire, passages, two lanes', isPromised: true },
  { layout: '7.1.4', metric: 'replay --wire, passages, two lanes of 7.1.4', isPromised: true },
  {
    layout: '7.1.3',
    metric: 'replay --wire, passages, one road for both directions',
    isPromised: false,
  },
] as const
/** Passages a second of two lanes (design.md section 7). */
const promised = 20

async function linkPace(dir: string, layout: string, round: number): Promise<number> {
  const data = join(dir, `replay-${layout}-${round}`)
  const trace = theaterwall(dir)
  const args = ['--wire', '--layout', layout, ...span, '--trace', trace, '--data', data]
  const ran = await runNode([program(), 'replay', ...args])
  must(ran.code === 0, `a day on the link is replayed: ${ran.stderr.slice(-300)}`)
  // Only the driving counts: starting ten processes and draining the queue are not passages.
  return Number(/ passages, ([\d.]+) a second/.exec(ran.stderr)?.[1])
}

async function measure(dir: string): Promise<readonly BenchResult[]> {
  const results: BenchResult[] = []
  for (const { layout, metric, isPromised } of sites) {
    const pairs: [number, number][] = []
    for (let round = 0; round < roundCount; round++)
      pairs.push([await linkPace(dir, layout, round), await barePace(dir)])
    const pace = { unit: '1/s', better: 'higher' } as const
    const peerName = `${echoesEach} pty echoes + ${commitsEach} synced writes, one after another`
    results.push(resultOf({ ...pace, metric, peerName }, pairs))
    if (!isPromised) continue
    const of = {
      ...pace,
      metric: `${metric}, of the pace that is promised`,
      peerName: 'the promise',
    }
    results.push(
      resultOf(
        of,
        pairs.map(([ours]) => [ours, promised] as const),
      ),
    )
  }
  return results
}

export const replayRow: BenchRow = {
  missing: () => (process.platform === 'linux' ? null : 'it needs ptys'),
  run: () => inFolder(measure),
}
