// Rows D6 to D13 from Studio's window with separate processes: an antenna with a car in its lane and one in the
// neighbour lane, a stamping peer, a modem. The records match what they know; after an interruption the antenna is off.
import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readSurvey } from '#survey/files/open-survey.ts'
import { spawnLauncher, startSimProcess, type SimProcess } from '#harness/lot/sim-process.ts'
import { startProbeServer } from '#survey/instruments/probe-server.ts'
import { chineseMarks } from '#base/pure/words/chinese-marks.ts'
import { present } from '#base/pure/values/must.ts'
import { projectOf } from '#survey/pure/file/project.ts'
import { itemViews } from '#survey/pure/file/survey-view.ts'
import { eventually } from '../kit/eventually.ts'
import { program } from '../wire/kit/program.ts'
import {
  goTo,
  removeFolder,
  setLooks,
  setSize,
  shotsDir,
  startStudio,
  tempFolder,
  type Studio,
} from './studio.ts'

const dir = tempFolder()
const folder = join(dir, 'home', '.local', 'state', 'etc-lane', 'surveys')
const [own, nextDoor] = ['0200A001', '0200B001']
const cell = { rsrpDbm: -92, sinrDb: 11 }
const rounds = 2
let studio: Studio
let closed = false
let antenna: SimProcess
let modem: SimProcess
let peer: Awaited<ReturnType<typeof startProbeServer>>
const named = (name: string) => studio.page.locator(`[data-test="${name}"]`)
const fill = (name: string, value: string): Promise<void> =>
  studio.page.locator(`input[name="${name}"]`).fill(value)
const shot = (name: string): Promise<unknown> =>
  studio.page.screenshot({ path: join(shotsDir, `survey-measure-${name}.png`) })
const sim = (name: string, ...more: readonly string[]): Promise<SimProcess> => {
  const at = ['--listen', 'tcp://127.0.0.1:0', '--admin', 'http://127.0.0.1:0']
  return startSimProcess(name, [...at, '--seed', '3', ...more], spawnLauncher(program))
}
const antennaOn = async (): Promise<boolean> =>
  (await antenna.admin<{ antennaOn: boolean }>('GET', '/state')).antennaOn

beforeAll(async () => {
  mkdirSync(shotsDir, { recursive: true })
  ;[studio, antenna, modem, peer] = await Promise.all([
    startStudio({ dir, args: ['--workbench', '--data', join(dir, 'data')] }),
    sim('rsu-sim', '--variant', 'generic-bcc', '--timing', 'instant'),
    sim('modem-sim', '--timing', 'instant'),
    startProbeServer({ host: '127.0.0.1', port: 0, allow: null }),
  ])
  for (const [i, obuId] of [own, nextDoor].entries())
    await antenna.admin('POST', '/cars', {
      obuId,
      cardNo: `37011200000000010${i}00`,
      plate: `测A3${i}000`,
      stayMs: 0,
    })
  await modem.admin('POST', '/knobs', { network: 'lte', ...cell })
  await studio.page.locator('.mode.workbench').waitFor()
  await setLooks(studio.page, { language: 'zh', theme: 'light', attendant: '' })
  await setSize(studio, 1024, 600)
})
afterAll(async () => {
  if (!closed) await studio.close()
  await Promise.all([antenna.kill(), modem.kill(), peer.close()])
  removeFolder(dir)
})

async function begin(): Promise<void> {
  const { page } = studio
  await goTo(page, 'survey')
  await named('new').click()
  await fill('site', '演示停车场')
  await fill('lane', '出口')
  await fill('by', '安装员甲')
  await page.locator('select[name="access"]').selectOption('mobile')
  await page.locator('select[name="plan-beside"]').selectOption('right')
  await named('make').click()
  await named('part-measure').click()
}
const antennaLink = (): string => `${antenna.endpoints.link ?? ''}?variant=generic-bcc&power=8`
async function startNeighbour(times: number): Promise<void> {
  await named('measure-neighbour').click()
  await fill('antenna-0', antennaLink())
  await fill('obus-0', own)
  await fill('neighbours', nextDoor)
  await fill('rounds', String(times))
  await named('start-neighbour').click()
}
const isDone = (kind: string): Promise<void> =>
  named(`measure-${kind}`)
    .click()
    .then(() => studio.page.locator('[data-test="job"][data-state="done"]').waitFor())

