// The scripts of the developer pages run as printed, in a shell with curl and openssl in the certificates' folder, and get
// a correct answer; a member that the page's table requires is refused when it is left out.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { objectOf } from './rig.ts'
import { simFolder, startPlatform } from './sim-process.ts'

const folder = simFolder()

const list = (value: unknown): readonly Readonly<Record<string, unknown>>[] =>
  Array.isArray(value) ? value.map(objectOf) : []

test('every script runs, and every member that is asked for is one', async () => {
  const sim = await startPlatform('--certs', join(folder(), 'certs'))
  const run = (script: string): unknown => {
    const got = spawnSync('sh', ['-c', script], { cwd: sim.certDir, encoding: 'utf8' })
    return objectOf(JSON.parse(got.stdout))['respCode']
  }
  const interfaces = list((await sim.admin('GET', '/developer')).json['interfaces'])
  const answered = interfaces.map(({ name, script }) => [name, run(String(script))])
  expect(answered).toEqual(interfaces.map(({ name }) => [name, '100000']))
  expect(answered).toHaveLength(9)

  const charge = interfaces.find(({ name }) => name === 'POST /v1/etc/exit-charges')
  const required = list(charge?.['members']).filter(({ optional }) => optional === false)
  expect(required.length).toBeGreaterThanOrEqual(20)
  const { realFee: _, ...short } = objectOf(charge?.['example'])
  const body = JSON.stringify({ ...short, outTradeNo: 'SHORT' })
  const script = String(charge?.['script']).replace(/^BODY='.*'/, () => `BODY='${body}'`)
  expect(run(script)).toBe('200010')
  for (const { name } of required)
    expect(objectOf(charge?.['example'])).toHaveProperty(String(name))
})
