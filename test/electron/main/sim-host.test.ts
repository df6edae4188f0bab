// The host of a demo's simulators: what it starts, what it refuses, how it ends them.
// Processes are fakes here; test/package starts real ones.
import { spawn } from 'node:child_process'
import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { SimHost, simPrograms, simsMax, type SimChild } from '../../../electron/main/sim-host.ts'
import type { FromSimHost } from '#runtime/api/messages.ts'

interface StandIn extends SimChild {
  readonly stdout: PassThrough
  readonly args: readonly string[]
  terms: number
  exit(code: number): void
}

function hostOf(pid?: number) {
  const children: StandIn[] = []
  const told: FromSimHost[] = []
  const fork = (args: readonly string[]): SimChild => {
    let ended: (code: number) => void = () => undefined
    const child: StandIn = {
      pid,
      args,
      stdout: new PassThrough(),
      terms: 0,
      kill: () => (child.terms++, true),
      once: (_event, listener) => (ended = listener),
      exit: (code) => ended(code),
    }
    children.push(child)
    return child
  }
  return { host: new SimHost(fork, (message) => told.push(message)), children, told }
}

const start = (sim: number, name = 'rsu-sim', args: unknown = ['--seed', '1']) => ({
  sim,
  start: { name, args },
})
const soon = () => new Promise((done) => setImmediate(done))

describe('a demo that asks for its simulators', () => {
  it.each(simPrograms)(
    'starts %s with its arguments and tells its lines and its end',
    async (name) => {
      const { host, children, told } = hostOf()
      host.take(start(7, name))
      expect(children[0]?.args).toEqual([name, '--seed', '1'])
      children[0]?.stdout.write('{"event":"ready"}\n')
      await soon()
      children[0]?.exit(2)
      expect(told).toEqual([
        { sim: 7, line: '{"event":"ready"}' },
        { sim: 7, ended: 2 },
      ])
    },
  )

  it('asks a simulator to end, and only the one that is meant', () => {
    const { host, children } = hostOf()
    host.take(start(1))
    host.take(start(2))
    host.take({ sim: 2, kill: 'SIGTERM' })
    host.take({ sim: 3, kill: 'SIGTERM' })
    expect(children.map(({ terms }) => terms)).toEqual([0, 1])
  })

  it('does not wait for a simulator that is to end at once', async () => {
    const real = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)'])
    const gone = new Promise((done) => real.once('exit', (_code, signal) => done(signal)))
    const { host } = hostOf(real.pid)
    host.take(start(1))
    host.take({ sim: 1, kill: 'SIGKILL' })
    expect(await gone).toBe('SIGKILL')
    // It has ended already: the same request again is no fault.
    host.take({ sim: 1, kill: 'SIGKILL' })
  })
})

const refused: readonly [string, unknown][] = [
  ['no object', 'rsu-sim'],
  ['nothing', null],
  ['no number', { sim: '1', start: { name: 'rsu-sim', args: [] } }],
  ['neither start nor end', { sim: 1 }],
  ['a start of nothing', { sim: 1, start: null }],
  ['a command that opens lanes', start(1, 'run')],
  ['a flag instead of a name', start(1, '--inspect')],
  ['a name of every object', start(1, 'constructor')],
  ['arguments that are no list', start(1, 'rsu-sim', '--seed 1')],
  ['arguments that are no texts', start(1, 'rsu-sim', [1])],
  ['no arguments', { sim: 1, start: { name: 'rsu-sim' } }],
  ['another signal', { sim: 1, kill: 'SIGSTOP' }],
]

describe('a message that is no request', () => {
  it.each(refused)('starts nothing: %s', (_what, message) => {
    const { host, children, told } = hostOf()
    host.take(message)
    expect([children, told]).toEqual([[], []])
  })

  it('starts nothing under a number that runs, and no more than its most', () => {
    const { host, children, told } = hostOf()
    for (let sim = 1; sim <= simsMax; sim++) host.take(start(sim))
    host.take(start(1))
    expect([children.length, told]).toEqual([simsMax, []])
    host.take(start(simsMax + 1))
    expect([children.length, told]).toEqual([simsMax, [{ sim: simsMax + 1, ended: null }]])
  })
})

describe('a runtime that is gone', () => {
  it('is gone for its host only when the last simulator is', async () => {
    const { host, children, told } = hostOf()
    host.take(start(1))
    host.take(start(2))
    let over = false
    const ending = host.end().then(() => (over = true))
    children[0]?.exit(0)
    await soon()
    expect(over).toBe(false)
    children[1]?.exit(0)
    await ending
    expect(told).toEqual([])
    host.take(start(3))
    expect(children).toHaveLength(2)
  })

  it('is gone at once where no simulator ran', async () => {
    await expect(hostOf().host.end()).resolves.toBeUndefined()
  })
})
