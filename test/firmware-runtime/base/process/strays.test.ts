// A throw planted in a callback at each kind of place where a library, a device or Node calls the program: a process with the
// net of the lanes sees it at once, whoever caught it. strays-child.ts has the places.
import { spawn } from 'node:child_process'
import { expect, it } from 'vitest'
import { eventually } from '../../../kit/eventually.ts'

const child = new URL('./strays-child.ts', import.meta.url).pathname
/** A thrown error of these is a rejected promise: reported as TASK-02, and the lanes go on. */
const rejected = ['undici promise', 'http call', 'promise']
/** Node ends the process by any error there, also by a fault of the world. */
const passed = [
  ...['child close', 'worker message', 'worker exit', 'port message', 'http request'],
  ...['timer', 'microtask', 'immediate', 'abort signal'],
]
const turns = [
  ...['tcp connect', 'tcp data', 'tcp end', 'serial open', 'serial data', 'hid data'],
  ...['printer open', 'printer data', 'undici head', 'undici body', 'undici end', 'undici error'],
  ...['undici silence', 'mqtt connect', 'mqtt message', 'mqtt close', 'ssh2 error'],
]
const all = [...turns, ...passed, ...rejected, 'undici deadline', 'datagram']

interface Thrown {
  readonly out: string
  readonly err: string
  readonly code: number | null | 'runs'
}

/** Runs until it ended, or reported; then it is ended. */
async function thrown(place: string, kind: 'bug' | 'fault'): Promise<Thrown> {
  const run = spawn(process.execPath, [child, place, kind], { stdio: ['ignore', 'pipe', 'pipe'] })
  let found: Thrown = { out: '', err: '', code: 'runs' }
  run.stdout.on('data', (text: Buffer) => (found = { ...found, out: `${found.out}${text}` }))
  run.stderr.on('data', (text: Buffer) => (found = { ...found, err: `${found.err}${text}` }))
  run.once('close', (code) => (found = { ...found, code }))
  try {
    return await eventually(
      () => found,
      ({ out, code }) => code !== 'runs' || out.includes('reported'),
    )
  } finally {
    run.kill('SIGKILL')
  }
}

it('names every place of the child', async () => {
  const { out } = await thrown('places', 'bug')
  expect((JSON.parse(out) as string[]).toSorted()).toEqual(all.toSorted())
})

it.each(all.filter((place) => !rejected.includes(place)))(
  'a bug ends the process: %s',
  async (place) => {
    const { out, err, code } = await thrown(place, 'bug')
    expect([out, code]).toEqual(['called\n', 1])
    expect(err).toContain('TypeError: planted')
  },
)

it.each(rejected)('a bug is reported: %s', async (place) => {
  const { out, code } = await thrown(place, 'bug')
  expect([out, code]).toEqual(['called\nreported TypeError: planted\n', 'runs'])
})

it.each([...turns, ...rejected])('a fault of the world is reported: %s', async (place) => {
  const { out, code } = await thrown(place, 'fault')
  expect([out, code]).toEqual(['called\nreported DATA-02\n', 'runs'])
})
