// A run aimed at a platform that the lot never joined, in its own process with its own root certificate. Its joint test
// passes there and it is asked for the lot's numbers; with another root it fails by name, and files that do not fit are
// refused.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AcceptanceView } from '#acceptance/calls/acceptance-views.ts'
import { spawnLauncher, startSimProcess, type SimProcess } from '#harness/lot/sim-process.ts'
import { notThere } from '#acceptance/pure/judged-there.ts'
import { present } from '#base/pure/values/must.ts'
import { newFolder, programFile, runToEnd } from './kit/live-program.ts'
import { plate } from './kit/one-car.ts'
import { nothingFree, RunLot } from './kit/run-lot.ts'

const folder = newFolder()
const lot = new RunLot({ charge: 'card', tariff: nothingFree })
const who = ['--by', '验收员', '--reason', '勘测在另一台电脑上']
let foreign: SimProcess
let impolite: SimProcess
let credentials = ''
let ca = ''

const lotId = () =>
  (JSON.parse(readFileSync(join(lot.dir, 'lot.json'), 'utf8')) as { lotId: string }).lotId

/** The channel of a sandbox, as the platform issues it for an approved application. */
async function channel(of: SimProcess, name: string): Promise<string> {
  const application = {
    format: 'etc-application',
    version: 1,
    use: 'test',
    name: '一号场',
    lotId: lotId(),
    district: '青秀区',
    qualification: '桂停-001',
    provinceCode: '4501',
    spaces: 10,
    contact: '王师傅',
    lanes: [{ id: 'exit', direction: 'exit', devices: ['rsu'] }],
  }
  const { id } = await of.admin<{ id: string }>('POST', '/applications', application)
  for (const by of ['李工', '周工'])
    await of.admin('POST', '/reviews', { id, verdict: 'pass', by, reason: '合格' })
  const { files } = await of.admin<{ files: Record<string, string> }>('GET', `/applications/${id}`)
  const to = join(folder, name)
  mkdirSync(to)
  for (const [file, text] of Object.entries(files)) writeFileSync(join(to, file), text)
  return join(to, 'channel.json')
}

const aimed = (over: Readonly<Record<string, string>> = {}, ...more: string[]) => {
  const flags = { platform: String(foreign.endpoints.baseUrl), ca, credentials, ...over }
  const words = Object.entries(flags).flatMap(([name, value]) => [`--${name}`, value])
  return runToEnd(['acceptance', 'run', '--data', lot.dir, ...words, ...more])
}

/** Each override opens one session: the next one, if the present session has its own. */
const overridden = () => runToEnd(['acceptance', 'override', '--data', lot.dir, ...who])

const platformSim = (name: string, ...more: readonly string[]) =>
  startSimProcess(
    'platform-sim',
    [
      ...['--listen', 'https://127.0.0.1:0', '--admin', 'http://127.0.0.1:0'],
      ...['--books', join(folder, `${name}.jsonl`), ...more],
    ],
    spawnLauncher(programFile),
  )

beforeAll(async () => {
  await lot.startSims()
  await lot.start('exit')
  foreign = await platformSim('books', '--polite')
  impolite = await platformSim('impolite', '--timing', 'instant', '--seed', '3')
  credentials = await channel(foreign, 'channel')
  ca = join(folder, 'channel', 'ca.pem')
  await lot.goesIn('entry', { plate, colour: 'blue' })
  await lot.paysByEtc('exit', { plate, colour: 'blue' })
  expect(await overridden()).toMatchObject({ code: 0 })
})
afterAll(async () => {
  await foreign.kill()
  await impolite.kill()
  await lot.close()
})

test('with the root of another platform nothing is judged, and the answer names the platform', async () => {
  const own = present(lot.harness.platform, 'a platform').endpoints.caFile
  const { code, json } = await aimed({ ca: String(own) }, '--item', 'E3')
  expect(code).toBe(2)
  const { code: named, message } = json['error'] as { code: string; message: string }
  expect(named).toBe('ACCEPT-10')
  expect(message).toContain(foreign.endpoints.baseUrl)
  expect(message).toMatch(/CERT|SIGNATURE/)
  expect(message).not.toMatch(/Node|ACCEPT-10.*ACCEPT-10/)
  const { asked, waiting } = await lot.run.call<AcceptanceView>('acceptance.state')
  expect([asked?.reportId, waiting]).toEqual([null, ['E3']])
})

test('with its own root the joint test passes there, and what the lot does elsewhere is nothing of it', async () => {
  // A run continues with the platform that it was aimed at.
  expect(await aimed({}, '--item', 'E3')).toMatchObject({
    code: 2,
    json: { error: { code: 'ACCEPT-04', field: '/platform' } },
  })
  const locked = await aimed({}, '--item', 'E3', '--anew')
  expect(locked).toMatchObject({ code: 2, json: { error: { code: 'ACCEPT-01' } } })
  await overridden()
  const { code, json } = await aimed({}, '--item', 'E3', '--anew')
  expect(json['error']).toBeUndefined()
  expect(json).toMatchObject({
    simulated: true,
    asked: {
      url: foreign.endpoints.baseUrl,
      appId: `SB${lotId()}`.slice(0, 32),
      reportId: expect.stringMatching(/^[0-9A-Z]{32}$/),
      interfaces: Array.from({ length: 12 }, () => ({ state: 'done' })),
    },
  })
  const [e3] = json['items'] as { verdict: string; failed: string[] }[]
  expect([code, e3?.verdict, e3?.failed]).toEqual([0, 'incomplete', []])
  const all = await runToEnd(['acceptance', 'run', '--data', lot.dir])
  expect(all.code).toBe(0)
  const shown = all.json['items'] as { id: string; verdict: string; words: object }[]
  for (const { id, verdict, words } of shown.filter((one) => /^[FGH]|R[124]/.test(one.id))) {
    expect(verdict, id).toMatch(/^(?:incomplete|notApplicable)$/)
    if (verdict === 'incomplete') expect(words, id).toEqual(notThere)
  }
  // No charges there except those of the joint test, under a number that belongs to no car.
  const books = (query: string) =>
    foreign.admin<{ count: number }>('GET', `/books?kind=exit-charges${query}`)
  expect((await books('')).count).toBe(0)
  expect((await books('&sandbox=true')).count).toBe(1)
})

