// Where the simulated platform can be reached: on this machine only, or beyond it under the names in its certificate. A lot
// that trusts its authority reaches it under each of these names and under no other.
import { execFile, execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { program } from '../../../wire/kit/program.ts'
import { simFolder, startPlatform } from './sim-process.ts'

const folder = simFolder()
const outside = ['--listen', 'https://0.0.0.0:0']
const place = (): readonly string[] => ['--certs', join(folder(), 'certs')]

/** The error with which the start is refused. */
async function refusal(...words: readonly string[]): Promise<unknown> {
  const child = execFile(process.execPath, [program, 'platform-sim', ...words])
  let out = ''
  child.stdout?.on('data', (text: string) => (out += text))
  expect(await once(child, 'close')).toEqual([2, null])
  const { error }: { error: unknown } = JSON.parse(out)
  return error
}

/** Whether a client that trusts only the authority accepts the server under a name. */
async function isBelieved(baseUrl: string, name: string): Promise<boolean> {
  const port = Number(new URL(baseUrl).port)
  const ca = readFileSync(join(folder(), 'certs', 'ca.pem'))
  const socket = connect({ host: '127.0.0.1', port, ca, servername: name })
  const believed = await once(socket, 'secureConnect').then(
    () => true,
    () => false,
  )
  socket.destroy()
  return believed
}

test('beyond this machine it is found under each name of its certificate, and under no other', async () => {
  const sim = await startPlatform(...place(), ...outside, '--names', 'sandbox.test,192.0.2.7')
  expect(new URL(sim.baseUrl).hostname).toBe('sandbox.test')
  expect(await isBelieved(sim.baseUrl, 'sandbox.test')).toBe(true)
  expect(await isBelieved(sim.baseUrl, 'localhost')).toBe(true)
  expect(await isBelieved(sim.baseUrl, 'other.test')).toBe(false)
  const words = [
    'x509',
    '-in',
    join(folder(), 'certs', 'tls.pem'),
    '-noout',
    '-ext',
    'subjectAltName',
  ]
  expect(execFileSync('openssl', words).toString()).toContain('IP Address:192.0.2.7')
  await sim.killed()
  const again = ['--names', 'sandbox.test,other.test']
  expect(await refusal(...place(), ...outside, ...again)).toMatchObject({
    code: 'ARG-01',
    field: '--names',
    value: 'other.test',
  })
})

test.each([
  [outside, '--listen'],
  [['--admin', 'http://0.0.0.0:0', '--names', 'sandbox.test'], '--admin'],
  [[...outside, '--names', 'no name'], '--names'],
])('%j is refused', async (words, field) => {
  expect(await refusal(...place(), ...words)).toMatchObject({ code: 'ARG-01', field })
})
