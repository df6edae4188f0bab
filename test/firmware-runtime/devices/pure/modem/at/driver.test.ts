// The modem driver against the simulator's model: every dialect, echo on and off, refusals, unsolicited lines, damage.
// One table lists every command that it may send.
import { describe, expect, it } from 'vitest'
import { asks, standardModem, type AtConfig } from '#devices/pure/modem/at/asks.ts'
import {
  modemDriver,
  type ModemCommand,
  type ModemEffect,
  type ModemEvent,
  type ModemReading,
  type ModemState,
} from '#devices/pure/modem/at/driver.ts'
import { finalIn, lineCharsMax, linesIn, noLines } from '#devices/pure/modem/at/lines.ts'
import { ModemModel, type ModemKnobs, type ModemOutput } from '#simulators/modem/model.ts'
import { ModelBench } from '../../contract/model-bench.ts'

class AtBench extends ModelBench<
  ModemState,
  ModemCommand,
  ModemEvent,
  ModemEffect,
  ModemOutput,
  ModemModel
> {
  work(): void {
    this.command({ do: 'read' })
  }
  done(): number {
    return this.events.filter(({ type }) => type === 'signal').length
  }
}

function bench(knobs: Partial<ModemKnobs> = {}, config: Partial<AtConfig> = {}) {
  const model = new ModemModel({ seed: 5, timing: 'standard' })
  model.set(knobs)
  const link = new AtBench({
    driver: modemDriver({ ...standardModem, dialect: 'at-qeng', ...config }),
    model,
    serial: true,
  })
  const readings = (): ModemReading[] =>
    link.events.flatMap((event) => (event.type === 'signal' ? [event.reading] : []))
  const states = (): string[] =>
    link.events.flatMap(({ type }) => (type === 'signal' ? [] : [type]))
  link.connect()
  link.run(2_000)
  const read = (forMs = 3_000): ModemReading | undefined => {
    link.work()
    link.run(forMs)
    return readings().at(-1)
  }
  return { model, link, readings, states, read }
}

/** Read-only commands: no `=` with a value of ours, no dialling, no resets. */
const questions = /^AT(\+CSQ|\+CESQ|\+QENG="servingcell")?$/

describe('what is asked', () => {
  it('is a question each', () => {
    for (const { text } of Object.values(asks)) expect(text).toMatch(questions)
  })
  it.each(['at-qeng', 'at-3gpp'] as const)(
    'and nothing else is heard by the modem: %s',
    (dialect) => {
      const { read, model, link } = bench({ urcs: true }, { dialect })
      for (let i = 0; i < 5; i++) read()
      link.restartDevice()
      link.run(60_000)
      expect(model.commands.length).toBeGreaterThan(20)
      for (const command of model.commands) expect(command).toMatch(questions)
    },
  )
})

