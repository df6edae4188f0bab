// The link tests against ping and iperf3 over a link that this test shapes itself, and against the counts of the
// relay between its ends. A busy machine stalls for tenths of a second: an inaccurate measurement is repeated
// over a longer time, so that a stall weighs less; a wrong one stays wrong.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rateKbps, type LinkSummary } from '#survey/pure/figures/link-summary.ts'
import type { LinkBody, RateBody } from '#survey/pure/file/record.ts'
import { percentile } from '#survey/pure/file/samples.ts'
import { present } from '#base/pure/values/must.ts'
import { program, type Ran } from './kit/program.ts'
import {
  laneCard,
  losslessAddress,
  peerAddress,
  peerCard,
  ShapedLink,
  whyNoShapedLink,
  type Relayed,
} from './shaped-link/shaped-link.ts'

const full = process.env['ETC_LANE_SCALE'] === 'full'
const missing = whyNoShapedLink()
const shape = { upMs: 15, downMs: 25, upMbit: 8, downMbit: 16 }
const [lossPpm, seed] = [100_000, 20_260_302]
const count = full ? 1_000 : 40
const seconds = full ? 9 : 1
const port = 5209
const peer = `${peerAddress}:${port}`

interface Told {
  readonly bodies: readonly (LinkBody | RateBody)[]
  readonly figures: readonly (Partial<LinkSummary> & { readonly way: string })[]
  readonly faults: readonly object[]
}

const figuresOf = ({ stdout, stderr }: Ran): Told => {
  if (!stdout.startsWith('{')) throw new Error(stderr)
  return JSON.parse(stdout) as Told
}

const linkOf = ({ bodies }: Told, way: LinkBody['way']): LinkBody =>
  present(
    bodies.filter((body) => body.kind === 'link').find((body) => body.way === way),
    `a run ${way}`,
  )
/** Other load only adds time: the tenth percentile is the least disturbed. */
const undisturbed = (values: readonly (number | null)[]): number =>
  percentile(
    values.filter((ms) => ms !== null),
    0.1,
  )

const link = new ShapedLink()
const survey = (...args: string[]): Promise<Ran> =>
  link.run(process.execPath, program, 'survey', 'link', '--interface', laneCard, ...args, '--json')

/** Bits a second that arrived in steps of a tenth, without the first quarter of a second. */
async function iperf(way: 'up' | 'down', seconds: number): Promise<number> {
  const from = way === 'up' ? ['--get-server-output'] : ['-R']
  const steps = ['-i', '0.1', '-f', 'k', '-t', `${seconds}`, '-P', '4']
  const { stdout } = await link.run('iperf3', '-c', peerAddress, ...steps, ...from)
  // Upstream the server has the counts; the client prints the server's lines after its own.
  const lines = way === 'up' ? (stdout.split('Server output:')[1] ?? '') : stdout
  const step = /^\[SUM\] +([\d.]+)-([\d.]+) +sec +[\d.]+ \w+ +([\d.]+) Kbits\/sec *$/gm
  const sums = [...lines.matchAll(step)].map(([, ...words]) => words.map(Number))
  const kbits = sums.flatMap(([start = 0, end = 0, kbps = 0]) =>
    start > 0.25 && end <= seconds + 0.05 ? [kbps] : [],
  )
  if (kbits.length < 5 * seconds) throw new Error(`iperf3 said ${stdout}`)
  return (1000 * kbits.reduce((a, b) => a + b, 0)) / kbits.length
}

const rateOf = ({ bodies }: Told, way: RateBody['way']): number =>
  1000 *
  rateKbps(
    present(
      bodies.filter((body) => body.kind === 'rate').find((body) => body.way === way),
      `a rate ${way}`,
    ),
  )

async function measured() {
  await link.open(shape)
  const server = ['probe-server', '--listen', `tcp://0.0.0.0:${port}`, '--interface', peerCard]
  await Promise.all([
    link.serve('iperf3', '-s', '-i', '0.1', '-f', 'k', '--forceflush'),
    link.serve(process.execPath, program, ...server, '--allow', '10.77.0.0/24'),
  ])
  await link.lose('icmp', lossPpm, seed)
  const probes = ['--count', `${count}`, '--every-ms', '20']
  const fewer = ['--count', '12', '--every-ms', '50', '--seconds', '0']
  const [ours, tcp, ping] = await Promise.all([
    survey('--peer', peer, '--method', 'icmp', ...probes, '--seconds', `${seconds}`),
    survey('--peer', peer, '--method', 'tcp', '--clocks-within', '1', ...fewer),
    link.run('ping', '-n', '-c', `${count}`, '-i', '0.02', losslessAddress),
  ])
  const pinged = [...ping.stdout.matchAll(/ time=([\d.]+) ms/g)].map(([, ms]) => Number(ms))
  const { icmp } = await link.counts()
  return { ours: figuresOf(ours), tcp: figuresOf(tcp), pingMs: undisturbed(pinged), icmp }
}

