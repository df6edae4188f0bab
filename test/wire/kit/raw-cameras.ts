// Cameras written byte by byte by the test, one of each make and direction: each event has the plate and the time that the
// test gives it, and nothing marks it as history. None of them reports its clock by anything else.
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { createServer as createTcp, type AddressInfo, type Socket } from 'node:net'
import iconv from 'iconv-lite'
import { isoOf } from '#base/pure/values/instant.ts'
import { hikvisionXml } from '../../firmware-runtime/devices/pure/camera/hikvision/sample.ts'

/** An instant as the make spells it by itself, a text in its place, or (null) none. */
export type StatedTime = number | string | null

export interface RawCamera {
  readonly link: string
  /** Where it pushes to; set after each start of the lanes. */
  target: string
  /** Resolves when the lanes are subscribed to it; at once for one that pushes. */
  ready(): Promise<void>
  send(plate: string, time: StatedTime): Promise<void>
  close(): Promise<void>
}
type Make = () => Promise<RawCamera>

const hikvisionText = (plate: string, time: StatedTime): string =>
  hikvisionXml({
    licensePlate: `蓝${plate}`,
    dateTime: typeof time === 'number' ? isoOf(time) : time,
  })

function vzTime(time: StatedTime) {
  if (time === null) return {}
  if (typeof time === 'string') return { timeStamp: { Timeval: { sec: time, usec: 0 } } }
  const sec = Math.floor(time / 1000)
  return { timeStamp: { Timeval: { sec, usec: (time % 1000) * 1000 } } }
}

function dahuaTime(time: StatedTime): readonly string[] {
  if (time === null) return []
  if (typeof time === 'string') return [`UTC=${time}`]
  return [`UTC=${Math.floor(time / 1000)}`, `UTCMS=${time % 1000}`]
}

const vzResult = (plate: string, time: StatedTime) => ({
  license: plate,
  colorType: 1,
  type: 1,
  confidence: 98,
  ...vzTime(time),
})

async function posted(url: string, type: string, body: string): Promise<void> {
  const headers = { 'content-type': type, connection: 'close' }
  const answer = await fetch(url, { method: 'POST', headers, body })
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`)
}

const pushing =
  (link: string, send: (url: string, plate: string, time: StatedTime) => Promise<void>): Make =>
  () => {
    const camera: RawCamera = {
      link,
      target: '',
      ready: () => Promise.resolve(),
      send: (plate, time) => send(camera.target, plate, time),
      close: () => Promise.resolve(),
    }
    return Promise.resolve(camera)
  }

/** Signs of life without a time, so that a slow machine drops no link. */
const beatMs = 3_000

interface Waiting<T> {
  readonly now: () => T | null
  readonly come: (one: T) => void
  readonly gone: (one: T) => void
  ready(): Promise<void>
}

function waitingFor<T>(): Waiting<T> {
  let there: T | null = null
  const waiters = new Set<() => void>()
  return {
    now: () => there,
    come(one) {
      there = one
      for (const wake of waiters) wake()
      waiters.clear()
    },
    gone: (one) => void (there === one ? (there = null) : undefined),
    ready: () => (there === null ? new Promise((done) => waiters.add(done)) : Promise.resolve()),
  }
}

/** `subscription`: a word of its path; `answers`: to questions by a word of their path. There is nothing else to ask. */
const streaming =
  (
    scheme: string,
    subscription: string,
    answers: Readonly<Record<string, string>>,
    part: (plate: string, time: StatedTime) => string,
  ): Make =>
  async () => {
    const stream = waitingFor<ServerResponse>()
    const server = createServer((request, answer) => {
      const path = request.url ?? ''
      if (!path.includes(subscription)) {
        const asked = Object.entries(answers).find(([word]) => path.includes(word))?.[1]
        answer.writeHead(asked === undefined ? 404 : 200).end(asked)
        return
      }
      answer.writeHead(200, { 'content-type': 'multipart/x-mixed-replace; boundary=b' })
      answer.flushHeaders()
      answer.on('close', () => stream.gone(answer))
      stream.come(answer)
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const beat = setInterval(() => stream.now()?.write('\r\n'), beatMs)
    return {
      link: `${scheme}://127.0.0.1:${port}?user=admin&secret=cam`,
      target: '',
      ready: () => stream.ready(),
      async send(plate, time) {
        await stream.ready()
        const body = Buffer.from(part(plate, time))
        stream
          .now()
          ?.write(
            Buffer.concat([
              Buffer.from(
                `--b\r\nContent-Type: text/plain\r\nContent-Length: ${body.length}\r\n\r\n`,
              ),
              body,
              Buffer.from('\r\n--b\r\n'),
            ]),
          )
      },
      async close() {
        clearInterval(beat)
        server.closeAllConnections()
        server.close()
        await once(server, 'close')
      },
    }
  }

function vzFrame(message: object): Buffer {
  const text = iconv.encode(JSON.stringify(message), 'gbk')
  const head = Buffer.from([0x56, 0x5a, 0, 0, 0, 0, 0, 0])
  head.writeUInt32BE(text.length, 4)
  return Buffer.concat([head, text])
}

const vzBeat = Buffer.from([0x56, 0x5a, 1, 0, 0, 0, 0, 0])

/** Answers everything at once, one answer for each question that it gets. */
const vzTcp: Make = async () => {
  const link = waitingFor<Socket>()
  const sockets = new Set<Socket>()
  const server = createTcp((socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => link.gone(socket))
    socket.on('data', (bytes) => {
      const text = bytes.toString('latin1')
      if (text.includes('getsn'))
        socket.write(vzFrame({ cmd: 'getsn', state_code: 200, value: 'raw-1' }))
      if (!text.includes('ivsresult')) return
      socket.write(vzFrame({ cmd: 'ivsresult', state_code: 200 }))
      link.come(socket)
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  let id = 0
  const beat = setInterval(() => link.now()?.write(vzBeat), beatMs)
  return {
    link: `vz://127.0.0.1:${port}`,
    target: '',
    ready: () => link.ready(),
    async send(plate, time) {
      await link.ready()
      link
        .now()
        ?.write(vzFrame({ cmd: 'ivs_result', id: ++id, PlateResult: vzResult(plate, time) }))
    },
    async close() {
      clearInterval(beat)
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

export const rawCameras: Readonly<Record<string, Make>> = {
  'hikvision, pushing': pushing('push:hikvision', (url, plate, time) =>
    posted(url, 'application/xml', hikvisionText(plate, time)),
  ),
  'vzicom, pushing': pushing('push:vzicom', (url, plate, time) => {
    const result = { PlateResult: vzResult(plate, time) }
    return posted(url, 'application/json', JSON.stringify({ AlarmInfoPlate: { result } }))
  }),
  'hikvision, subscribed': streaming(
    'hikvision',
    'alertStream',
    { entranceParam: '<EntranceParam><ctrlMod>1</ctrlMod></EntranceParam>' },
    hikvisionText,
  ),
  'dahua, subscribed': streaming(
    'dahua',
    'action=attach',
    { getSerialNo: 'sn=RAW00001' },
    (plate, time) =>
      [
        'Code=TrafficJunction',
        `TrafficCar.PlateNumber=${plate}`,
        'TrafficCar.PlateColor=Blue',
        ...dahuaTime(time),
        '',
      ]
        .map((line) => (line === '' ? '' : `Events[0].${line}`))
        .join('\r\n'),
  ),
  'vzicom, TCP': vzTcp,
}
