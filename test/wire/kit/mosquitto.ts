// A real Mosquitto for tests: its own folder, certificate and port; killed and restarted with the same sessions.
// Clients connect through a relay that counts them, and that can be cut like a network.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { repository } from './program.ts'
import { eventually } from '../../kit/eventually.ts'
import { freePort } from '../../kit/free-port.ts'

const binary = ['/usr/sbin/mosquitto', '/usr/bin/mosquitto'].find((path) => existsSync(path))
export const hasMosquitto = binary !== undefined

const answers = async (port: number): Promise<boolean> => {
  const socket = connect(port, '127.0.0.1')
  const ended = await Promise.race([
    once(socket, 'connect').then(() => true),
    once(socket, 'close').then(() => false),
  ]).catch(() => false)
  socket.destroy()
  return ended
}

/** One client's way to the broker. */
export class Relay {
  port = 0
  readonly #to: number
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  #isCut = false

  constructor(to: number) {
    this.#to = to
    this.#server = createServer((socket) => this.#take(socket))
  }

  async open(): Promise<this> {
    this.#server.listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
    this.port = (this.#server.address() as AddressInfo).port
    return this
  }

  #take(socket: Socket): void {
    if (this.#isCut) return void socket.destroy()
    const other = connect(this.#to, '127.0.0.1')
    for (const [one, to] of [
      [socket, other],
      [other, socket],
    ] as const) {
      this.#sockets.add(one)
      one.on('error', () => undefined)
      one.on('close', () => {
        this.#sockets.delete(one)
        to.destroy()
      })
      one.pipe(to)
    }
  }

  cut(): void {
    this.#isCut = true
    for (const socket of this.#sockets) socket.destroy()
  }

  mend(): void {
    this.#isCut = false
  }

  close(): void {
    this.cut()
    this.#server.close()
  }
}

export class Mosquitto {
  readonly dir = mkdtempSync(join(tmpdir(), 'etc-lane-mqtt-'))
  readonly caFile = join(this.dir, 'broker.pem')
  port = 0
  #child: ChildProcess | null = null
  readonly #relays: Relay[] = []

  static async open(): Promise<Mosquitto> {
    const broker = new Mosquitto()
    const { dir } = broker
    broker.port = await freePort()
    const files = ['-keyout', join(dir, 'broker.key.pem'), '-out', broker.caFile]
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
    const name = ['-subj', '/CN=TEST broker', '-addext', 'subjectAltName=IP:127.0.0.1']
    execFileSync('openssl', ['req', '-x509', '-days', '2', ...key, ...files, ...name], {
      stdio: 'ignore',
    })
    const template = readFileSync(join(repository, 'test/wire/kit/mosquitto.conf'), 'utf8')
    const config = template
      .replaceAll('PORT', String(broker.port))
      .replaceAll('DIR', dir)
      .replaceAll('USER', userInfo().username)
    writeFileSync(join(dir, 'mosquitto.conf'), config)
    await broker.start()
    return broker
  }

  /** Everything that clients publish from now on, as an independent client receives it: `topic payload` lines. */
  async watched(): Promise<{ text(): string; stop(): void }> {
    const to = ['-h', '127.0.0.1', '-p', String(this.port), '--cafile', this.caFile]
    const child = spawn('mosquitto_sub', [...to, '-d', '-q', '1', '-t', 'park/#', '-F', '%t %p'])
    let text = ''
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
    await eventually(
      () => Promise.resolve(text),
      (said) => said.includes('Subscribed'),
    )
    return { text: () => text, stop: () => void child.kill('SIGTERM') }
  }

  async start(): Promise<void> {
    this.#child = spawn(binary ?? '', ['-c', join(this.dir, 'mosquitto.conf')], { stdio: 'ignore' })
    await eventually(
      () => answers(this.port),
      (is) => is,
    )
  }

  /** Kills it, like a machine that loses power. */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const child = this.#child
    this.#child = null
    if (child === null) return
    const ended = once(child, 'exit')
    child.kill(signal)
    await ended
  }

  get url(): string {
    return `mqtts://127.0.0.1:${this.port}`
  }

  async relay(): Promise<Relay> {
    const relay = await new Relay(this.port).open()
    this.#relays.push(relay)
    return relay
  }

  async close(): Promise<void> {
    for (const relay of this.#relays) relay.close()
    await this.kill('SIGTERM')
    rmSync(this.dir, { recursive: true, force: true })
  }
}
