// `etc-lane run` with a centre, its door and its database: heartbeats arrive, stop when the lot is unplugged, and go on
// before its rows when it is plugged in again.
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import type { CentreView } from '#ledger/calls/centre-views.ts'
import type { StatusView } from '#lane/calls/views.ts'
import type { Beat } from '#ledger/pure/centre/beat.ts'
import { openScene, type Scene } from '../centre/door/door-kit.ts'
import { eventually } from '../kit/eventually.ts'
import { cleanUp, newFolder, Program, runToEnd } from './kit/live-program.ts'

afterAll(() => cleanUp())

/** The line between a lot and the door. */
class Line {
  private readonly sockets = new Set<Socket>()
  private readonly doorPort: number
  private server: Server | null = null
  port = 0

  constructor(doorUrl: string) {
    this.doorPort = Number(new URL(doorUrl).port)
  }

  async plug(): Promise<void> {
    const server = createServer((lot) => {
      const door = connect(this.doorPort, '127.0.0.1')
      for (const socket of [lot, door]) {
        this.sockets.add(socket)
        socket.on('error', () => socket.destroy())
        socket.on('close', () => (lot.destroy(), door.destroy()))
      }
      lot.pipe(door).pipe(lot)
    }).listen(this.port, '127.0.0.1')
    await once(server, 'listening')
    this.port = (server.address() as AddressInfo).port
    this.server = server
  }

  unplug(): void {
    this.server?.close()
    for (const socket of this.sockets) socket.destroy()
    this.sockets.clear()
  }
}

async function lotOn(port: number): Promise<Program> {
  const dir = newFolder()
  expect((await runToEnd(['lot', 'init', '--data', dir, '--charge', 'card'])).code).toBe(0)
  const file = join(dir, 'lot.json')
  const lot = JSON.parse(readFileSync(file, 'utf8')) as object
  writeFileSync(file, JSON.stringify({ ...lot, centre: { url: `https://127.0.0.1:${port}` } }))
  const program = new Program(['run', '--data', dir])
  await program.ready()
  return program
}

async function acceptAll(scene: Scene): Promise<void> {
  const asked = 'SELECT pairing_id FROM desk.pairing WHERE digits IS NOT NULL'
  await eventually(async () => (await scene.centre.owner(asked)).rows.length).toBe(1)
  const { rows } = await scene.centre.owner(asked)
  await scene.decide(String(rows[0]?.pairing_id), true)
}

interface Heard {
  readonly heardMs: number
  readonly beat: Beat
}
async function heard(scene: Scene): Promise<Heard | null> {
  const { rows } = await scene.centre.owner('SELECT heard, beat FROM centre.lot_beat')
  return rows[0] === undefined ? null : { heardMs: rows[0].heard.getTime(), beat: rows[0].beat }
}

test('stops with the line and goes on with it', async () => {
  const scene = await openScene()
  onTestFinished(() => scene.close())
  const line = new Line(scene.door.url)
  await line.plug()
  onTestFinished(() => line.unplug())
  const program = await lotOn(line.port)
  await acceptAll(scene)
  await eventually(
    () => heard(scene),
    (one) => one !== null,
    { of: program },
  )
  const first = await heard(scene)
  const status = await program.call<StatusView>('status.get')
  expect(first?.beat).toMatchObject({
    version: status.version,
    spaces: { capacity: status.capacity },
  })
  const lanes = await program.call<{ readonly lanes: readonly object[] }>('board.get')
  expect(first?.beat.lanes).toHaveLength(lanes.lanes.length)
  const { beatAtIso } = await program.call<CentreView>('centre.state')
  expect(beatAtIso).not.toBeNull()
  const changes = 'SELECT count(*)::int AS n FROM centre.lane_change'
  expect((await scene.centre.owner(changes)).rows[0]?.n).toBeGreaterThan(4)

  line.unplug()
  const silent = await heard(scene)
  // The row of an act, so that the lot notices; the certificates in use stay.
  const who = { by: '甲', reason: '换了电脑', commandId: randomUUID() }
  await program.call('centre.pairAgain', who)
  const feed = () => program.call<CentreView>('centre.state')
  await eventually(feed, ({ backlog }) => backlog > 0, { of: program })
  expect(await heard(scene)).toEqual(silent)

  const pluggedMs = Date.now()
  await line.plug()
  await eventually(
    () => heard(scene),
    (one) => (one?.heardMs ?? 0) > pluggedMs,
    { of: program },
  )
  await eventually(feed, ({ backlog }) => backlog === 0, { of: program })
  expect(await program.stop()).toBe(0)
})
