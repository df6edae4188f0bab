// The built program, as a lane PC starts it: prints its usage, makes and checks a folder, runs, answers, and stops on
// SIGTERM. Of the repository only the built file is loaded.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import type { StatusView } from '#lane/calls/views.ts'
import { cleanUp, newFolder, Program, type Ended, type Line } from '../wire/kit/live-program.ts'
import { repository } from '../wire/kit/program.ts'

const built = join(repository, 'dist', 'runtime', 'main.mjs')
const dir = join(newFolder(), 'lot')
const data = ['--data', dir]
const start = (args: readonly string[]): Program => new Program(args, [], 'ignore', built)

async function command(...args: string[]): Promise<Pick<Ended, 'code' | 'json'>> {
  const program = start([...args, '--json'])
  const code = await program.ended
  return { code, json: program.lines.at(-1) ?? {} }
}
const left = (): string[] =>
  ['runtime.json', 'lock', 'token'].filter((name) => existsSync(join(dir, 'run', name)))

afterAll(cleanUp)

it('refuses a command that it does not have, by its code', async () => {
  const { code, json } = await command('no-such-command')
  expect(code).toBe(2)
  expect(json).toMatchObject({ error: { code: 'ARG-01', value: 'no-such-command' } })
})

it('makes a folder, checks it and finds nothing wrong with it', async () => {
  const lot = ['--mode', 'demo', '--charge', 'card', '--layout', '7.1.1']
  const made = await command('lot', 'init', ...data, ...lot)
  expect(made).toMatchObject({ code: 0, json: { ok: true, lanes: ['entry', 'exit'] } })
  expect(await command('lot', 'check', ...data)).toMatchObject({ code: 0, json: { ok: true } })
  const { json } = await command('doctor', ...data)
  expect(json).toMatchObject({ certificates: [], statusList: null })
  // The disk space of this machine does not matter here.
  expect(json['faults']).not.toContainEqual(
    expect.objectContaining({ code: expect.stringMatching(/^(?!UPKEEP)/) as string }),
  )
})

it('says ready, answers its token alone, keeps the folder for itself, and SIGTERM ends it with 0', async () => {
  const run = start(['run', ...data])
  await run.ready()
  const { pid, apiVersion, endpoints } = run.lines[0] as Line
  expect({ pid, apiVersion }).toEqual({ pid: run.child.pid, apiVersion: 1 })
  const file = JSON.parse(readFileSync(join(dir, 'run', 'runtime.json'), 'utf8')) as unknown
  expect(file).toEqual({ apiVersion, pid, endpoints })
  expect((await run.call<StatusView>('status.get')).mode).toBe('demo')
  const nobody = await fetch(new URL('/v1/call', run.endpoints?.api), { method: 'POST' })
  expect(nobody.status).toBe(401)
  const second = await command('run', ...data)
  expect(second).toMatchObject({ code: 2, json: { error: { code: 'LOCK-01', value: `${pid}` } } })
  expect(await run.stop('SIGTERM')).toBe(0)
  expect(left()).toEqual([])
})

it('has a ledger that verifies, and starts again on it', async () => {
  const before = await command('ledger', 'verify', ...data)
  expect(before).toMatchObject({ code: 0, json: { ok: true, chain: 'ok', faults: [] } })
  const again = start(['run', ...data])
  await again.ready()
  const { ledger } = await again.call<StatusView>('status.get')
  expect(ledger.headSeq).toBeGreaterThan(Number(before.json['rows']))
  expect(await again.stop('SIGTERM')).toBe(0)
  expect(left()).toEqual([])
})
