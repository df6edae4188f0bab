// The link tests against ping and iperf3 over a link that this test shapes itself, and against the counts of the
// relay between its ends. A busy machine stalls for tenths of a second: an inaccurate measurement is repeated
// over a longer time, so that a stall weighs less; a wrong one stays wrong.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rateKbps, type LinkSummary } from '../../firmware-runtime/survey/link-summary.ts'
import type { LinkBody, RateBody } from '../../firmware-runtime/survey/record.ts'
import { percentile } from '../../firmware-runtime/survey/samples.ts'
import { present } from '../../firmware-runtime/core/values/must.ts'
import { program, type Ran } from './kit/program.ts'
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

// A link between two network namespaces: tbf shapes the rate of each end, and a relay between
// two tun devices delays and drops packets. Needs Linux, root and some system packages; says what is missing.
const source = fileURLToPath(new URL('./tun-relay.c', import.meta.url))
const parts = ['ip', 'tc', 'ping', 'iperf3', 'gcc'] as const

const laneAddress = '10.77.0.1'
const peerAddress = '10.77.0.2'
/** The same end, by an address for which nothing is dropped. */
const losslessAddress = '10.77.0.3'
const laneCard = 'lane0'
const peerCard = 'peer0'

const runs = (command: string, ...args: string[]): boolean =>
  spawnSync(command, args, { stdio: 'ignore' }).status === 0

function must(command: string, ...args: string[]): void {
  const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8' })
  if (status !== 0)
    throw new Error(`${command} ${args.join(' ')}: ${stderr} ${error?.message ?? ''}`)
}

/** Why no such link can be made here; null when it can. */
function whyNoShapedLink(): string | null {
  if (process.platform !== 'linux') return 'namespaces are a thing of Linux'
  if (process.getuid?.() !== 0) return 'only root makes namespaces'
  if (!existsSync('/dev/net/tun')) return 'no /dev/net/tun'
  const missing = parts.filter((part) => spawnSync(part, ['--version']).error !== undefined)
  if (missing.length > 0) return `no ${missing.join(', ')}`
  const name = `etc-try-${process.pid}`
  if (!runs('ip', 'netns', 'add', name)) return 'no right to make namespaces'
  const inside = ['-n', name]
  const tried =
    runs('ip', ...inside, 'tuntap', 'add', 'dev', 't0', 'mode', 'tun') &&
    runs('tc', ...inside, 'qdisc', 'add', 'dev', 't0', 'root', 'tbf', ...tbf(8))
  runs('ip', 'netns', 'del', name)
  return tried ? null : 'the kernel has no tun devices or no tbf'
}

/** A queue that no test fills, so nothing is dropped. Its bucket covers stalls of the machine. */
const tbf = (mbit: number): string[] => ['rate', `${mbit}mbit`, 'burst', '96kb', 'limit', '2mb']

interface ShapedLinkOptions {
  readonly upMs: number
  readonly downMs: number
  readonly upMbit: number
  readonly downMbit: number
}

/** Probes of a protocol that reached the relay since its loss was set, and dropped ones. */
interface Relayed {
  readonly seen: number
  readonly lost: number
}

async function firstLine(child: ChildProcess, what: string): Promise<string> {
  const { stdout } = child
  if (stdout === null) throw new Error(`${what} has no output`)
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  createInterface({ input: stdout }).once('line', resolve)
  child.once('close', () => reject(new Error(`${what} ended before it was ready`)))
  return promise
}

class ShapedLink {
  private readonly folder = mkdtempSync(join(tmpdir(), 'etc-link-'))
  private readonly lane = `etc-lane-${process.pid}`
  private readonly peer = `etc-peer-${process.pid}`
  private readonly children: ChildProcess[] = []
  private relay: ChildProcess | null = null

