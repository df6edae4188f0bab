// `reservation-sim`: the simulated bay reservation platform as a process, with a real broker (MQTT 5) and over HTTPS;
// it checks signatures, has a store that survives kill -9, and acknowledges only stored messages.
import { randomBytes, randomUUID } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import mqtt from 'mqtt'
import { openTls } from '../platform/certificates/pki.ts'
import { startPlatformServer } from '../platform/server.ts'
import type { AdminRoutes } from '../shell/admin.ts'
import { hostPortOf, type SimArguments } from '../shell/arguments.ts'
import { flagIn, membersOf, pageOf, refuse, type Members } from '../shell/members.ts'
import type { RunningSim, SimContext, SimPlan } from '../shell/process.ts'
import { MessageStore, isStoreRow, type StoreRow } from './store.ts'
import { open, seal, type Keys, type Spoilt } from './envelope.ts'
import { certFolder } from '../platform/certificates/cert-folder.ts'

const textIn = (from: Members, name: string, otherwise: string): string => {
  const value = from[name] ?? otherwise
  if (typeof value !== 'string') throw refuse(name, value, 'a text')
  return value
}

function openKeys(args: SimArguments) {
  const { extra } = args
  const { dir, temporary } = certFolder(args, 'reservation-sim', 'keys')
  const tls = openTls(dir, Date.now())
  const secretFile = join(dir, 'reservation.secret')
  if (!existsSync(secretFile))
    writeFileSync(secretFile, randomBytes(24).toString('base64url'), { mode: 0o600 })
  const secret = readFileSync(secretFile, 'utf8').trim()
  const keys: Keys = {
    appId: extra['app-id'] ?? 'sz-demo',
    parkCode: extra['park-code'] ?? '4403000001',
    secret,
  }
  return { keys, tls, secretFile, dir, temporary }
}

interface Pending {
  readonly type: string
  readonly text: string
}

class Platform {
  readonly kept = new MessageStore()
  readonly counts: Record<string, number> = {}
  readonly pending: Pending[] = []
  state: string | null = null
  bays: unknown = null
  readonly #context: SimContext
  readonly #keys: Keys
  readonly #nonces = new Set<string>()
  #client: mqtt.MqttClient | null = null
  connected = false

  constructor(context: SimContext, keys: Keys) {
    this.#context = context
    this.#keys = keys
    for (const row of context.store.rows) if (isStoreRow(row)) this.kept.apply(row)
  }

  count(what: string): void {
    this.counts[what] = (this.counts[what] ?? 0) + 1
  }

  connect(broker: string, caFile: string | undefined): void {
    const { parkCode } = this.#keys
    const client = mqtt.connect(broker, {
      protocolVersion: 5,
      clientId: `platform-${parkCode}`,
      clean: false,
      reconnectPeriod: 300,
      properties: { sessionExpiryInterval: 86_400 },
      ...(caFile === undefined ? {} : { ca: readFileSync(caFile) }),
    })
    this.#client = client
    client.on('connect', () => {
      const topics = [`park/${parkCode}/up/+`, `park/${parkCode}/down/+/ack`]
      client.subscribe(topics, { qos: 1 }, () => void (this.connected = true))
    })
    client.on('close', () => void (this.connected = false))
    client.on('error', (error) => this.#context.journal.note('in', `error ${error.message}`))
    client.on('message', (topic, payload) => {
      this.#message(topic, payload.toString('utf8')).catch(this.#context.failed)
    })
  }

  async end(): Promise<void> {
    await this.#client?.endAsync(true)
  }

  async #keep(row: StoreRow): Promise<void> {
    this.kept.apply(row)
    await this.#context.store.writer.append(row)
  }

  seal(data: string, spoilt: Spoilt = {}): string {
    return seal(this.#keys, data, Date.now(), randomUUID().replaceAll('-', ''), spoilt)
  }

  publish(topic: string, text: string, retain = false): Promise<unknown> {
    this.#context.journal.note('out', `${topic} ${text}`)
    return this.#client?.publishAsync(topic, text, { qos: 1, retain }) ?? Promise.resolve()
  }

  async #message(topic: string, text: string): Promise<void> {
    this.#context.journal.note('in', `${topic} ${text}`)
    const [, , way, word = ''] = topic.split('/')
    const opened = open(this.#keys, text, Date.now(), this.#nonces)
    if (!opened.ok) return this.count(opened.why)
    if (way === 'down') return this.#answered(opened.data)
    if (word === 'state') this.state = String(opened.data['state'])
    else if (word === 'count') {
      this.bays = opened.data
      this.count('counts')
    } else if (word === 'lastSeq') await this.#tell('lastSeq')
    else {
      await this.#numbered(word, opened.data)
      await this.#tell(word)
    }
  }

  async #numbered(type: string, data: Members): Promise<void> {
    const [seq, msgId] = [Number(data['seq']), String(data['msgId'])]
    if (!Number.isSafeInteger(seq) || seq < 1) return this.count('format')
    if (this.kept.isNew({ seq, msgId, data }))
      await this.#keep({ t: 'message', seq, msgId, type, data, atMs: Date.now() })
  }

