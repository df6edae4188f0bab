// Readings of a mobile network, from an AT modem and from ModemManager: which of them count as evidence.
// The stand-in for mmcli keeps a refresh rate as ModemManager does, and the run restores the rate it found.
import { systemText } from '#base/pure/words/notes.ts'
import { describe, expect, it } from 'vitest'
import { modemChoice } from '#survey/runs/modem-profile.ts'
import { readModemManager } from '#survey/runs/modem-manager-run.ts'
import { faultOf, recordedSignal, readSignal } from '#survey/runs/signal-run.ts'
import { VirtualTime } from '#harness/lot/virtual-time.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { standardModem } from '#devices/pure/modem/at/asks.ts'
import type { ToolAnswer } from '#base/ports/tools.ts'
import { ModemModel, type ModemKnobs } from '#simulators/modem/model.ts'
import { library } from '../../devices/profiles/shipped.ts'

const signal = new AbortController().signal
const pace = { count: 2, everyMs: 1_000, withinMs: 30_000, signal }
const atMs = 1_795_138_215_000

async function settled<T>(time: VirtualTime, run: Promise<T>): Promise<T> {
  let over = false
  const ended = run.finally(() => (over = true))
  for (let i = 0; i < 20_000 && !over; i++) {
    time.runTo(time.nowUs + 5_000)
    for (let turn = 0; turn < 6; turn++) await Promise.resolve()
  }
  return ended
}

function byLink(knobs: Partial<ModemKnobs>, config = {}, onCommand?: () => void) {
  const time = new VirtualTime()
  const { clock } = time
  const model = new ModemModel({ seed: 2, timing: 'standard' })
  model.set(knobs)
  const run = readSignal(
    {
      mono: clock,
      clock: { nowMs: () => atMs },
      opener: {
        open(url, handlers) {
          const isThere = url !== 'serial:/dev/absent'
          const out = (outputs: readonly object[]): void => {
            for (const output of outputs)
              if ('bytes' in output) handlers.bytes(output.bytes as Uint8Array)
          }
          const tick = (): void => {
            out(model.advance(time.nowUs))
            clock.after(5, tick)
          }
          clock.after(1, () =>
            isThere ? handlers.up() : handlers.down(systemText('no such port')),
          )
          if (isThere) tick()
          return {
            bytesIn: 0,
            bytesOut: 0,
            close: () => undefined,
            send: (bytes) => void clock.after(1, () => out(model.onBytes(bytes, time.nowUs))),
          }
        },
      },
    },
    knobs.network === 'none' ? 'serial:/dev/absent' : 'serial:/dev/modem',
    { ...standardModem, dialect: 'at-qeng', ...config },
    pace,
    onCommand,
  )
  return settled(time, run)
}

describe('a modem by AT', () => {
  it('reads as often as it was asked, with its own lines', async () => {
    const report = await byLink({ rsrpDbm: -101, sinrDb: 4 })
    expect(report).toMatchObject({ by: 'at', fault: null })
    expect(report.readings.map(({ body }) => body)).toEqual(
      Array.from({ length: 2 }, () => ({
        kind: 'signal',
        technology: 'LTE',
        rsrpDbm: -101,
        sinrDb: 4,
        raw: expect.stringMatching(/^\+QENG: .*; \+CSQ: 26,99$/) as string,
      })),
    )
  })
  it.each<[Partial<ModemKnobs>, string]>([
    [{ state: 'SEARCH' }, 'MODEM-02'],
    [{ state: 'LIMSRV' }, 'MODEM-02'],
    [{ unknown: true }, 'MODEM-03'],
    [{ qeng: false }, 'MODEM-03'],
  ])('%j is no evidence', async (knobs, code) => {
    const { readings, fault } = await byLink(knobs)
    expect(readings.map(({ body }) => body)).toEqual([null, null])
    expect(fault?.code).toBe(code)
    // No service is a valid reading with a bad result; a modem that does not answer gives no reading.
    const silent = { kind: 'signal', rsrpDbm: null, sinrDb: null }
    const kept = code === 'MODEM-02' ? [silent, silent] : [null, null]
    expect(readings.map(recordedSignal)).toEqual(
      kept.map((one) => (one === null ? null : (expect.objectContaining(one) as unknown))),
    )
  })
  it('a port that is not there is told apart from a modem that is silent', async () => {
    expect((await byLink({ network: 'none' })).fault).toEqual({
      code: 'LINK-01',
      note: 'no such port',
    })
  })
  it.each([
    ['login:\r\n', 'MODEM-05', 'login:'],
    ['\u00f8\u0000\u00ff', 'MODEM-05', 'F8 00 FF'],
    ['', 'MODEM-01', '没有应答'],
  ])('a device that answers %j to everything is %s', async (text, code, shown) => {
    const time = new VirtualTime()
    const { clock } = time
    const answer = Uint8Array.from(text, (letter) => letter.charCodeAt(0))
    const run = readSignal(
      {
        mono: clock,
        clock: { nowMs: () => atMs },
        opener: {
          open(_url, handlers) {
            clock.after(1, () => handlers.up())
            const say = (): void => {
              if (answer.length > 0) handlers.bytes(answer)
            }
            const send = (): void => void clock.after(1, say)
            return { bytesIn: 0, bytesOut: 0, close: () => undefined, send }
          },
        },
      },
      'serial:/dev/modem',
      standardModem,
      pace,
    )
    const { fault } = await settled(time, run)
    expect(fault?.code).toBe(code)
    expect(JSON.stringify(fault?.note)).toContain(shown)
  })
  it('ends with a record that cannot be kept', async () => {
    const full = (): void => {
      throw new LaneFault('SURVEY-03', { note: 'made up' })
    }
    await expect(byLink({}, {}, full)).rejects.toThrow('SURVEY-03')
  })
  it('half a reading is kept: the item stays incomplete by itself', async () => {
    const { readings, fault } = await byLink({ qeng: false }, { dialect: 'at-3gpp' })
    expect(readings[0]?.body).toMatchObject({ rsrpDbm: -85, sinrDb: null })
    expect(fault).toBe(null)
    expect(faultOf(undefined)).toBe(null)
  })
})

