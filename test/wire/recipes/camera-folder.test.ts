// The recipe "a camera that is subscribed to" of CONTRIBUTING.md with a made-up make: its
// folder and nothing else. A lot accepts its link, queries it, reads its plate and shows it in the console.
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { machineSecret } from '#base/secrets/machine-seal.ts'
import { secretStore } from '#base/secrets/secret-store.ts'
import { cleanUp, newFolder, Program } from '../kit/live-program.ts'
import { treeWith, type RecipeTree } from '../kit/recipe-tree.ts'
import { eventually } from '../../kit/eventually.ts'

const files = {
  'firmware-runtime/devices/pure/camera/toy/make.ts': `// A camera that is made up: a line of text a car.
import { z } from 'zod'
import { normalisePlate } from '../../../../base/pure/plates/plate.ts'
import { defineCameraMake } from '../make.ts'
import { utf8Text } from '../text.ts'

const plateIn = (text: string): string | null => /^CAR (\\S+)\\n$/.exec(text)?.[1] ?? null

export const toy = defineCameraMake<{ readonly gate: number }, null>({
  name: 'toy',
  variant: 'toy',
  usual: { gate: 1 },
  options(query, reader) {
    const gate = query.get('gate') ?? '1'
    if (!/^[1-9]$/.test(gate)) reader.refuse('gate is 1 to 9')
    return { gate: Number(gate) }
  },
  reads: {},
  starts: { gate: z.int().min(1).max(9) },
  question: { method: 'GET', path: '/toy/name' },
  example: (text) => ({ plate: plateIn(text) }),
  pull: ({ gate }, address) => ({
    initial: () => null,
    checks: [],
    recheckMs: 600_000,
    subscription: () => ({ method: 'GET', path: \`/toy/cars/\${gate}\` }),
    otherSubscription: () => null,
    silenceMs: 30_000,
    deviceId: () => address,
    wholeText: ({ bytes }) => bytes.at(-1) === 0x0a,
    text(d, part) {
      const plateRaw = plateIn(utf8Text(part.bytes))
      if (plateRaw === null) return { d, found: [{ kind: 'keepAlive' }] }
      const plate = normalisePlate(plateRaw)
      const read = {
        deviceId: address,
        recordId: plateRaw,
        deviceAtMs: null,
        plate,
        plateRaw,
        plateState: 'read',
        colour: 'blue',
        confidence: null,
        history: false,
        jpeg: null,
      } as const
      return { d, found: [{ kind: 'draft', draft: { read, group: null, groupSize: 1 } }] }
    },
  }),
})
`,
}

const requestUrls: string[] = []
let stream: ServerResponse | null = null
/** The camera: returns its name, and keeps the stream of cars open. */
const camera: Server = createServer((request, response) => {
  requestUrls.push(request.url ?? '')
  if (request.url?.startsWith('/toy/cars') !== true) {
    response.end('toy')
    return
  }
  stream = response
  response.writeHead(200, { 'content-type': 'multipart/x-mixed-replace; boundary=car' })
  response.write('--car\r\n')
})
const part = (text: string): string => `Content-Type: text/plain\r\n\r\n${text}\r\n--car\r\n`

let tree: RecipeTree
let address = ''
const dir = join(newFolder(), 'lot')
const link = (gate: string): string => `toy://${address}?user=u&secret=cam&gate=${gate}`
const init = (gate: string, data = dir) =>
  tree.run('lot', 'init', '--data', data, '--charge', 'card', '--camera', `exit=${link(gate)}`)

beforeAll(async () => {
  tree = await treeWith(1, files)
  await new Promise<void>((done) => camera.listen(0, '127.0.0.1', done))
  address = `127.0.0.1:${String((camera.address() as AddressInfo).port)}`
})
afterAll(async () => {
  camera.closeAllConnections()
  camera.close()
  await cleanUp()
})

it('its link is taken by a lot, and refused by its own rule', async () => {
  const refused = await init('0', join(newFolder(), 'none'))
  expect(refused.stdout + refused.stderr).toContain('gate is 1 to 9')
  expect(await init('3')).toMatchObject({ code: 0 })
})

it('it is subscribed to, and its plate is read off the wire', async () => {
  secretStore(dir, machineSecret()).write('cam', 'Simulated1')
  const start = (...args: string[]) => new Program(args, [], 'ignore', tree.program)
  await start('run', '--data', dir).ready()
  await eventually(() => requestUrls).toContain('/toy/cars/3')
  const where = ['--data', dir, '--lane', 'exit', '--device', 'camera']
  const watch = start('capture', 'watch', ...where, '--type', 'PLATE', '--frames', '1')
  await watch.line(({ event }) => event === 'ready')
  stream?.write(part('CAR 测B20001\n'))
  const seen = await watch.line(({ event }) => event === 'frame')
  expect(seen).toMatchObject({ type: 'PLATE', ok: true, fields: { plate: '测B20001' } })
})

it('the doctor asks what its folder says', async () => {
  const ran = await tree.run('doctor', '--camera', link('3'), '--data', dir, '--json')
  expect(JSON.parse(ran.stdout)).toMatchObject({ ok: true, status: 200 })
  expect(requestUrls).toContain('/toy/name')
})
