// A link between two network namespaces: tbf shapes the rate of each end, and a relay between
// two tun devices delays and drops packets. Needs Linux, root and some system packages; says what is missing.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Ran } from '../kit/program.ts'

const source = fileURLToPath(new URL('./tun-relay.c', import.meta.url))
const parts = ['ip', 'tc', 'ping', 'iperf3', 'gcc'] as const

export const laneAddress = '10.77.0.1'
export const peerAddress = '10.77.0.2'
/** The same end, by an address for which nothing is dropped. */
export const losslessAddress = '10.77.0.3'
export const laneCard = 'lane0'
export const peerCard = 'peer0'

const runs = (command: string, ...args: string[]): boolean =>
  spawnSync(command, args, { stdio: 'ignore' }).status === 0

function must(command: string, ...args: string[]): void {
  const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8' })
  if (status !== 0)
    throw new Error(`${command} ${args.join(' ')}: ${stderr} ${error?.message ?? ''}`)
}

/** Why no such link can be made here; null when it can. */
export function whyNoShapedLink(): string | null {
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

export interface ShapedLinkOptions {
  readonly upMs: number
  readonly downMs: number
  readonly upMbit: number
  readonly downMbit: number
}

/** Probes of a protocol that reached the relay since its loss was set, and dropped ones. */
export interface Relayed {
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

export class ShapedLink {
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
