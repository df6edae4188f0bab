// A car at the exit over real links, while another one enters: trigger to barrier command, and B4 in
// to C6 out. The peers are echoes over a bare pty and bare synced writes. The budget covers only the
// software's response times; the total time, with the simulated RSU's own, stands beside it.
import type { RuntimeEvent } from '#lane/lot/event-log.ts'
import { must } from '#base/pure/values/must.ts'
import type { Site } from '#runtime/site/site-parts.ts'
import { nowUs, openEcho, type Echo } from '../kit/echo.ts'
import { openBenchLot } from '../kit/lot.ts'
import { tailOf, roundsOf, type BenchResult, type BenchRow } from '../kit/measure.ts'
import { bareFile, inFolder, type BareFile } from '../kit/place.ts'

const roundCount = roundsOf(12)
const carsEach = 25
const bareEach = 40
/** Round trips of a passage: trigger, plate, B2/C1, B4/C6, B5; and the writes of intent and outcome. */
const echoesEach = 5
const commitsEach = 2

interface Watch {
  /** ms from trigger to barrier command of every car that paid by ETC, including the RSU's time. */
  toBarrier: number[]
  /** Of these, the ms in which the lane had to act: from a received frame to the sent one. */
  turns: number[]
  /** ms from a received B4 to its C6. */
  toDebit: number[]
}

/** Adds up the time in which the other side waits for the lane. */
class Turn {
  sumUs = 0
  private sinceUs: number | null = null

  restart(atUs: number): void {
    this.sumUs = 0
    this.sinceUs = atUs
  }

  heard(atUs: number): void {
    this.sinceUs ??= atUs
  }

  said(atUs: number): void {
    if (this.sinceUs !== null) this.sumUs += atUs - this.sinceUs
    this.sinceUs = null
  }
}

/** Records the times at which the exit lane receives and sends, in this process. */
function watch(site: Site): Watch {
  const seen: Watch = { toBarrier: [], turns: [], toDebit: [] }
  const turn = new Turn()
  let startUs = 0
  let hasPaid = false
  site.runtime.events.listen((event: RuntimeEvent) => {
    if (event.laneId !== 'exit') return
    // The loop comes first, and an order also needs the plate: the later of both counts.
    if (event.type === 'trigger' || event.type === 'plateRead') {
      startUs = event.monoUs
      turn.restart(nowUs())
      hasPaid = false
    }
    if (event.type === 'outcomeSynced') hasPaid = event.detail === 'etc'
    if (event.type !== 'barrierCommanded' || !hasPaid) return
    seen.toBarrier.push((event.monoUs - startUs) / 1_000)
    turn.said(nowUs())
    seen.turns.push(turn.sumUs / 1_000)
  })
  let receivedUs = 0
  const add = site.frames.add.bind(site.frames)
  site.frames.add = (frame) => {
    if (frame.direction === 'in') turn.heard(nowUs())
    else turn.said(nowUs())
    if (frame.direction === 'in' && frame.type === 'B4') receivedUs = nowUs()
    if (frame.direction === 'out' && frame.type === 'C6' && receivedUs > 0) {
      seen.toDebit.push((nowUs() - receivedUs) / 1_000)
      receivedUs = 0
    }
    add(frame)
  }
  return seen
}

/** Echoes and synced writes that a passage needs at least, in ms; and the echoes alone. */
async function bare(echo: Echo, file: BareFile): Promise<{ whole: number; echoes: number[] }> {
  const row = new Uint8Array(400).fill(0x20)
  const echoes: number[] = []
  const startUs = nowUs()
  for (let i = 0; i < echoesEach; i++) echoes.push((await echo.turn()) / 1_000)
  for (let i = 0; i < commitsEach; i++) file.commit(row)
  return { whole: (nowUs() - startUs) / 1_000, echoes }
}

async function measure(dir: string): Promise<readonly BenchResult[]> {
  const echo = await openEcho(dir)
  const file = bareFile(dir)
  const lot = await openBenchLot(`${dir}/lot`)
  const barrier: { ours: number[]; peer: number[] }[] = []
  const turns: { ours: number[]; peer: number[] }[] = []
  const debit: { ours: number[]; peer: number[] }[] = []
  try {
    const seen = watch(lot.site)
    for (let round = -1; round < roundCount; round++) {
      const wholes: number[] = []
      const echoes: number[] = []
      for (let i = 0; i < bareEach; i++) {
        const one = await bare(echo, file)
        wholes.push(one.whole)
        echoes.push(...one.echoes)
      }
      Object.assign(seen, { toBarrier: [], turns: [], toDebit: [] })
      await lot.drive(carsEach)
      must(seen.toBarrier.length > 0 && seen.toDebit.length > 0, 'cars paid')
      if (round < 0) continue
      const peer = wholes.map((ms) => 3 * ms)
      barrier.push({ ours: seen.toBarrier, peer })
      turns.push({ ours: seen.turns, peer })
      debit.push({ ours: seen.toDebit, peer: echoes })
    }
  } finally {
    await lot.close()
    file.close()
    await echo.close()
  }
  const wholeName = `3 x (${echoesEach} pty echoes + ${commitsEach} synced writes)`
  const row = (name: string, peerName: string, part: number, rounds: typeof debit): BenchResult => {
    const place = part === 0.5 ? 'median' : `p${part * 100}`
    const text = { metric: `${name}, ${place}`, unit: 'ms', peerName: `${peerName}, ${place}` }
    return tailOf({ ...text, better: 'lower' }, part, rounds)
  }
  return [0.5, 0.99].flatMap((part) => [
    row('trigger frame in to barrier command out, software turnarounds', wholeName, part, turns),
    row(
      'trigger frame in to barrier command out, simulated RSU included',
      wholeName,
      part,
      barrier,
    ),
    row('B4 in to C6 out', 'pty echo', part, debit),
  ])
}

export const laneRow: BenchRow = {
  missing: () => (process.platform === 'linux' ? null : 'it needs ptys'),
  run: () => inFolder(measure),
}