describe('profiles of modems', () => {
  const lookup = {
    find: (kind: string, id: string) => {
      const checked = library.profiles.get(`${kind}/${id}`)
      return checked === undefined
        ? ({ ok: false, there: false, note: 'none' } as const)
        : ({ ok: true, checked } as const)
    },
  }
  it.each([
    ['generic/at-3gpp', 'at-3gpp', 'db'],
    ['quectel/at-qeng', 'at-qeng', 'db'],
    ['quectel/at-qeng-raw', 'at-qeng', 'fifth'],
  ])('%s', (id, dialect, sinrScale) => {
    expect(modemChoice(id, lookup)).toMatchObject({ dialect, sinrScale })
  })
  it('one that is not there is refused by name', () => {
    expect(() => modemChoice('generic/none', lookup)).toThrow(LaneFault)
  })
})

describe('ModemManager', () => {
  const cell = { rsrp: '-97.00', rsrq: '-11.00', rssi: '-66.00', snr: '8.20' }
  function scene(state: string, rateSec: number) {
    const time = new VirtualTime()
    let rate = rateSec
    const ran: string[] = []
    const said = (value: object): ToolAnswer => ({ kind: 'said', text: JSON.stringify(value) })
    const answer = (args: readonly string[]): ToolAnswer => {
      ran.push(args.join(' '))
      const setup = args.find((arg) => arg.startsWith('--signal-setup='))
      if (setup !== undefined) {
        rate = Number(setup.split('=')[1])
        return { kind: 'said', text: '' }
      }
      if (args[0] === '-L')
        return said({ 'modem-list': ['/org/freedesktop/ModemManager1/Modem/4'] })
      if (!args.includes('--signal-get')) return said({ modem: { generic: { state } } })
      const lte = rate === 0 ? { rsrp: '--', snr: '--' } : cell
      return said({ modem: { signal: { lte, refresh: { rate: String(rate) } } } })
    }
    const tools = { run: (_name: string, args: readonly string[]) => Promise.resolve(answer(args)) }
    const parts = { tools, mono: time.clock, clock: { nowMs: () => atMs } }
    return { time, parts, ran, rate: () => rate }
  }

  it('measures for the run where it was off, and is off again after it', async () => {
    const { time, parts, ran, rate } = scene('registered', 0)
    const report = await settled(time, readModemManager(parts, null, pace))
    expect(report.fault).toBe(null)
    expect(report.readings.map(({ body }) => body)).toMatchObject([
      { technology: 'LTE', rsrpDbm: -97, sinrDb: 8.2 },
      { technology: 'LTE', rsrpDbm: -97, sinrDb: 8.2 },
    ])
    expect(rate()).toBe(0)
    expect(ran.filter((line) => line.includes('setup'))).toEqual([
      ...['-m 4 --signal-setup=1', '-m 4 --signal-setup=0'],
    ])
  })
  it('leaves a rate alone that was set', async () => {
    const { time, parts, ran, rate } = scene('connected', 30)
    await settled(time, readModemManager(parts, 4, pace))
    expect(rate()).toBe(30)
    expect(ran.some((line) => line.includes('setup'))).toBe(false)
  })
  it.each([
    ['searching', null, 'MODEM-02'],
    ['registered', 9, 'MODEM-01'],
  ])('%s, modem %s', async (state, index, code) => {
    const { time, parts } = scene(state, 5)
    const report = await settled(time, readModemManager(parts, index, pace))
    expect(report.fault?.code).toBe(code)
    expect(report.readings.every(({ body }) => body === null)).toBe(true)
  })
  it('is not on this machine', async () => {
    const { time, parts } = scene('registered', 0)
    const tools = { run: () => Promise.resolve<ToolAnswer>({ kind: 'absent' }) }
    const report = await settled(time, readModemManager({ ...parts, tools }, null, pace))
    expect(report).toEqual({
      by: 'modem-manager',
      readings: [],
      fault: { code: 'MODEM-04', note: '' },
    })
  })
})