  /** Number up to which messages are stored. */
  async #tell(word: string): Promise<void> {
    const fault = this.#context.faults.decide('ack', 'before')
    if (fault?.do === 'drop') return
    const data = JSON.stringify({ ackSeq: this.kept.lastSeq })
    const text = this.seal(data, { sign: fault?.do === 'forge' })
    const topic = `park/${this.#keys.parkCode}/up/${word}/ack`
    for (let i = 0; i < (fault?.do === 'duplicate' ? 2 : 1); i++) await this.publish(topic, text)
  }

  async #answered(data: Members): Promise<void> {
    const [cmdId, code] = [String(data['cmdId']), Number(data['code'])]
    const command = this.kept.commands.get(cmdId)
    if (command === undefined) return this.count('foreignAnswers')
    await this.#keep({ t: 'answer', cmdId, code, afterMs: Date.now() - command.atMs })
  }

  /** Sends the command of an admin request; returns its number. */
  async command(body: unknown): Promise<{ readonly cmdId: string }> {
    const from = membersOf(body)
    const type = textIn(from, 'type', '')
    const cmdId = textIn(from, 'cmdId', randomUUID())
    const expireAt = Date.now() + Number(from['expireInMs'] ?? 60_000)
    const data = { cmdId, expireAt: from['expireAt'] ?? expireAt, ...membersOf(from['data'] ?? {}) }
    if (!this.kept.commands.has(cmdId))
      await this.#keep({ t: 'command', cmdId, type, data, atMs: Date.now() })
    const spoilt = membersOf(from['spoilt'] ?? {}) as Spoilt
    const text = this.seal(JSON.stringify(data), spoilt)
    if (flagIn(from, 'overHttps', false)) {
      this.pending.push({ type, text })
      return { cmdId }
    }
    const fault = this.#context.faults.decide('command', 'before')
    if (fault?.do === 'drop') return { cmdId }
    const topic = `park/${this.#keys.parkCode}/down/${type}`
    const times = fault?.do === 'duplicate' ? 2 : Number(from['times'] ?? 1)
    for (let i = 0; i < times; i++) await this.publish(topic, text, flagIn(from, 'retain', false))
    return { cmdId }
  }

  /** The exchange over HTTPS: messages and answers in, acknowledgement and waiting commands out. */
  async exchange(text: string): Promise<{ readonly status: number; readonly text: string }> {
    const opened = open(this.#keys, text, Date.now(), this.#nonces)
    if (!opened.ok) {
      this.count(opened.why)
      return { status: 401, text: JSON.stringify({ code: opened.why }) }
    }
    this.count('exchanges')
    const { messages, answers } = opened.data as {
      messages: readonly { type: string; data: Members }[]
      answers: readonly Members[]
    }
    for (const { type, data } of messages) await this.#numbered(type, data)
    for (const answer of answers) await this.#answered(answer)
    const commands = this.pending.splice(0, 20)
    const of = opened.nonce
    const data = JSON.stringify({ of, ackSeq: this.kept.lastSeq, commands })
    return { status: 200, text: this.seal(data) }
  }
}

const listen = (
  context: SimContext,
  platform: Platform,
  tls: ReturnType<typeof openTls>,
): ReturnType<typeof startPlatformServer> =>
  startPlatformServer({
    ...hostPortOf(context.args.listen),
    keyPem: tls.tlsKeyPem,
    certPem: tls.tlsCertPem,
    async serve({ body }) {
      const { status, text } = await platform.exchange(Buffer.from(body).toString('utf8'))
      return { do: 'answer', answer: { status, headers: {}, body: Buffer.from(text) } }
    },
    failed: context.failed,
  })

const routesOf = (platform: Platform): AdminRoutes => ({
  'POST /commands': ({ body }) => platform.command(body),
  /** Publishes any bytes on any topic, to test that lots check what a broker delivers. */
  'POST /raw': async ({ body }) => {
    const from = membersOf(body)
    const text = textIn(from, 'text', '')
    await platform.publish(textIn(from, 'topic', ''), text, flagIn(from, 'retain', false))
    return {}
  },
  /** A signed acknowledgement of any number. */
  'POST /ack': async ({ body }) => {
    const from = membersOf(body)
    const text = platform.seal(JSON.stringify({ ackSeq: from['ackSeq'] }))
    await platform.publish(textIn(from, 'topic', ''), text)
    return {}
  },
})

async function start(context: SimContext): Promise<RunningSim> {
  const { args } = context
  const { broker, ca } = args.extra
  const { keys, tls, secretFile, dir, temporary } = openKeys(args)
  const platform = new Platform(context, keys)
  if (broker !== undefined) platform.connect(broker, ca)
  const server = await listen(context, platform, tls)
  return {
    endpoints: {
      baseUrl: server.baseUrl,
      caFile: tls.caFile,
      secretFile,
      appId: keys.appId,
      parkCode: keys.parkCode,
    },
    state: () => ({
      connected: platform.connected,
      lot: platform.state,
      lastSeq: platform.kept.lastSeq,
      messages: platform.kept.messages.size,
      repeated: platform.kept.repeated,
      conflicts: platform.kept.conflicts,
      commands: platform.kept.commands.size,
      bays: platform.bays,
      counts: platform.counts,
    }),
    storePage(page) {
      const { commands, messages } = platform.kept
      return page.query.get('kind') === 'commands'
        ? pageOf([...commands.values()], page)
        : pageOf(
            [...messages.values()].toSorted((a, b) => a.seq - b.seq),
            page,
          )
    },
    routes: routesOf(platform),
    async stop() {
      await platform.end()
      await server.close()
      if (temporary) rmSync(dir, { recursive: true, force: true })
    },
  }
}

export const reservationSimPlan: SimPlan = {
  name: 'reservation-sim',
  listens: ['https'],
  flags: { broker: 'URL', ca: 'FILE', 'app-id': 'ID', 'park-code': 'CODE' },
  faults: { places: ['ack', 'command'] },
  start,
}