it('measures neighbour lane, data link and mobile network, side by side, and records what is so', async () => {
  const { page } = studio
  await begin()
  await startNeighbour(rounds)
  await named('measure-signal').click()
  await fill('link', modem.endpoints.link ?? '')
  await page.locator('select[name="dialect"]').selectOption('quectel/at-qeng')
  await fill('signal-count', '2')
  await fill('signal-every', '0')
  await named('start-signal').click()
  await isDone('neighbour')
  await named('cross-reads').waitFor()
  await shot('neighbour')
  await isDone('signal')
  await named('signal-results').waitFor()
  await shot('signal')
  // Alone, because anything beside it would share the line.
  await named('measure-link').click()
  await fill('peer', peer.url.replace('tcp://', ''))
  await page.locator('select[name="method"]').selectOption('tcp')
  await fill('count', '100')
  await fill('everyMs', '10')
  await fill('rateSec', '1')
  await named('start-link').click()
  await isDone('link')
  await named('link-results').waitFor()
  const rows = await named('link-results').locator('tbody tr').allTextContents()
  expect(rows.map((row) => /D\d+/.exec(row)?.[0])).toEqual(['D8', 'D9', 'D10', 'D11', 'D12'])
  expect(await named('no-one-way').count()).toBe(0)
  await shot('link')

  const [file = ''] = readdirSync(folder)
  const survey = projectOf(readSurvey(join(folder, file)).records)
  expect(survey.crossReads).toMatchObject([{ antennaId: 1, inLane: rounds, inNeighbour: rounds }])
  expect(survey.signals).toMatchObject([cell, cell])
  // Packets and the connection are timed in parallel: either may finish first.
  expect(survey.links.map(({ way, method }) => `${way} ${method}`).sort()).toEqual([
    ...['down stamped', 'down udp', 'ping tcp', 'up stamped', 'up udp'],
  ])
  for (const { latenciesMs, way, clockErrorMs } of survey.links) {
    expect(latenciesMs.length, way).toBeGreaterThanOrEqual(100)
    expect(
      latenciesMs.some((ms) => ms !== null),
      way,
    ).toBe(true)
    if (way !== 'ping') expect(clockErrorMs).not.toBeNull()
  }
  // The peer counts the transferred bytes, since rates count bytes that arrived.
  const bytes = survey.rates.map((rate) => [rate.way, rate.bytes > 0])
  expect(bytes).toEqual([
    ['up', true],
    ['down', true],
  ])
  await named('part-results').click()
  const verdicts = await named('results').locator('tbody tr').allTextContents()
  // A busy machine may delay probes: each row reports what was recorded of its hundred probes.
  const judged = itemViews(survey)
  for (const row of [7, 8, 9, 10]) {
    const { words, readings } = present(judged[row - 1], `row ${row}`)
    expect(verdicts[row - 1]).toContain(chineseMarks(words.zh))
    expect(readings).toBeGreaterThanOrEqual(100)
  }
  // Rates over one second and a signal with two readings decide nothing.
  for (const row of [11, 12, 13]) expect(verdicts[row - 1]).toContain('未完成')
  expect(verdicts[5]).not.toContain('✓')
  await shot('results')
})

it('leaves the antenna off when the window is closed in the middle of a run', async () => {
  await named('part-measure').click()
  await startNeighbour(500)
  // Row 6 has a run already: another one needs a reason and does not start without it.
  await named('again').filter({ hasText: 'D6' }).waitFor()
  expect(await antennaOn()).toBe(false)
  await shot('again')
  await studio.page.locator('input[name="again-reason"]').fill('换了天线位置,重新测量')
  await named('again-start').click()
  await eventually(antennaOn).toBe(true)
  const [file = ''] = readdirSync(folder)
  const { records } = readSurvey(join(folder, file))
  expect(records.map(({ body }) => body)).toContainEqual({
    kind: 'rerun',
    items: ['D6'],
    reason: '换了天线位置,重新测量',
  })
  await studio.close()
  closed = true
  expect(await antennaOn()).toBe(false)
})
