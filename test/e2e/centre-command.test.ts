// The built command `etc-lane centre` on a real PostgreSQL: its ready line, its stream while the database is away, its end, and
// its next start after it was killed.
import { readFileSync } from 'node:fs'
import { get } from 'node:https'
import { expect, it } from 'vitest'
import { isProcessAlive } from '#base/files/process-lock.ts'
import {
  centreDir,
  centreCopies,
  openHeard,
  postmasterOf,
  startCentre,
} from '../kit/centre-parts.ts'
import { eventually } from '../kit/eventually.ts'

const madeCentreDir = centreCopies()

interface Ready {
  readonly endpoints: { readonly desk: string; readonly door: string; readonly caFile: string }
  readonly signIn: { readonly name: string; readonly password: string } | null
}

/** Status of an answer of the door, whose certificate has to be of this authority. */
const doorStatus = ({ door, caFile }: Ready['endpoints']): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const ca = readFileSync(caFile)
    get(`${door}/v1/none`, { ca }, (answer) => {
      answer.resume()
      resolve(answer.statusCode)
    }).on('error', reject)
  })

const free = ['--door', '127.0.0.1:0', '--desk', '127.0.0.1:0'] as const

it('says that it is ready, tells of its database, and ends on a signal', async () => {
  const dir = centreDir()
  const centre = startCentre('--data', dir, ...free)
  await eventually(() => centre.said.length).toBe(1)
  expect(centre.said).toMatchObject([
    {
      event: 'ready',
      apiVersion: 1,
      pid: centre.child.pid,
      endpoints: {
        desk: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
        door: expect.stringMatching(/^https:\/\/127\.0\.0\.1:\d+$/),
        caFile: expect.stringMatching(/authority\.pem$/),
      },
    },
  ])
  const { endpoints, signIn } = centre.said[0] as unknown as Ready
  expect(signIn).toEqual({ name: 'admin', password: expect.stringMatching(/^\S{8,}$/) })
  expect(await doorStatus(endpoints)).toBe(404)
  const page = await fetch(endpoints.desk)
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
  const postmaster = postmasterOf(dir)
  process.kill(postmaster, 'SIGKILL')
  const states = [
    { event: 'database', state: 'down' },
    { event: 'database', state: 'up' },
  ]
  await eventually(() => centre.said.slice(1)).toEqual(states)
  const next = postmasterOf(dir)
  centre.child.kill('SIGTERM')
  expect(await centre.ended).toBe(0)
  expect(centre.said.slice(3)).toEqual([{ event: 'stopping' }])
  expect([postmaster, next].map(isProcessAlive)).toEqual([false, false])
})

it('goes on with the database of a centre that was killed, and ends the server that it left', async () => {
  const dir = await madeCentreDir()
  const killed = startCentre('--data', dir, ...free)
  await eventually(() => killed.said[0]?.['event']).toBe('ready')
  const left = postmasterOf(dir)
  killed.child.kill('SIGKILL')
  await killed.ended
  expect(isProcessAlive(left)).toBe(true)
  const open = await openHeard(dir)
  expect(postmasterOf(dir)).not.toBe(left)
  expect(isProcessAlive(left)).toBe(false)
  expect((await open.database.door.query('SELECT lot_id FROM centre.lot')).rows).toEqual([])
})
