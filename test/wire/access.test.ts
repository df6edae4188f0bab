// `etc-lane access`: its keys are made once, its interface is opened on the address of the lot file, and it is refused with
// the member or the file that is missing.
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { billingOpenApi } from '#money/partners/openapi.ts'
import { answerOf, authorization } from '../kit/partner-kit.ts'
import { byMaker, newAccessLot, ownOf } from './kit/access-lot.ts'
import { cleanUp, Program, runToEnd } from './kit/live-program.ts'
import { runProgram } from './kit/program.ts'

afterEach(cleanUp)

it('makes its keys once, and serves its partner until it is stopped', async () => {
  const { dir, certDir, port } = await newAccessLot()
  const made = await runToEnd(['access', 'keys', '--data', dir])
  const certFile = join(certDir, 'client.pem')
  expect([made.code, made.json]).toMatchObject([0, { ok: true, certFile, isNew: true }])
  const pem = readFileSync(certFile, 'utf8')
  expect((await runToEnd(['access', 'keys', '--data', dir])).json).toMatchObject({ isNew: false })
  expect(readFileSync(certFile, 'utf8')).toBe(pem)
  expect(readdirSync(certDir).toSorted()).toEqual(['client.key.sealed', 'client.pem'])
  const shown = execFileSync('openssl', ['x509', '-in', certFile, '-noout', '-text'], {
    encoding: 'utf8',
  })
  expect(shown).toContain('CA:FALSE')

  const program = new Program(['access', '--data', dir, '--timing', 'instant'])
  const endpoints = (await program.ready()) as unknown as Record<string, unknown>
  const url = `http://127.0.0.1:${port}`
  expect(endpoints['partners']).toBe(url)
  const kept = JSON.parse(readFileSync(join(dir, 'run', 'runtime.json'), 'utf8')) as object
  expect(JSON.stringify(kept)).toContain(url)
  const own = ownOf({ certDir })
  const ask = async (path: string) => {
    const signed = authorization('GET', path, new Uint8Array(), byMaker)
    return answerOf(await fetch(`${url}${path}`, { headers: { authorization: signed } }), own)
  }
  expect(await ask('/v9/access')).toMatchObject({
    status: 404,
    refused: ['ORDER-05', 'path'],
    isSigned: true,
  })
  const facts = await ask('/v1/access')
  expect(facts).toMatchObject({ status: 200, isSigned: true })
  expect(facts.json).toMatchObject({
    chargeMode: 'card',
    lanes: [{ laneId: 'exit', orderNo: null }],
  })
  expect(await program.stop()).toBe(0)
})

it('prints the document of its interface', async () => {
  const { code, stdout } = await runProgram('access', 'schema')
  expect([code, JSON.parse(stdout)]).toEqual([0, JSON.parse(JSON.stringify(billingOpenApi()))])
})

it('is refused without the member, without keys, and with a certificate that is none', async () => {
  const { dir, lot, file, certDir } = await newAccessLot()
  const refused = async () => {
    const { code, json } = await runToEnd(['access', '--data', dir])
    return [code, json['error']]
  }
  expect(await refused()).toMatchObject([2, { code: 'FILE-01', file: join(certDir, 'client.pem') }])
  await runToEnd(['access', 'keys', '--data', dir])
  writeFileSync(join(dir, 'maker.pem'), 'no certificate')
  expect(await refused()).toMatchObject([2, { code: 'CERT-01', file: join(dir, 'maker.pem') }])
  writeFileSync(file, JSON.stringify(lot))
  expect(await refused()).toMatchObject([2, { code: 'LOT-02', file, field: '/published' }])
})
