// Clocks and modems for a survey over real ptys and sockets: the simulators are separate processes,
// and the readings are compared with their settings. A run goes on after a device was unplugged.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { surveyCommand } from '#survey/desk/commands/survey.ts'
import { firstLine, spawnSim } from '../firmware-runtime/simulators/shell/sim-process.ts'
import { folderOfTest } from '../kit/own-folder.ts'
import { runCommand } from '../kit/run-command.ts'

const socat = spawnSync('socat', ['-V']).status === 0
let folder = ''
const children: ReturnType<typeof spawnSim>[] = []

beforeEach(() => (folder = folderOfTest('survey-clocks-')))
afterEach(async () => {
  for (const child of children.splice(0)) {
    const exited = Promise.withResolvers<undefined>()
    child.once('exit', () => exited.resolve(undefined))
    if (child.exitCode !== null || child.signalCode !== null || !child.kill('SIGTERM')) continue
    await exited.promise
  }
})

interface Sim {
  readonly ends: Readonly<Record<string, string>>
  post(path: string, body: object): Promise<void>
  receivedCommands(): Promise<readonly string[]>
}

async function start(module: string, run: string, ...argv: readonly string[]): Promise<Sim> {
  const child = spawnSim(module, run, argv)
  children.push(child)
  const { endpoints: ends } = (await firstLine(child)) as { endpoints: Record<string, string> }
  return {
    ends,
    async post(path, body) {
      const { status } = await fetch(`${ends['admin']}${path}`, {
        method: 'POST',
        body: JSON.stringify(body),
      })
      expect(status).toBe(200)
    },
    async receivedCommands() {
      const response = await fetch(`${ends['admin']}/books`)
      const { rows } = (await response.json()) as { rows: string[] }
      return rows
    },
  }
}

async function command<T>(...args: readonly string[]): Promise<{ code: number; json: T }> {
  const { code, json } = await runCommand(surveyCommand, args)
  return { code, json: json as unknown as T }
}

interface Clocks {
  readonly sources: readonly {
    readonly by: string
    readonly readings: readonly {
      offsetMs: number
      errorMs: number
      constellation: string | null
    }[]
    readonly fault: { readonly code: string } | null
  }[]
}
interface Shown {
  readonly items: readonly { readonly id: string }[]
}
interface Signals {
  readonly readings: readonly {
    technology: string
    rsrpDbm: number
    sinrDb: number
    evidence: boolean
  }[]
  readonly fault: { readonly code: string } | null
}

describe.skipIf(!socat)('etc-lane survey clock and signal', () => {
  it('read what receiver, time server and modem were told', async () => {
    const [clock, modem] = await Promise.all([
      start('time/clock-sim.ts', 'clockSimPlan', '--listen', `pty:${folder}/gnss`),
      start('modem/modem-sim.ts', 'modemSimPlan', '--listen', `pty:${folder}/modem`),
    ])
    await clock.post('/knobs', { offsetMs: -300, delayMs: 20, constellation: 'GB', garbage: 60 })
    await clock.post('/ntp', { offsetMs: 1_250, thereMs: 15, backMs: 25 })
    await modem.post('/knobs', { network: 'en-dc', rsrpDbm: -104, sinrDb: 7, urcs: true })
    const file = join(folder, 'a.etcsurvey')
    await command('new', file, '--site', 's', '--lane', 'l', '--access', 'mobile', '--by', 'tester')
    const ntp = (clock.ends['ntp'] ?? '').replace('udp://', '')
    const [clocks, signals] = await Promise.all([
      command<Clocks>(
        ...[
          'clock',
          file,
          '--by',
          'tester',
          '--of',
          'lane',
          '--gnss',
          clock.ends['link'] ?? '',
          '--ntp',
          ntp,
          '--count',
          '2',
        ],
      ),
      command<Signals>(
        ...['signal', '--link', modem.ends['link'] ?? '', '--dialect', 'quectel/at-qeng'],
        ...['--count', '2', '--every', '0'],
      ),
    ])
    expect(clocks.code).toBe(0)
    const [gnss, sntp] = clocks.json.sources
    for (const reading of gnss?.readings ?? []) {
      expect(reading.constellation).toBe('GB')
      expect(Math.abs(reading.offsetMs - 300)).toBeLessThanOrEqual(reading.errorMs)
    }
    for (const reading of sntp?.readings ?? [])
      expect(Math.abs(reading.offsetMs + 1_250)).toBeLessThanOrEqual(reading.errorMs)
    expect([gnss?.readings.length, sntp?.readings.length]).toEqual([2, 2])
    expect(signals.code).toBe(0)
    for (const reading of signals.json.readings)
      expect(reading).toMatchObject({
        technology: 'EN-DC',
        rsrpDbm: -104,
        sinrDb: 7,
        evidence: true,
      })
    const kept = await command(
      ...['signal', file, '--by', 'tester', '--link', modem.ends['link'] ?? ''],
      ...['--dialect', 'quectel/at-qeng', '--count', '1'],
    )
    expect(kept.json).toMatchObject({ ok: true, recorded: 1 })
    const { items } = (await command<Shown>('show', file)).json
    const row = (id: string) => items.find((item) => item.id === id)
    // One reading is no median; two clock readings are too few to pass, and an offset of 1.25 s is too large for any.
    expect(row('D13')).toMatchObject({ verdict: 'incomplete', value: -104, readings: 1 })
    expect(row('D14')).toMatchObject({ verdict: 'incomplete', readings: 2 })
    expect(row('D15')).toMatchObject({ verdict: 'fail', readings: 2 })
    for (const atCommand of await modem.receivedCommands())
      expect(atCommand).toMatch(/^AT(\+CSQ|\+QENG="servingcell")?$/)
  })

  it('a modem that is unplugged midway is read on, and one that searches is no evidence', async () => {
    const modem = await start(
      'modem/modem-sim.ts',
      'modemSimPlan',
      '--listen',
      `pty:${folder}/modem`,
    )
    const link = modem.ends['link'] ?? ''
    const running = command<Signals>(
      ...['signal', '--link', link, '--dialect', 'quectel/at-qeng'],
      ...['--count', '4', '--every', '0', '--within', '20'],
    )
    while ((await modem.receivedCommands()).length < 2)
      await new Promise((done) => setImmediate(done))
    await modem.post('/act', { do: 'unplug', ms: 300 })
    const { code, json } = await running
    expect({ code, readings: json.readings.length }).toEqual({ code: 0, readings: 4 })
    await modem.post('/knobs', { state: 'SEARCH' })
    const none = await command<Signals>(
      ...['signal', '--link', link, '--dialect', 'quectel/at-qeng', '--count', '1'],
    )
    expect([none.code, none.json.fault?.code]).toEqual([1, 'MODEM-02'])
  })
})