test('it goes on at the same platform, and the record says which one was asked', async () => {
  const { json } = await runToEnd(['acceptance', 'run', '--data', lot.dir, '--item', 'E3'])
  expect(json).toMatchObject({ asked: { url: foreign.endpoints.baseUrl } })
  const out = join(folder, 'record.json')
  const report = ['acceptance', 'report', '--data', lot.dir, '--format', 'json', '--out', out]
  expect(await runToEnd(report)).toMatchObject({ code: 0 })
  const { head } = JSON.parse(readFileSync(out, 'utf8')) as { head: { asked: unknown } }
  expect(head.asked).toMatchObject({ url: foreign.endpoints.baseUrl, lotId: lotId() })
  await overridden()
  const anew = await runToEnd(['acceptance', 'run', '--data', lot.dir, '--item', 'E3', '--anew'])
  expect(anew.json).toMatchObject({ asked: null })
})

test('a platform that is busy, loses answers and decides late is asked until it has decided', async () => {
  await overridden()
  const own = await channel(impolite, 'impolite')
  const platform = String(impolite.endpoints.baseUrl)
  const at = { platform, credentials: own, ca: join(folder, 'impolite', 'ca.pem') }
  const { json } = await aimed(at, '--anew', '--item', 'R5')
  expect(json).toMatchObject({ asked: { reportId: expect.stringMatching(/^[0-9A-Z]{32}$/) } })
})

test('what it asks of a platform that is long about it stands beside the run, with whom and until when', async () => {
  const own = present(lot.harness.platform, 'a platform')
  const late = { when: 'after', do: 'delay', ms: 3_000, times: 1 }
  const hostOf = ({ endpoints }: Pick<SimProcess, 'endpoints'>) =>
    String(endpoints.baseUrl).replace('https://', '')
  await foreign.admin('POST', '/faults', { at: 'POST /v1/psam/sign-in', ...late })
  await overridden()
  const there = await aimed({}, '--anew', '--item', 'E3')
  expect(there.stderr).toContain(`WAITING signIn answer ${hostOf(foreign)}: `)
  const [charge] = (
    await own.admin<{ rows: { outTradeNo: string }[] }>('GET', '/books?kind=exit-charges')
  ).rows
  const no = present(charge, 'a charge').outTradeNo
  await own.admin('POST', '/faults', { at: 'GET /v1/etc/exit-charges/{outTradeNo}', ...late })
  await overridden()
  const here = await runToEnd(['acceptance', 'run', '--data', lot.dir, '--item', 'E3', '--anew'])
  expect(here.stderr).toContain(`WAITING chargeQuery answer ${hostOf(own)}: `)
  expect(here.stderr).toContain(`${no}, until 2`)
})

test('an address, a root or a channel that does not fit is refused with file, field and value', async () => {
  await overridden()
  const put = (name: string, text: string): string => {
    const file = join(folder, 'channel', name)
    writeFileSync(file, text)
    return file
  }
  const own = JSON.parse(readFileSync(credentials, 'utf8')) as object
  const production = put('production.json', JSON.stringify({ ...own, use: 'production' }))
  const other = put('other.json', JSON.stringify({ ...own, lotId: 'ELSE1' }))
  const strange = put('strange.json', JSON.stringify({ ...own, appId: '!' }))
  const noCa = put('no-ca.pem', 'nothing')
  for (const [over, error] of [
    [{ platform: 'http://127.0.0.1:1' }, { code: 'ARG-01', field: '--platform' }],
    [{ platform: 'https://h/v1' }, { code: 'ARG-01', field: '--platform', value: 'https://h/v1' }],
    [{ ca: noCa }, { code: 'CERT-01', field: '--ca', value: noCa }],
    [{ credentials: noCa }, { code: 'FILE-02', field: '--credentials', value: noCa }],
    [{ credentials: production }, { code: 'SETUP-07', field: '/use', value: 'production' }],
    [{ credentials: other }, { code: 'SETUP-07', field: '/lotId', value: 'ELSE1' }],
    [{ credentials: strange }, { code: 'SETUP-07', field: '/appId', value: '"!"' }],
  ] as const)
    expect(await aimed(over, '--anew')).toMatchObject({ code: 2, json: { error } })
  // None of these started, so the override still applies to the next session.
  const alone = await runToEnd(['acceptance', 'run', '--data', lot.dir, '--platform', 'https://h'])
  expect(alone).toMatchObject({ code: 2, json: { error: { code: 'ARG-01', field: '--ca' } } })
  const red = await aimed({}, '--anew', '--red')
  expect(red).toMatchObject({ code: 2, json: { error: { code: 'ACCEPT-03' } } })
})
