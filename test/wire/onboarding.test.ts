// Onboarding of a lot by commands, with a platform in its own process: refused and corrected, test
// keys, a joint test with a faulty interface and a kill in the middle, and production only with the issued report.
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { OnboardingView } from '#ledger/calls/onboarding-views.ts'
import { present } from '#base/pure/values/must.ts'
import { spawnLauncher, startSimProcess, type SimProcess } from '#harness/lot/sim-process.ts'
import { wholeDraft } from '../firmware-runtime/lane/desk/setup/setup-kit.ts'
import { cleanUp, newFolder, Program, programFile, runToEnd } from './kit/live-program.ts'
import { eventually } from '../kit/eventually.ts'

const folder = newFolder()
const [dir, stick] = [join(folder, 'lot'), join(folder, 'stick')]
const who = ['--by', '店主', '--reason', '接入']
/**
 * Seed of a sandbox with almost no faults, whose report does not allow production: within the first eighty exchanges
 * only one answer lacks a signature, where the charge is repeated.
 */
const calmSeed = '264142'
const refunds = { at: 'POST /v1/etc/refunds' }
let sim: SimProcess
let passed = ''
/** Number of verdicts so far; each reviewer has another name. */
let reviewed = 0

type Said = Record<string, unknown> & Pick<OnboardingView, 'steps' | 'next' | 'report' | 'trace'>

async function said(code: number, ...args: string[]): Promise<Said> {
  const ended = await runToEnd(['platform', ...args, '--data', dir])
  expect([ended.json['error'], ended.code]).toEqual([undefined, code])
  return ended.json as Said
}

async function refused(...args: string[]): Promise<unknown> {
  const { code, json } = await runToEnd([...args, '--data', dir])
  expect(code).toBe(2)
  return json['error']
}

const stateOf = ({ steps }: Pick<OnboardingView, 'steps'>, step: string): string =>
  steps.find(({ id }) => id === step)?.state ?? ''

interface Reviewed {
  readonly id: string
  readonly state: string
}

const admin = <T = Reviewed>(
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  body?: unknown,
): Promise<T> => sim.admin<T>(method, path, body)

const applicationIn = ({ file }: Said): { readonly report?: string } =>
  JSON.parse(readFileSync(String(file), 'utf8')) as { report?: string }

/** The platform's files for an application, in a folder on the stick. */
async function givenBack(id: string): Promise<string> {
  const { review, files } = await admin<{ review: unknown; files: Record<string, string> }>(
    'GET',
    `/applications/${id}`,
  )
  const to = join(stick, id)
  mkdirSync(to, { recursive: true })
  for (const [name, text] of Object.entries(files)) writeFileSync(join(to, name), text)
  writeFileSync(join(to, 'review.json'), JSON.stringify(review))
  return to
}

async function review(id: string, ...verdicts: ('pass' | 'reject')[]): Promise<string> {
  for (const verdict of verdicts) {
    const by = ['李工', '周工'][reviewed++ % 2]
    await admin('POST', '/reviews', { id, verdict, by, reason: '资质不清楚' })
  }
  return givenBack(id)
}

const settings = async () => {
  const { json } = await runToEnd(['lot', 'settings', '--data', dir])
  return (json['draft'] as { charge: { platform: unknown } }).charge.platform
}

beforeAll(async () => {
  mkdirSync(stick)
  sim = await startSimProcess(
    'platform-sim',
    [
      ...['--listen', 'https://127.0.0.1:0', '--admin', 'http://127.0.0.1:0'],
      ...['--books', join(folder, 'books.jsonl'), '--seed', calmSeed, '--timing', 'instant'],
    ],
    spawnLauncher(programFile),
  )
  const draft = { ...wholeDraft, lot: { ...wholeDraft.lot, qualification: '桂停-001' } }
  // Local devices make this a rehearsal, which accepts the certificates of a simulated platform.
  const text = JSON.stringify(draft).replaceAll(/192\.168\.1\./g, '127.0.0.')
  writeFileSync(join(folder, 'draft.json'), text)
  const made = await runToEnd(['lot', 'init', '--data', dir, '--from', join(folder, 'draft.json')])
  expect(made.json['error']).toBeUndefined()
})
afterAll(async () => {
  await sim.kill()
  await cleanUp()
})

const apply = (use: string, code = 0): Promise<Said> =>
  said(code, 'apply', '--use', use, '--contact', '王师傅 13800000000', '--to', stick)

test('an application is turned down with its reason, corrected, and approved level by level', async () => {
  expect(await refused('platform', 'debug')).toMatchObject({ code: 'JOIN-02', field: '/sandbox' })
  const applied = await apply('test')
  expect(applied).toMatchObject({ step: 'apply', state: 'waiting', next: 'review' })
  const first = await admin('POST', '/applications', applicationIn(applied))
  const back = await review(first.id, 'pass', 'reject')
  const turned = await said(0, 'import', '--file', back, ...who)
  expect(stateOf(turned, 'review')).toBe('failed')
  expect(turned.steps.find(({ id }) => id === 'review')?.why.zh).toMatch(/technical.*资质不清楚/)
  expect(turned.trace.map(({ level, verdict }) => `${level} ${verdict}`)).toEqual([
    'submitted pass',
    'business pass',
    'technical reject',
  ])
  const corrected = await apply('test')
  expect(stateOf(corrected, 'review')).toBe('waiting')
  const second = await admin('POST', '/applications', applicationIn(corrected))
  const half = await said(0, 'import', '--file', await review(second.id, 'pass'), ...who)
  expect(stateOf(half, 'review')).toBe('waiting')
  expect(existsSync(join(stick, second.id, 'channel.json'))).toBe(false)
  const keys = await said(0, 'import', '--file', await review(second.id, 'pass'), ...who)
  expect(keys.steps.map(({ state }) => state)).toEqual(
    expect.arrayContaining(['done', 'done', 'done', 'open']),
  )
  expect(await settings()).toBe('later')
  expect(existsSync(join(dir, 'keys', 'sandbox', 'client.key.pem'))).toBe(false)
})