describe('a reading', () => {
  it.each([
    [{ network: 'lte' }, { technology: 'LTE', rsrpDbm: -85, sinrDb: 15, rsrqDb: -10 }],
    [{ network: 'nr-sa' }, { technology: 'NR', rsrpDbm: -85, sinrDb: 15, rsrqDb: -10 }],
    [{ network: 'en-dc' }, { technology: 'EN-DC', rsrpDbm: -85, sinrDb: 15 }],
    [
      { network: 'lte', echo: false },
      { technology: 'LTE', rsrpDbm: -85 },
    ],
    [
      { network: 'en-dc', urcs: true },
      { technology: 'EN-DC', rsrpDbm: -85 },
    ],
    [
      { rsrpDbm: -131, sinrDb: -12, garbage: 40 },
      { rsrpDbm: -131, sinrDb: -12 },
    ],
  ])('of %j', (knobs, cell) => {
    expect(bench(knobs).read()).toMatchObject({ state: 'NOCONN', cell, refused: [] })
  })
  it('keeps the own lines of the modem, and none of the others', () => {
    const { raw = [] } = bench({ network: 'en-dc', urcs: true }).read() ?? {}
    expect(raw.map((line) => line.slice(0, 14))).toEqual([
      '+QENG: "servin',
      '+QENG: "LTE","',
      '+QENG: "NR5G-N',
      '+CSQ: 26,99',
    ])
  })
  it('of a raw SINR by the scale of its profile', () => {
    const knobs = { rawSinr: true, sinrDb: 3 }
    expect(bench(knobs, { sinrScale: 'fifth' }).read()?.cell?.sinrDb).toBe(3)
    // With the wrong profile: 115 dB is impossible on air, so it becomes unknown instead of wrong.
    expect(bench(knobs).read()?.cell?.sinrDb).toBe(null)
  })
  it.each([
    ['SEARCH', null],
    ['LIMSRV', { rsrpDbm: -85 }],
  ])('tells the state %s', (state, cell) => {
    const reading = bench({ state }).read()
    expect(reading?.state).toBe(state)
    if (cell === null) expect(reading?.cell).toBe(null)
    else expect(reading?.cell).toMatchObject(cell)
  })
  it.each([
    [false, 'ERROR'],
    [true, '+CME ERROR: 100'],
  ])('goes on where a question is refused, with its word', (cme, text) => {
    const reading = bench({ qeng: false, cme }).read()
    expect(reading).toMatchObject({ cell: null, rssiDbm: -61 })
    expect(reading?.refused).toEqual([{ ask: 'servingCell', text }])
  })
  it('asks again where an answer was cut, flipped or dropped', () => {
    for (const action of ['cut', 'drop']) {
      const { model, read } = bench()
      model.faults.add({ at: 'QENG', do: action })
      expect(read(8_000)?.cell?.rsrpDbm).toBe(-85)
    }
  })
  it('is not over with an OK that belongs to something else', () => {
    const { link, readings } = bench()
    link.work()
    link.garbage(new TextEncoder().encode('\r\nOK\r\n'))
    link.run(3_000)
    expect(readings()[0]).toMatchObject({ cell: { rsrpDbm: -85 }, refused: [] })
  })
  it('is not taken from a late answer to the question before', () => {
    const { model, link, read } = bench()
    model.faults.add({ at: 'CSQ', do: 'delay', ms: 3_200 })
    const reading = read(9_000)
    expect(reading).toMatchObject({ cell: { rsrpDbm: -85 }, rssiDbm: -61 })
    model.set({ rsrpDbm: -110 })
    link.run(1_000)
    expect(read()?.cell?.rsrpDbm).toBe(-110)
  })
})

describe('lines', () => {
  it('are bounded, and the next one is read again', () => {
    const bytes = new TextEncoder().encode(`${'x'.repeat(lineCharsMax + 40)}\r\nOK\r\n`)
    const { lines, discardedBytes, scan } = linesIn(noLines, bytes)
    expect(lines).toEqual(['OK'])
    expect(discardedBytes).toBe(lineCharsMax + 40)
    expect(scan).toEqual(noLines)
  })
})

it('a modem that falls silent is down, and up again when it answers', () => {
  const { link, states } = bench()
  link.silence(true)
  link.run(12_000)
  expect(states().at(-1)).toBe('modemDown')
  link.silence(false)
  link.run(15_000)
  expect(states().at(-1)).toBe('modemUp')
})

/** A modem that answers each command with these lines, with the driver's timers running. */
function talk(answers: Readonly<Record<string, string>>, dialect: AtConfig['dialect'] = 'at-3gpp') {
  const driver = modemDriver({ ...standardModem, dialect })
  const events: ModemEvent[] = []
  const timers = new Map<string, number>()
  let [state, atMs] = [driver.initial(), 0]
  const give = (event: object): void => {
    const step = driver.step(state, { atMs, businessNowMs: 0, ...event } as never)
    state = step.state
    for (const effect of step.effects) {
      if (effect.do === 'emit') events.push(effect.event)
      else if (effect.do === 'timer' && effect.afterMs === null) timers.delete(effect.name)
      else if (effect.do === 'timer') timers.set(effect.name, atMs + (effect.afterMs ?? 0))
      else if (effect.do === 'send') {
        const text = new TextDecoder().decode(effect.bytes).trim()
        const answer = answers[text] ?? ''
        queue.push(new TextEncoder().encode(`${text}\r\r\n${answer}\r\n`))
      }
    }
  }
  const queue: Uint8Array[] = []
  give({ type: 'linkUp' })
  give({ type: 'command', command: { do: 'read' } })
  for (let n = 0; n < 200 && !events.some(({ type }) => type === 'signal'); n++) {
    const bytes = queue.shift()
    const [next] = [...timers].toSorted((a, b) => a[1] - b[1])
    if (bytes !== undefined) give({ type: 'bytes', bytes })
    else if (next !== undefined) {
      timers.delete(next[0])
      atMs = next[1]
      give({ type: 'timer', name: next[0] })
    }
  }
  return { events, atMs, counters: state.counters }
}

