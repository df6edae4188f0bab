// A process with the net of the lanes, in which one callback of a real library throws: a bug, or a fault of the world.
// Arguments: the place and what it throws. Prints `called` before it throws, and what the net reports.
import { EventEmitter } from 'node:events'
import { createSocket } from 'node:dgram'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { createServer as createHttpServer } from 'node:http'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { spawn } from 'node:child_process'
import { MessageChannel } from 'node:worker_threads'
import { Aedes } from 'aedes'
import { openApiServer } from '#base/api/http-server.ts'
import { servePort, type PortLike } from '#base/api/port-server.ts'
import { systemMonoClock, systemWallClock } from '#base/time/system-clocks.ts'
import { askByUdp } from '#devices/find/ask-by-udp.ts'
import { callHook } from '#ledger/http/call-hook.ts'
import { deviceHttp } from '#devices/web/device-http.ts'
import { platformClient } from '#ledger/http/platform-client.ts'
import { openCameraPushServer } from '#devices/intake/camera-push-server.ts'
import type { HidOpener } from '#devices/links/hid-link.ts'
import { linkOpener } from '#devices/links/link-opener.ts'
import { mqttLink } from '#ledger/mqtt/mqtt-link.ts'
import { RequestWorker } from '#base/worker/request-worker.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { asTurn } from '#base/pure/faults/whole-turn.ts'
import { onStrays } from '#base/process/strays.ts'

const [place = '', kind = 'bug'] = process.argv.slice(2)
onStrays((error) =>
  process.stdout.write(`reported ${(error as LaneFault).code ?? String(error)}\n`),
)

const planted = (): never => {
  process.stdout.write('called\n')
  throw kind === 'fault' ? new LaneFault('DATA-02', {}) : new TypeError('planted')
}
const nothing = (): void => undefined
const folder = (): string => mkdtempSync(join(tmpdir(), 'thrown-'))

const at = (server: Server): Promise<number> =>
  new Promise((done) =>
    server.listen(0, '127.0.0.1', () => done((server.address() as AddressInfo).port)),
  )
const http = (): Promise<number> =>
  at(createHttpServer((_, response) => response.end('the answer')) as Server)

const silent = { up: nothing, bytes: nothing, down: nothing }
const open = (url: string, over: object, openHid?: HidOpener): void => {
  linkOpener(openHid === undefined ? {} : { openHid }).open(url, { ...silent, ...over })
}
const tcp = async (over: object): Promise<void> => {
  const port = await at(createServer((socket) => setTimeout(() => socket.end('bytes'), 20)))
  open(`tcp://127.0.0.1:${port}`, over)
}
const serial = (over: object): void => {
  const dir = folder()
  const [path, script] = [join(dir, 'tty'), join(dir, 'device.sh')]
  writeFileSync(script, 'sleep 0.2; printf bytes; sleep 30\n')
  const socat = spawn('socat', [`PTY,link=${path},raw,echo=0,wait-slave`, `EXEC:sh ${script}`])
  process.once('exit', () => socat.kill())
  setTimeout(() => open(`serial:${path}?baud=9600&parity=none`, over), 400)
}
/** The reading loop of node-hid: what a listener throws is caught and emitted as an error of the device. */
const hid = (over: object): void => {
  const device = new EventEmitter()
  open('hid:1234:5678', over, () =>
    Promise.resolve({
      descriptor: null,
      on: (event, listener) => device.on(event, asTurn(listener)),
      feature: () => Promise.resolve(),
      close: nothing,
    }),
  )
  setTimeout(() => {
    try {
      device.emit('data', new Uint8Array(1))
    } catch (error) {
      device.emit('error', error)
    }
  }, 50)
}
const printer = (over: object): void => {
  const path = join(folder(), 'lp0')
  writeFileSync(path, 'ready')
  open(`usblp:${path}`, over)
}
const device = async (over: object): Promise<void> => {
  const handlers = { head: nothing, body: nothing, end: nothing, lost: nothing, ...over }
  const request = { method: 'GET', path: '/', headers: {} } as const
  deviceHttp(`http://127.0.0.1:${await http()}`).request(request, handlers)
}
const platform = (port: number, timeoutMs: number): void => {
  const body = new Uint8Array()
  const mono = systemMonoClock()
  platformClient({ baseUrl: `https://127.0.0.1:${port}`, caFile: null, mono }).request(
    { method: 'POST', path: '/', headers: {}, body, timeoutMs },
    planted,
  )
}
const mqtt = async (over: object): Promise<void> => {
  const broker = await Aedes.createBroker()
  const port = await at(createServer((socket) => broker.handle(socket)))
  const target = { url: `mqtt://127.0.0.1:${port}`, clientId: 'c', topics: ['t'], user: null }
  const up = (): void => {
    const packet = { cmd: 'publish', topic: 't', payload: Buffer.from('m'), qos: 1 } as const
    broker.publish({ ...packet, dup: false, retain: false }, nothing)
  }
  const gone = (): void => setTimeout(() => broker.close(), 50) && undefined
  const handlers = { up: 'down' in over ? gone : up, message: nothing, down: nothing, ...over }
  mqttLink({ ...target, password: () => null }).open(handlers)
}