const channel = (name: string, more: object): string => {
  const file = join(stick, name)
  const own = { format: 'etc-channel', version: 1, appId: 'GX1', url: 'https://p.example', ...more }
  writeFileSync(file, JSON.stringify(own))
  return file
}

test('before the report nothing of production is taken, whoever types it, and the sandbox never is', async () => {
  const named = channel('named.json', { report: '0'.repeat(32) })
  const byFile = await refused('platform', 'join', '--file', named, ...who)
  expect(byFile).toMatchObject({ code: 'JOIN-01', field: '/report' })
  const plain = channel('plain.json', {})
  expect(await refused('platform', 'join', '--file', plain, ...who)).toMatchObject({
    code: 'JOIN-01',
    field: '/platform',
  })
  const test = channel('test.json', { use: 'test' })
  expect(await refused('platform', 'join', '--file', test, ...who)).toMatchObject({
    code: 'SETUP-07',
    field: '/use',
  })
  expect(
    await refused('platform', 'apply', '--use', 'production', '--contact', 'x', '--to', stick),
  ).toMatchObject({ code: 'JOIN-02', field: '/report' })
})

test('an interface that the platform broke is red, and there is no report', async () => {
  await admin('POST', '/faults', {
    ...refunds,
    when: 'before',
    do: 'status',
    status: 503,
    times: 99,
  })
  const { report, steps, next } = await said(1, 'debug')
  expect(next).toBe('debug')
  expect(steps.find(({ id }) => id === 'debug')?.why.zh).toMatch(/^退费没有通过/)
  const states = report?.interfaces.map(({ id, state }) => `${id} ${state}`)
  expect(states).toContain('refund failed')
  expect(states).toContain('charge done')
  expect(report?.reportId).toBeNull()
  await admin('DELETE', '/faults')
})

test('a kill in the middle loses nothing: it goes on, passes, and the platform names the report', async () => {
  await admin('POST', '/faults', { ...refunds, when: 'after', do: 'drop', times: 1 })
  const run = new Program(['platform', 'debug', '--data', dir, '--json'])
  const kept = (): number => {
    const text = readFileSync(join(dir, 'joining.json'), 'utf8')
    return (JSON.parse(text) as { joint: { lines: unknown[] } }).joint.lines.length
  }
  await eventually(
    () => admin<{ requests: number }[]>('GET', '/faults'),
    (faults) => JSON.stringify(faults).includes('"hits":1'),
    { of: run },
  )
  const before = kept()
  await run.stop('SIGKILL')
  expect(before).toBeGreaterThan(10)
  const { report, protocol } = (await said(0, 'debug')) as Said & { protocol: unknown[] }
  expect(protocol.length).toBeGreaterThan(before)
  expect(report?.interfaces.map(({ state }) => state)).toEqual(
    Array.from({ length: 12 }, () => 'done'),
  )
  expect(report?.reportId).toMatch(/^[0-9A-Z]{32}$/)
  passed = present(report?.reportId, 'the id of the report')
})

test('production is applied for with the report alone, and its channel is taken', async () => {
  const applied = await apply('production')
  const own = applicationIn(applied)
  expect(own.report).toBe(passed)
  const other = { ...own, report: 'A'.repeat(32) }
  await expect(admin('POST', '/applications', other)).rejects.toThrow('no joint test of this lot')
  const { id } = await admin('POST', '/applications', own)
  const back = await review(id, 'pass', 'pass')
  const { request } = (await said(0, 'csr')) as Said & { request: { pem: string } }
  const made = await admin<{ certificate: string }>('POST', '/clients', { request: request.pem })
  writeFileSync(join(back, 'lot.cer'), made.certificate)
  for (const name of ['platform.pem', 'ca.pem'])
    copyFileSync(join(String(sim.endpoints.certDir), name), join(back, name))
  const taken = await said(0, 'import', '--file', back, ...who)
  expect(taken.next).toBeNull()
  expect(await admin('GET', '/books?kind=refunds&sandbox=true')).toMatchObject({ count: 1 })
  expect(await admin('GET', '/books?kind=refunds')).toMatchObject({ count: 0 })
  expect(await settings()).toMatchObject({ appId: 'TEST0001', url: sim.endpoints.baseUrl })
})

test('the report says interfaces, start, end, anomalies and the id of the platform, as JSON and PDF', async () => {
  const { report } = await said(0, 'report')
  expect(report).toMatchObject({ reportId: passed, lotId: 'A0001', appId: 'SBA0001' })
  const doubted = (interfaceId: string, status: number) => ({
    interfaceId,
    said: `answerDoubted unsigned ${status}`,
    count: 1,
  })
  expect(report?.anomalies).toEqual(
    expect.arrayContaining([doubted('charge', 200), doubted('refund', 503)]),
  )
  expect(Date.parse(report?.endIso ?? '')).toBeGreaterThan(Date.parse(report?.startIso ?? ''))
  const [json, pdf] = [join(stick, 'report.json'), join(stick, 'report.pdf')]
  await said(0, 'report', '--format', 'json', '--out', json)
  expect(JSON.parse(readFileSync(json, 'utf8'))).toEqual(report)
  await said(0, 'report', '--format', 'pdf', '--out', pdf)
  expect(readFileSync(pdf).subarray(0, 5).toString()).toBe('%PDF-')
})