describe('a final answer that a maker made up', () => {
  it.each([
    ['COMMAND NOT SUPPORT', 0],
    ['TOO MANY PARAMETERS', 0],
    ['+CME ERROR: 100', 0],
    ['ERROR: 3', 0],
    ['invalid command', 0],
    // In no list: it ends the command only after no other answer came.
    ['NO SUCH THING', 6_000],
  ])('%s ends the question, and RSSI is kept', (text, afterMs) => {
    const { events, atMs } = talk({ AT: 'OK', 'AT+CESQ': text, 'AT+CSQ': '+CSQ: 20,99\r\n\r\nOK' })
    expect(events.map(({ type }) => type)).toEqual(['modemUp', 'signal'])
    expect(events.at(-1)).toMatchObject({
      reading: { cell: null, rssiDbm: -73, refused: [{ ask: 'extended', text }] },
    })
    expect(atMs).toBeGreaterThanOrEqual(afterMs)
    expect(atMs).toBeLessThan(afterMs + 4_000)
  })
  it('is none of what it says by itself', () => {
    for (const line of ['+CREG: 1,"INVALID"', 'RING', '+QIND: unknown', 'SMS READY'])
      expect(finalIn(line)).toBeNull()
  })
})

/** A modem by its lines for each command; what it cannot say otherwise stays unanswered. */
function scripted(answers: Readonly<Record<string, string>>): ModemEvent[] {
  const driver = modemDriver(standardModem)
  const events: ModemEvent[] = []
  let state = driver.initial()
  let sent = ''
  let timers: Readonly<Record<string, number>> = {}
  const feed = (event: Parameters<typeof driver.step>[1]): void => {
    const step = driver.step(state, event)
    state = step.state
    for (const effect of step.effects) {
      if (effect.do === 'emit') events.push(effect.event)
      else if (effect.do === 'send') sent = String.fromCharCode(...effect.bytes).trim()
      else if (effect.do === 'timer') {
        const { [effect.name]: _gone, ...others } = timers
        timers =
          effect.afterMs === null
            ? others
            : { ...others, [effect.name]: effect.afterMs + event.atMs }
      }
    }
  }
  feed({ type: 'linkUp', atMs: 0 })
  feed({ type: 'command', atMs: 0, command: { do: 'read' } })
  for (let atMs = 1; atMs < 40_000; atMs += 50) {
    const text = answers[sent]
    sent = ''
    if (text !== undefined)
      feed({ type: 'bytes', atMs, bytes: Uint8Array.from(text, (c) => c.charCodeAt(0)) })
    for (const [name, dueMs] of Object.entries(timers)) {
      if (dueMs > atMs) continue
      const { [name]: _over, ...others } = timers
      timers = others
      feed({ type: 'timer', atMs, name })
    }
  }
  return events
}

