// `etc-lane centre` from end to end: its ready line, its stream while the database is away, its end.
import { createServer } from 'node:net'
import { once } from 'node:events'
import { expect, it, onTestFinished } from 'vitest'
import { centreDir, madeCentreDir, postmasterOf, startCentre } from '../../kit/centre-parts.ts'
import { isProcessAlive } from '../../../firmware-runtime/adapters/files/process-lock.ts'
import { eventually } from '../../kit/eventually.ts'

const free = ['--door', '127.0.0.1:0', '--desk', '127.0.0.1:0'] as const

it('says that it is ready, tells of its database, and ends on a signal', async () => {
  const dir = await madeCentreDir()
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

it.each([
  [['--door', 'here'], '--door', 'here'],
  [['--desk', '127.0.0.1:70000'], '--desk', '127.0.0.1:70000'],
  [['--postgres', 'mysql://u:secret@h/d'], '--postgres', 'mysql://u@h/d'],
])('refuses %j', async (args, field, value) => {
  const centre = startCentre('--data', centreDir(), ...args)
  expect(await centre.ended).toBe(2)
  expect(centre.said).toMatchObject([{ error: { code: 'ARG-01', field, value } }])
})

it.each(['--door', '--desk'])(
  'refuses an address in use by %s and ends its database',
  async (flag) => {
    const server = createServer()
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    onTestFinished(() => void server.close())
    const bound = server.address()
    const value = `127.0.0.1:${typeof bound === 'object' ? (bound?.port ?? 0) : 0}`
    const dir = await madeCentreDir()
    const centre = startCentre(
      '--data',
      dir,
      ...free.map((arg) => (arg === flag ? arg : arg)),
      flag,
      value,
    )
    expect(await centre.ended).toBe(2)
    expect(centre.said).toMatchObject([{ error: { code: 'ARG-01', field: flag, value } }])
    expect(() => postmasterOf(dir)).toThrow('ENOENT')
  },
)
