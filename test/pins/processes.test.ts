// The first output of processes and the answers of a running lot, by members and types: each simulator with its
// administration, `run` with its endpoints, the commands that use its API, and every reading call.
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { z } from 'zod'
import { api, type ApiName } from '#runtime/api/table.ts'
import { demoTariff } from '#money/tariff/demo-tariff.ts'
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
const secure = ['platform-sim', 'payment-sim', 'reservation-sim', 'access-sim']
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

/** Arguments of reading calls, by name. */
const given: Readonly<Record<string, unknown>> = {
  laneId: 'exit',
  stayId: 's1',
  photoId: 'none',
  day: '2025-03-03',
  from: '2025-03-03',
  to: '2025-03-03',
  fromIso: '2025-03-03T08:00:00+08:00',
  toIso: '2025-03-03T11:00:00+08:00',
  atIso: '2025-03-03T11:00:00+08:00',
  kind: 'payment',
  limit: 5,
  no: 'P1',
  plate: '测A00001',
  wanted: { powerStep: 3 },
  tariff: demoTariff,
  language: 'zh',
  device: 'rsu',
  after: 0,
  at: '2025-03-03T11:00:00+08:00',
  by: '王',
  reason: 'x',
  text: 'no,kind\n',
  file: 'days.csv',
  minutes: 60,
}
const ofDay = { from: '2025-03-03T00:00:00+08:00', to: '2025-03-04T00:00:00+08:00' }
/** Other values where a call uses a name differently. */
const instead: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'ledger.query': { kind: 'payment', ...ofDay },
  'ledger.sums': ofDay,
  'ledger.sheet': { kind: 'payment', format: 'csv', name: 'n', columns: [], ...ofDay },
  'receipt.day': { day: 20_250_303 },
}
/** Calls whose answers describe this machine: its network cards, ports, disks and neighbours. */
const ofMachine = /^(setup\.|find\.|seek\.|survey\.|receipt\.printers|profiles\.|preset\.)/
const reading = (Object.keys(api) as ApiName[]).filter(
  (name) => api[name].rest !== null && !ofMachine.test(name),
)

function argsFor(name: ApiName): Readonly<Record<string, unknown>> {
  const own = instead[name]
  if (own !== undefined) return own
  const { properties = {} } = z.toJSONSchema(api[name].args, { unrepresentable: 'any' })
  return Object.fromEntries(
    Object.keys(properties).flatMap((arg) => (arg in given ? [[arg, given[arg]]] : [])),
  )
}

/** Members that appear some time after a start and are compared with this machine. */
const later = /^(?:\.status)?\.(?:upkeep|clock)\b/

async function callSays(program: Program, name: ApiName): Promise<unknown> {
  try {
    const shape = Object.entries(shapeOf(await program.call(name, argsFor(name))))
    return Object.fromEntries(shape.filter(([member]) => !later.test(member)))
  } catch (error) {
    const { code, field } = JSON.parse((error as Error).message) as { code: string; field: string }
    return `${code} ${field}`.trimEnd()
  }
}

it('a running lot answers commands and reading calls with the members that it did', async () => {
  const dir = join(newFolder(), 'lot')
  commandLot(dir)
  const program = new Program(['run', '--data', dir])
  await program.ready()
  const ready = program.lines.find(({ event }) => event === 'ready')
  const answers: Record<string, unknown> = {}
  for (const line of asked) {
    const [name = '', ...rest] = line.split(' ')
    const command = loaded.get(name)
    if (command === undefined) throw new Error(`no command ${name}`)
    const answer = (await answerOf(command, [...rest, '--data', dir])) as { out?: unknown }
    const { out, ...said } = answer
    answers[line.replaceAll(' ', '_')] = { ...said, ...(out === undefined ? {} : shapeOf(out)) }
  }
  const calls: Record<string, unknown> = {}
  for (const name of reading) calls[name] = await callSays(program, name)
  pin(new URL('./kept/answers.txt', import.meta.url), calls)
  pin(new URL('./kept/running.txt', import.meta.url), {
    ready: shapeOf(ready),
    answers,
    exit: await program.stop(),
  })
})
