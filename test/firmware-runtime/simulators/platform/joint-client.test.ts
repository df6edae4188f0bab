// A third party's client passes the joint test in the sandbox with only what docs/platform-sim.md names, beside other
// candidates with the same numbers; each of ten planted mistakes fails, and the answer names it.
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { objectOf } from './rig.ts'
import { simFolder, startPlatform, type SimProcess } from './sim-process.ts'

const root = new URL('../../../../', import.meta.url)
const clientFile = fileURLToPath(new URL('test/fixtures/platform-joint.py', root))
const page = readFileSync(new URL('docs/platform-sim.md', root), 'utf8')
const folder = simFolder()
const chargePlace = 'POST /v1/etc/exit-charges'

/** A channel of the sandbox with its files, admitted like a lot: one application and two reviews. */
async function letIn(sim: SimProcess, lotId: string): Promise<string> {
  const form = { format: 'etc-application', lotId, name: lotId, district: '450103' }
  const more = { qualification: 'Q', contact: 'C', lanes: [{ id: 'exit' }], use: 'test' }
  const { id } = (await sim.admin('POST', '/applications', { ...form, ...more })).json
  for (const by of ['A', 'B']) await sim.admin('POST', '/reviews', { id, verdict: 'pass', by })
  const { files } = (await sim.admin('GET', `/applications/${String(id)}`)).json
  const dir = join(folder(), lotId)
  mkdirSync(dir)
  for (const [name, text] of Object.entries(objectOf(files)))
    writeFileSync(join(dir, name), String(text))
  return dir
}

interface Step {
  readonly step: string
  readonly respCode: string
  readonly detail?: { readonly field: string; readonly issue: string } | null
  readonly reportId?: string
}

async function runClient(sim: SimProcess, lotId: string, mistake = '') {
  return runIn(sim, lotId, await letIn(sim, lotId), mistake)
}

async function runIn(sim: SimProcess, lotId: string, dir: string, mistake = '') {
  const child = execFile('python3', [clientFile, sim.baseUrl, `SB${lotId}`, dir, mistake])
  let [out, errors] = ['', '']
  child.stdout?.on('data', (text: string) => (out += text))
  child.stderr?.on('data', (text: string) => (errors += text))
  const [code]: unknown[] = await once(child, 'close')
  expect(errors).toBe('')
  const steps: readonly Step[] = out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Step)
  return { code, steps }
}

/** Replaces one answer to a charge by an unsigned one. */
const forgeOnce = (sim: SimProcess, appId: string) =>
  sim.admin('POST', '/faults', { at: chargePlace, when: 'before', do: 'forge', appId })

const start = (...words: readonly string[]): Promise<SimProcess> =>
  startPlatform(
    ...['--books', join(folder(), 'books'), '--certs', join(folder(), 'certs')],
    ...['--timing', 'instant', ...words],
  )