  async open(options: ShapedLinkOptions): Promise<void> {
    const program = join(this.folder, 'tun-relay')
    must('gcc', '-O1', '-Wall', '-Werror', '-o', program, source)
    const delays = [options.upMs, options.downMs].map((ms) => `${ms * 1000}`)
    const relay = spawn(program, delays, { stdio: ['pipe', 'pipe', 'inherit'] })
    this.relay = relay
    const [here = '', there = ''] = (await firstLine(relay, 'the relay')).split(' ')
    this.end(this.lane, here, laneCard, laneAddress, options.upMbit)
    this.end(this.peer, there, peerCard, peerAddress, options.downMbit)
    must('ip', '-n', this.peer, 'addr', 'add', `${losslessAddress}/24`, 'dev', peerCard)
  }

  private end(name: string, device: string, card: string, address: string, mbit: number): void {
    must('ip', 'netns', 'add', name)
    must('ip', 'link', 'set', device, 'netns', name, 'name', card)
    const ip = ['-n', name]
    must('ip', ...ip, 'addr', 'add', `${address}/24`, 'dev', card)
    for (const up of ['lo', card]) must('ip', ...ip, 'link', 'set', up, 'up')
    must('tc', ...ip, 'qdisc', 'add', 'dev', card, 'root', 'tbf', ...tbf(mbit))
    // Small buffers, so that the queue is empty before the next run begins.
    const inside = ['netns', 'exec', name, 'sh', '-c']
    must('ip', ...inside, 'echo 4096 65536 131072 > /proc/sys/net/ipv4/tcp_wmem')
  }

  /** From now on drops `ppm` of a million packets of the protocol, the same ones for a seed. */
  lose(protocol: 'icmp' | 'tcp', ppm: number, seed: number): Promise<void> {
    return this.tell(`${protocol} ${ppm} ${seed}`).then(() => undefined)
  }

  async counts(): Promise<{ icmp: Relayed; tcp: Relayed }> {
    const words = (await this.tell('count')).split(' ')
    const number = (i: number): number => Number(words[i])
    return { icmp: { seen: number(1), lost: number(2) }, tcp: { seen: number(4), lost: number(5) } }
  }

  private tell(line: string): Promise<string> {
    const relay = this.relay
    if (relay?.stdin === null || relay === null) throw new Error('the relay does not run')
    const said = firstLine(relay, 'the relay')
    relay.stdin.write(`${line}\n`)
    return said
  }

  private spawnIn(name: string, args: readonly string[]): ChildProcess {
    const env = { ...process.env, LC_ALL: 'C' }
    const stdio = ['ignore', 'pipe', 'pipe'] as ['ignore', 'pipe', 'pipe']
    const child = spawn('ip', ['netns', 'exec', name, ...args], { env, stdio })
    this.children.push(child)
    return child
  }

  /** Runs a command at the lane's end until it ends. */
  async run(...args: string[]): Promise<Ran> {
    const child = this.spawnIn(this.lane, args)
    let [stdout, stderr] = ['', '']
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text))
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    const { promise, resolve } = Promise.withResolvers<Ran>()
    child.once('close', (code, signal) => resolve({ code, signal, stdout, stderr }))
    return promise
  }

  /** Starts a server at the other end; ready with its first line. */
  async serve(...args: string[]): Promise<void> {
    const child = this.spawnIn(this.peer, args)
    await firstLine(child, args.join(' '))
    child.stdout?.resume()
    child.stderr?.resume()
  }

  async close(): Promise<void> {
    const all = [...this.children, ...(this.relay === null ? [] : [this.relay])]
    const left = all.filter((child) => child.exitCode === null && child.signalCode === null)
    const gone = left.map((child) => new Promise((done) => child.once('close', done)))
    // `ip netns exec` becomes the program that it runs, so its pid is the program's.
    for (const child of left) child.kill('SIGKILL')
    await Promise.all(gone)
    for (const name of [this.lane, this.peer]) runs('ip', 'netns', 'del', name)
    rmSync(this.folder, { recursive: true, force: true })
  }
}

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