/** Times are compared only where nothing else runs: in the full tests, one stage after the other. */
const timed = it.skipIf(!full)

describe.skipIf(missing !== null)('a link shaped in namespaces of its own', () => {
  let seen: Awaited<ReturnType<typeof measured>>
  beforeAll(async () => {
    seen = await measured()
  })
  afterAll(() => link.close())

  timed('answers as late as ping says, by ICMP and by TCP', () => {
    const { ours, tcp, pingMs } = seen
    expect(pingMs).toBeGreaterThanOrEqual(shape.upMs + shape.downMs)
    for (const figures of [ours, tcp]) {
      const oursMs = undisturbed(linkOf(figures, 'ping').latenciesMs)
      expect(Math.abs(oursMs / pingMs - 1)).toBeLessThan(0.05)
    }
    expect(linkOf(ours, 'ping').method).toBe('icmp')
    expect(linkOf(tcp, 'ping').method).toBe('tcp')
  })

  it('loses what the relay lost, and the true share lies in its interval', () => {
    const { icmp, ours }: { icmp: Relayed; ours: Told } = seen
    const figure = present(ours.figures[0], 'the figures of ping')
    expect(figure).toMatchObject({ way: 'ping', sent: count, lost: icmp.lost })
    expect(icmp.seen).toBe(count)
    expect(icmp.lost).toBeGreaterThan(0)
    expect(figure.lossLowPercent).toBeLessThanOrEqual(lossPpm / 10_000)
    expect(figure.lossHighPercent).toBeGreaterThanOrEqual(lossPpm / 10_000)
  })

  timed('knows each way within the error it states', () => {
    for (const way of ['up', 'down'] as const) {
      const { latenciesMs, clockErrorMs } = linkOf(seen.ours, way)
      const trueMs = way === 'up' ? shape.upMs : shape.downMs
      const errorMs = present(clockErrorMs, 'an error')
      expect(latenciesMs.length).toBe(count)
      expect(Math.abs(undisturbed(latenciesMs) - trueMs)).toBeLessThan(errorMs)
      // Half of the smallest round trip, and no more than the machine adds.
      expect(errorMs).toBeGreaterThanOrEqual((shape.upMs + shape.downMs) / 2)
      expect(errorMs).toBeLessThan(shape.upMs + shape.downMs)
    }
  })

  timed('knows each way apart where both clocks are the same', () => {
    for (const way of ['up', 'down'] as const) {
      const { latenciesMs, clockErrorMs } = linkOf(seen.tcp, way)
      const trueMs = way === 'up' ? shape.upMs : shape.downMs
      expect(undisturbed(latenciesMs)).toBeGreaterThan(trueMs - 1)
      expect(undisturbed(latenciesMs)).toBeLessThan(trueMs + 4)
      expect(clockErrorMs).toBe(1)
    }
  })

  timed.each(['up', 'down'] as const)('carries as much %s as iperf3 says', async (way) => {
    expect(seen.ours.faults).toEqual([])
    const ratios = [rateOf(seen.ours, way) / (await iperf(way, seconds))]
    const isNear = (): boolean => Math.abs((ratios.at(-1) ?? 0) - 1) < 0.05
    while (!isNear() && ratios.length < 4) {
      const longer = Math.max(seconds, 3)
      const again = ['--method', 'tcp', '--count', '1', '--seconds', `${longer}`]
      const next = figuresOf(await survey('--peer', peer, ...again))
      ratios.push(rateOf(next, way) / (await iperf(way, longer)))
    }
    expect(isNear(), `ours to iperf3: ${ratios.join(', ')}`).toBe(true)
  })

  // Each loss takes a second.
  it.each(full ? [200] : [])('loses a TCP probe for each SYN lost of %i', async (sent) => {
    await link.lose('tcp', lossPpm, seed)
    const rest = ['--method', 'tcp', '--count', `${sent}`, '--every-ms', '20', '--seconds', '0']
    const lost = figuresOf(await survey('--to', peer, ...rest)).figures[0]?.lost
    const { tcp } = await link.counts()
    await link.lose('tcp', 0, seed)
    expect(tcp).toEqual({ seen: sent, lost })
    expect(lost).toBeGreaterThan(0)
  })
})