/** Every member that was sent, in bodies, queries and the signature header. */
async function membersSent(sim: SimProcess): Promise<ReadonlySet<string>> {
  const { exchanges } = (await sim.admin('GET', '/exchanges?limit=1000')).json
  const names = new Set<string>()
  for (const { seq } of exchanges as readonly { seq: number }[]) {
    const { body, path, headers } = (await sim.admin('GET', `/exchanges/${seq}`)).json
    const sent: unknown = body === '' ? {} : JSON.parse(String(body))
    for (const name of Object.keys(objectOf(sent))) names.add(name)
    for (const [name] of new URLSearchParams(String(path).split('?')[1] ?? '')) names.add(name)
    const header = (headers as readonly (readonly [string, string])[]).find(
      ([name]) => name === 'authorization',
    )
    for (const [, name] of (header?.[1] ?? '').matchAll(/(?:^|[ ,])(\w+)="/g)) names.add(name ?? '')
  }
  return names
}

test('is no longer than the page says, and needs no package', () => {
  const text = readFileSync(clientFile, 'utf8')
  expect(text.split('\n').length - 1).toBeLessThanOrEqual(150)
  const imports = [...text.matchAll(/^(?:import|from) ([a-z0-9_.]+)/gm)].map(([, name]) => name)
  const own = 'base64 datetime http.client json secrets ssl subprocess sys tempfile time pathlib'
  expect(imports).toEqual([...own.split(' '), 'urllib.parse'])
})

test('passes, also after an answer of a stranger, with members that the page names', async () => {
  const sim = await start()
  await forgeOnce(sim, 'SBONE')
  const { code, steps } = await runClient(sim, 'ONE')
  expect(steps.at(-1)?.reportId).toMatch(/^[0-9A-Z]{32}$/)
  expect(code).toBe(0)
  expect((await sim.admin('GET', '/faults')).json).toMatchObject({ faults: [{ hits: 1 }] })
  expect((await sim.admin('GET', '/joint-tests?appId=SBONE')).json).toMatchObject({
    tests: [{ appId: 'SBONE', reportId: steps.at(-1)?.reportId }],
  })
  const sent = [...(await membersSent(sim))].toSorted()
  expect(sent).toContain('vehiclePlate')
  expect(sent).toContain('nonce_str')
  const isNamed = (name: string): boolean => new RegExp(`\`${name}\\??\`|\\b${name}=`).test(page)
  expect(sent.filter((name) => !isNamed(name))).toEqual([])
  expect(isNamed('made-up')).toBe(false)
})

test('each start has another seed and says it, as does the report; a named one is kept', async () => {
  const seeds: unknown[] = []
  for (const [at, words] of [[], [], ['--seed', '7']].entries()) {
    const sim = await start(...words)
    const { seed } = sim.first
    seeds.push(seed)
    expect((await runClient(sim, `LOT${at}`)).code).toBe(0)
    expect((await sim.admin('GET', `/joint-tests?appId=SBLOT${at}`)).json).toMatchObject({
      tests: [{ reportId: expect.stringMatching(/^[0-9A-Z]{32}$/), impolite: { seed } }],
    })
    await sim.killed()
  }
  expect(seeds[0]).not.toBe(seeds[1])
  expect(seeds[2]).toBe(7)
})

test('two candidates on an impolite platform: each passes, and its report says under which seed', async () => {
  const sim = await start('--seed', '7')
  const ran = await Promise.all(['ONE', 'TWO'].map((lotId) => runClient(sim, lotId)))
  expect(ran.map(({ code }) => code)).toEqual([0, 0])
  for (const [at, { steps }] of ran.entries()) {
    const appId = ['SBONE', 'SBTWO'][at]
    expect((await sim.admin('GET', `/joint-tests?appId=${appId}`)).json).toMatchObject({
      tests: [{ appId, reportId: steps.at(-1)?.reportId, impolite: { seed: 7 } }],
    })
  }
})

test('a second run on the same channel passes as well: another car, other numbers', async () => {
  const sim = await start('--seed', '7')
  const dir = await letIn(sim, 'ONE')
  const first = await runIn(sim, 'ONE', dir)
  const second = await runIn(sim, 'ONE', dir)
  expect([first.code, second.code]).toEqual([0, 0])
  expect(second.steps.at(-1)?.reportId).toBe(first.steps.at(-1)?.reportId)
  // What the issuer behind the platform was asked stays stored, also after a restart.
  await sim.killed()
  const { lines } = (await (await start()).admin('GET', '/issuer?appId=SBONE')).json
  const kinds = (lines as readonly { kind: string }[]).map(({ kind }) => kind)
  expect(new Set(kinds)).toEqual(
    new Set('statusCheck charge refund query bill bookkeeping reconciliation'.split(' ')),
  )
})

test.each([
  ['distid', '400006', ''],
  ['newline', '400006', 'the last line has no LF'],
  ['milliseconds', '400001', ''],
  ['nonce', '400008', ''],
  ['other body', '300013', ''],
  ['yuan', '200001', '/payFee'],
  ['offset', '200004', '/terminalTime'],
  ['astral', '200005', 'text above U+FFFF'],
  ['believe', '300040', `${chargePlace} 100001`],
  ['once /v1/etc/refunds', '300040', 'POST /v1/etc/refunds 100001'],
])('%s fails with %s %s', async (mistake, respCode, named) => {
  // Only an impolite platform shows this mistake, and it does so by itself.
  const sim = await start(...(mistake === 'believe' ? [] : ['--polite']))
  const { code, steps } = await runClient(sim, 'ONE', mistake)
  const last = steps.at(-1)
  expect([code, last?.respCode]).toEqual([1, respCode])
  expect(`${last?.detail?.field ?? ''} ${last?.detail?.issue ?? ''}`).toContain(named)
  const { tests } = (await sim.admin('GET', '/joint-tests?appId=SBONE')).json
  for (const one of tests as readonly { reportId: unknown }[]) expect(one.reportId).toBeNull()
})
