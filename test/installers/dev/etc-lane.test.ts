// `etc-lane` in a checkout: which program it starts, and that arguments, output, exit code
// and signals pass through unchanged.
import { spawn } from 'node:child_process'
import { utimesSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { makeCheckout, type Checkout } from './made-up-checkout.ts'

const made: Checkout[] = []
afterEach(() => {
  for (const checkout of made.splice(0)) checkout.remove()
})

function checkout(withNode = true): Checkout {
  const one = makeCheckout(withNode)
  made.push(one)
  return one
}

interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Runs it; `onOutput` may send a signal. */
function run(at: Checkout, args: string[], onOutput?: (kill: (s: NodeJS.Signals) => void) => void) {
  return new Promise<Ended>((done) => {
    const program = join(at.root, 'installers', 'dev', 'etc-lane.mjs')
    const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
    let out = ''
    let err = ''
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString()
      onOutput?.((signal) => child.kill(signal))
    })
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
    child.on('close', (code) => done({ code, out, err }))
  })
}

const source = 'firmware-runtime/main.ts'
const bundle = 'dist/runtime/main.mjs'
const says = (word: string): string => `console.log('${word}', ...process.argv.slice(2))\n`
const at = (c: Checkout, path: string, seconds: number): void =>
  utimesSync(join(c.root, path), seconds, seconds)

/** A checkout whose sources all have this time. */
function sourcesOf(c: Checkout, seconds: number): void {
  c.write(source, says('source'))
  c.write('firmware-runtime/app/a.ts', 'export const a = 1\n')
  for (const path of ['app/a.ts', 'app', 'main.ts', '']) {
    at(c, join('firmware-runtime', path), seconds)
  }
}

it('runs the sources where nothing is built, with the arguments as they are', async () => {
  const c = checkout()
  sourcesOf(c, 1_000)
  expect(await run(c, ['rsu', '--hex', 'a b'])).toMatchObject({
    code: 0,
    out: 'source rsu --hex a b\n',
  })
})

it('runs the bundle when it is newer than every source', async () => {
  const c = checkout()
  sourcesOf(c, 1_000)
  c.write(bundle, says('bundle'))
  at(c, bundle, 2_000)
  expect((await run(c, [])).out).toBe('bundle\n')
})

it('runs the sources when one file deep inside is newer than the bundle', async () => {
  const c = checkout()
  sourcesOf(c, 1_000)
  c.write(bundle, says('bundle'))
  at(c, bundle, 2_000)
  at(c, 'firmware-runtime/app/a.ts', 3_000)
  expect((await run(c, [])).out).toBe('source\n')
})

it('runs the bundle where there are no sources', async () => {
  const c = checkout()
  c.write(bundle, says('bundle'))
  expect((await run(c, [])).out).toBe('bundle\n')
})

it.each([0, 1, 2, 7])('passes exit code %i on', async (code) => {
  const c = checkout()
  c.write(source, `process.exitCode = ${code}\n`)
  expect((await run(c, [])).code).toBe(code)
})

it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
  'passes %s on and waits for the end',
  async (signal) => {
    const c = checkout()
    c.write(
      source,
      `setInterval(() => undefined, 1000)
process.on('${signal}', () => { console.log('ending'); process.exit(3) })
console.log('ready')\n`,
    )
    let sent = false
    const ended = await run(c, [], (kill) => {
      if (!sent) kill(signal)
      sent = true
    })
    expect(ended).toEqual({ code: 3, out: 'ready\nending\n', err: '' })
  },
)

it.runIf(process.platform !== 'win32')('ends with the shell that npm put between', async () => {
  const c = checkout()
  c.write(
    source,
    `setInterval(() => undefined, 1000)
process.on('SIGTERM', () => { console.log('ending'); process.exit(0) })
console.log('ready')\n`,
  )
  const program = join(c.root, 'installers', 'dev', 'etc-lane.mjs')
  const shell = spawn('sh', ['-c', `"${process.execPath}" "${program}"; true`], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, npm_execpath: 'npm' },
  })
  let out = ''
  for await (const chunk of shell.stdout) {
    out += String(chunk)
    if (out === 'ready\n') shell.kill('SIGTERM')
  }
  expect(out).toBe('ready\nending\n')
})

it('answers 128 + signal when the runtime was killed', async () => {
  const c = checkout()
  c.write(source, `process.kill(process.pid, 'SIGKILL')\n`)
  expect((await run(c, [])).code).toBe(137)
})

it('says in one sentence what to do where nothing is set up', async () => {
  const ended = await run(checkout(), [])
  expect(ended).toMatchObject({ code: 2, out: '' })
  expect(ended.err).toMatch(/^etc-lane: .*npm start or npm test once\n$/)
})
