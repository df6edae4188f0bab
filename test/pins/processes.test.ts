// What processes say first, and what a running lot answers, by members and types: each simulator with its administration, `run` with
// its endpoints, and the commands that go through its API.
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { commands } from '../../firmware-runtime/commands.ts'
import { cleanUp, newFolder, Program } from '../wire/kit/live-program.ts'
import { answerOf } from './commands.ts'
import { commandLot } from './command-lot.ts'
import { pin } from './pin.ts'
import { shapeOf } from './shape.ts'

afterAll(cleanUp)

const loaded = new Map(
  await Promise.all(commands.map(async ({ name, load }) => [name, await load()] as const)),
)
const secure = ['platform-sim', 'payment-sim', 'reservation-sim']
const sims = [...loaded.keys()].filter((name) => name.endsWith('-sim'))
const adminPaths = ['state', 'books', 'faults', 'log']

async function simSays(name: string): Promise<unknown> {
  const link = secure.includes(name) ? 'https' : 'tcp'
  const ends = ['--listen', `${link}://127.0.0.1:0`, '--admin', 'http://127.0.0.1:0']
  const sim = new Program([name, ...ends])
  const ready = await sim.line(() => true)
  const admin = (ready['endpoints'] as Record<string, string>)['admin'] ?? ''
  const answers: Record<string, unknown> = {}
  for (const path of adminPaths) {
    const response = await fetch(`${admin}/${path}`, { headers: { connection: 'close' } })
    const type = response.headers.get('content-type') ?? ''
    answers[path] = type.includes('json') ? shapeOf(await response.json()) : response.status
  }
  return { ready: shapeOf(ready), ...answers, exit: await sim.stop() }
}

it('each simulator begins, answers and ends as it did', async () => {
  expect(sims.length).toBeGreaterThan(10)
  const found: Record<string, unknown> = {}
  for (const name of sims) found[name] = await simSays(name)
  pin(new URL('./kept/simulators.txt', import.meta.url), found)
})

const asked = [
  'lane state',
  'list status',
  'stays list',
  'spaces',
  'queue status',
  'receipt printers',
  'rehearse show',
  'reservation status',
  'call list',
  'device holders',
  'people list',
  'arrears list',
  'members list',
  'coupons list',
  'inside list',
  'day show --day 2025-03-03',
  'ledger query --kind payment',
  'ledger verify',
  'explain show --stay s1',
  'lane settle --lane exit --by 王 --reason x',
  'lane settle --lane nowhere --by 王 --reason x',
  'stays close --stay s9 --by 王 --reason x',
  'stays refund --refund r9 --means cash --by 王 --reason x',
  'call make --lane exit --by 王 --reason x',
]

it('a running lot answers commands with the members that it did', async () => {
  const dir = join(newFolder(), 'lot')
  commandLot(dir)
  const program = new Program(['run', '--data', dir])
  const ready = await program.line(({ event }) => event === 'ready')
  const answers: Record<string, unknown> = {}
  for (const line of asked) {
    const [name = '', ...rest] = line.split(' ')
    const command = loaded.get(name)
    if (command === undefined) throw new Error(`no command ${name}`)
    const answer = (await answerOf(command, [...rest, '--data', dir])) as { out?: unknown }
    const { out, ...said } = answer
    answers[line.replaceAll(' ', '_')] = { ...said, ...(out === undefined ? {} : shapeOf(out)) }
  }
  pin(new URL('./kept/running.txt', import.meta.url), {
    ready: shapeOf(ready),
    answers,
    exit: await program.stop(),
  })
})