const places: Readonly<Record<string, () => unknown>> = {
  'tcp connect': () => tcp({ up: planted }),
  'tcp data': () => tcp({ bytes: planted }),
  'tcp end': () => tcp({ down: planted }),
  'serial open': () => serial({ up: planted }),
  'serial data': () => serial({ bytes: planted }),
  'hid data': () => hid({ bytes: planted }),
  'printer open': () => printer({ up: planted }),
  'printer data': () => printer({ bytes: planted }),
  'child close': () => open('evdev:/dev/input/none', { down: planted }),
  'undici head': () => device({ head: planted }),
  'undici body': () => device({ body: planted }),
  'undici end': () => device({ end: planted }),
  'undici error': () =>
    deviceHttp('http://127.0.0.1:9').request(
      { method: 'GET', path: '/', headers: {} },
      { head: nothing, body: nothing, end: nothing, lost: planted },
    ),
  'undici silence': () => platform(9, 2_000),
  'undici deadline': async () => platform(await at(createServer(nothing)), 50),
  'undici promise': async () =>
    callHook({
      url: `http://127.0.0.1:${await http()}/`,
      caFile: null,
      secret: 'help',
      key: 'k',
      nowSec: () => 1,
    }).post('{}', 'c1', planted),
  'mqtt connect': () => mqtt({ up: planted }),
  'mqtt message': () => mqtt({ message: planted }),
  'mqtt close': () => mqtt({ down: planted }),
  'ssh2 error': async () => {
    const { default: ssh2 } = await import('ssh2')
    const client = new ssh2.Client()
    client.on('error', asTurn(planted))
    client.connect({
      host: '127.0.0.1',
      port: await at(createServer((socket) => socket.end('no\r\n'))),
      username: 'u',
    })
  },
  'worker message': () => {
    const file = join(folder(), 'worker.mjs')
    writeFileSync(
      file,
      "import { parentPort } from 'node:worker_threads'\n" +
        "parentPort.on('message', () => parentPort.postMessage({ notified: 1, busy: null }))\n",
    )
    new RequestWorker<object>(file, {}, planted).ask({}).catch(nothing)
  },
  'worker exit': () => {
    const file = join(folder(), 'worker.mjs')
    writeFileSync(file, "throw new Error('it does not begin')\n")
    new RequestWorker<object>(file, {}, planted).ask({}).catch(nothing)
  },
  'port message': () => {
    const { port1, port2 } = new MessageChannel()
    const session = Promise.withResolvers<never>().promise
    servePort({ port: port1 as unknown as PortLike, session, onStop: planted, failed: nothing })
    port2.postMessage({ data: { type: 'stop' } })
  },
  'http request': async () => {
    const server = await openCameraPushServer({
      lanes: ['exit'],
      jsonLanes: ['exit'],
      onPush: planted,
      onJson: planted,
      onWrongPath: planted,
      clock: systemWallClock(),
    })
    const headers = { 'content-type': 'application/json' }
    await fetch(server.url('exit'), { method: 'POST', headers, body: '{}' })
  },
  'http call': async () => {
    const token = 'a'.repeat(64)
    const failed = (error: unknown): never => {
      throw error
    }
    const session = () =>
      ({ call: () => Promise.resolve().then(planted), subscribe: planted }) as never
    const { url } = await openApiServer({ token, session, failed })
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    await fetch(`${url}/v1/call`, { method: 'POST', headers, body: '{"name":"board.get"}' })
  },
  datagram: async () => {
    const peer = createSocket('udp4')
    peer.on('message', (_, { port }) => peer.send('answer', port, '127.0.0.1'))
    peer.bind(0, '127.0.0.1', () => {
      const to = { host: '127.0.0.1', port: peer.address().port }
      const question = Buffer.from('?')
      void askByUdp({ card: '127.0.0.1', to, waitMs: 5_000, question, hearGroup: false }, planted)
    })
  },
  timer: () => systemMonoClock().after(1, planted),
  microtask: () => queueMicrotask(planted),
  immediate: () => setImmediate(planted),
  'abort signal': () => {
    const stop = new AbortController()
    stop.signal.addEventListener('abort', planted)
    stop.abort()
  },
  promise: () => void Promise.resolve().then(planted),
}

if (place === 'places') process.stdout.write(`${JSON.stringify(Object.keys(places))}\n`)
else {
  // The net alone ends it: a report leaves it running.
  setInterval(nothing, 1_000)
  await places[place]?.()
}