describe('result codes in digits or none', () => {
  const cesq = '+CESQ: 99,99,255,255,20,62'
  const rows: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
    ['ATV0', { AT: '0\r', 'AT+CESQ': `${cesq}\r\n0\r`, 'AT+CSQ': '+CSQ: 21,99\r\n0\r' }],
    [
      'ATV0 with echo',
      {
        AT: 'AT\r0\r',
        'AT+CESQ': `AT+CESQ\r${cesq}\r\n0\r`,
        'AT+CSQ': 'AT+CSQ\r+CSQ: 21,99\r\n0\r',
      },
    ],
    ['ATQ1 but for AT', { AT: 'OK\r\n', 'AT+CESQ': `${cesq}\r\n`, 'AT+CSQ': '+CSQ: 21,99\r\n' }],
  ]
  it.each(rows)('%s: it is read', (_name, answers) => {
    const events = scripted(answers)
    const reading = events.flatMap((one) => (one.type === 'signal' ? [one.reading] : []))[0]
    expect(reading?.cell).toMatchObject({ technology: 'LTE', rsrpDbm: -78 })
    expect(reading?.rssiDbm).toBe(-71)
    expect(events[0]?.type).toBe('modemUp')
  })
  it('a digit that refuses is a refusal, with the digit', () => {
    const events = scripted({ AT: '0\r', 'AT+CESQ': '4\r', 'AT+CSQ': '+CSQ: 21,99\r\n0\r' })
    const reading = events.flatMap((one) => (one.type === 'signal' ? [one.reading] : []))[0]
    expect(reading?.refused).toEqual([{ ask: 'extended', text: 'ERROR (4)' }])
    expect(reading?.rssiDbm).toBe(-71)
  })
  it.each(['1', '3', '00', '0 1', '40'])('%s ends no query', (line) => {
    expect(finalIn(line)).toBeNull()
  })
})

/** A modem with its own answers, by command; three tries take 9 s. */
function answering(answers: Readonly<Record<string, string>>) {
  const driver = modemDriver(standardModem)
  let state = driver.initial()
  const events: ModemEvent[] = []
  const feed = (event: Parameters<typeof driver.step>[1]): void => {
    const step = driver.step(state, event)
    state = step.state
    for (const effect of step.effects) {
      if (effect.do === 'emit') events.push(effect.event)
      if (effect.do !== 'send') continue
      const said = answers[String.fromCharCode(...effect.bytes).trim()]
      const bytes = Uint8Array.from(said ?? '', (letter) => letter.charCodeAt(0))
      if (said !== undefined) feed({ type: 'bytes', atMs: 0, bytes })
    }
  }
  feed({ type: 'linkUp', atMs: 0 })
  feed({ type: 'command', atMs: 0, command: { do: 'read' } })
  for (let i = 0; i < 20; i++)
    for (const name of ['rest', 'answer']) feed({ type: 'timer', atMs: i, name })
  return events
}

describe('an answer that is no silence', () => {
  const rest = { AT: 'OK\r\n', 'AT+CSQ': '\r\n+CSQ: 26,99\r\n\r\nOK\r\n' }
  it.each([
    ['OK alone', '\r\nOK\r\n'],
    ['a word and OK', '\r\n^WORD\r\n\r\nOK\r\n'],
    ['a word alone', '\r\n^HCSQ: "LTE",50\r\n'],
    ['another command of the make', '\r\n+CGATT: 1\r\n\r\nOK\r\n'],
    ['an empty answer of its own', '\r\nCESQ\r\n\r\nOK\r\n'],
  ])('to one command: %s', (_name, said) => {
    const events = answering({ ...rest, 'AT+CESQ': said })
    expect(events.map(({ type }) => type)).toEqual(['modemUp', 'signal'])
    expect(events[1]).toMatchObject({
      reading: { rssiDbm: -61, cell: null, refused: [{ ask: 'extended' }] },
    })
  })
  it('a refusal, and an answer as it should be, are what they were', () => {
    expect(answering({ ...rest, 'AT+CESQ': '\r\nERROR\r\n' })[1]).toMatchObject({
      reading: { rssiDbm: -61, refused: [{ ask: 'extended', text: 'ERROR' }] },
    })
    expect(
      answering({ ...rest, 'AT+CESQ': '\r\n+CESQ: 99,99,255,255,31,62\r\n\r\nOK\r\n' })[1],
    ).toMatchObject({ reading: { rssiDbm: -61, refused: [] } })
  })
  it('no line at all to one command is silence, and so is anything else to AT: the host names those bytes', () => {
    expect(answering({ AT: 'OK\r\n' })[1]).toMatchObject({
      type: 'modemDown',
      reason: 'modemSilent',
    })
    expect(answering({ AT: '\r\n$GPGGA,1\r\n' })[0]).toMatchObject({ reason: 'modemSilent' })
  })
})
