// Captures replay without code: every frame decodes and the driver sends again what it sent originally.
// Every capture under test/fixtures and ../shared/fixtures is found by its folder.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readCapture } from '#devices/frame-log/capture.ts'
import { captureRows, replayCapture } from '#devices/frame-log/capture-replay.ts'
import type { RingEvent } from '#devices/frame-log/frame-ring.ts'
import { bytesOfHex, hexOf } from '#base/pure/data/bytes.ts'
import { present } from '#base/pure/values/must.ts'
import { isRsuVariantId, rsuVariant, rsuVariantIds } from '#devices/pure/rsu/variants.ts'
import { cameraNames, cameraSession } from './camera-sessions.ts'
import {
  barrierSession,
  displaySession,
  printerSession,
  sensorsSession,
} from './device-sessions.ts'
import { rsuSession } from './session-kit.ts'

const repository = join(import.meta.dirname, '../../../..')
const folders = [join(repository, 'test/fixtures'), join(repository, '../shared/fixtures')]

function filesBelow(folder: string, ending: string): readonly string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => join(folder, name))
}

const shortName = (file: string): string => file.slice(file.lastIndexOf('fixtures/') + 9)

function replayed(text: string, file: string) {
  const capture = readCapture(text, file)
  const { variant, device } = capture.head
  if (device !== 'rsu') return replayCapture(capture)
  if (!isRsuVariantId(variant)) throw new Error(`${file} names no generic variant`)
  return replayCapture(capture, { variant: rsuVariant(variant), override: null })
}

const captures = folders.flatMap((folder) => filesBelow(folder, '.jsonl'))

describe('captures of the fixtures', () => {
  it('are there', () => {
    expect(captures.length).toBeGreaterThan(0)
  })

  it.each(captures.map((file) => [shortName(file), file]))('%s', (_name, file) => {
    const result = replayed(readFileSync(file, 'utf8'), file)
    expect(result).toMatchObject({ ok: true, frames: { bad: 0 } })
    expect(result.frames.in).toBeGreaterThan(0)
    expect(result.driver.matched).toBe(result.driver.sent)
  })
})

const kept = captures.filter((file) => readFileSync(file, 'utf8').includes(',"end":'))
const named = (file: string): [string, string] => [shortName(file), file]

describe('a byte that is another', () => {
  it('has captures of every kind and transport to be tried on', () => {
    const kinds = kept.map((file) => readCapture(readFileSync(file, 'utf8'), file).head)
    expect(kinds.map(({ device, variant }) => `${device} ${variant}`).sort()).toEqual([
      'barrier modbus-rtu',
      'barrier modbus-tcp',
      'camera dahua',
      'camera hikvision-pull',
      'camera vz-tcp',
      'display olm',
      'sensors modbus-rtu',
      'sensors modbus-tcp',
    ])
    for (const { note } of kinds) expect(note).toContain('simulator')
  })

  it.each(kept.map(named))('fails the replay of %s, whichever it is', (_name, file) => {
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n')
    lines.forEach((line, i) => {
      const hex = /"hex":"([0-9A-F]+)"/.exec(line)?.[1]
      if (hex === undefined) return
      const at = 2 * (i % (hex.length / 2))
      const other = hex.slice(0, at) + (hex[at] === '0' ? '8' : '0') + hex.slice(at + 1)
      const changed = lines.with(i, line.replace(hex, other))
      expect(replayed(changed.join('\n'), file).ok, `line ${i + 1}`).toBe(false)
      // Even without the closing line, our sent bytes are compared byte by byte.
      if (!line.includes('"out"')) return
      const { driver } = replayed(changed.slice(0, -1).join('\n'), file)
      expect(driver.differences.map((one) => one.line)).toContain(i + 1)
    })
  })

  it.each(kept.map(named))('%s: a driver that tells its lane something else', (_name, file) => {
    const text = readFileSync(file, 'utf8')
    const result = replayed(text.replace(/"told":\{"/, '"told":{"never":1,"'), file)
    expect(result).toMatchObject({ ok: false, whole: true, driver: { differences: [] } })
    expect(result.driver.toldThen).toMatchObject({ never: 1 })
  })
})

describe('sessions of the other devices', () => {
  it.each([
    ['barrier on TCP', () => barrierSession('tcp', true)],
    ['barrier on RTU, whose requests rest before they leave', () => barrierSession('rtu', true)],
    ['display', displaySession],
    ['printer', printerSession],
    ['sensors on TCP', () => sensorsSession('tcp')],
    ['sensors on RTU', () => sensorsSession('rtu')],
    ...cameraNames.flatMap((name) => [
      [`camera ${name}`, () => cameraSession(name)] as const,
      [`camera ${name} in pieces`, () => cameraSession(name, 700)] as const,
    ]),
  ] as const)('%s replays exactly', (name, session) => {
    const result = replayed(session().text, 'session')
    expect(result).toMatchObject({ ok: true, whole: true, discarded: 0, frames: { bad: 0 } })
    expect(result.driver).toMatchObject({ compared: true, differences: [], toldThen: null })
    expect(result.driver.matched).toBe(result.driver.sent)
    // The first send is one frame, except for a printer, whose receipt is many commands.
    const least = name === 'printer' ? 10 : result.frames.out
    expect(result.driver.sent).toBeGreaterThanOrEqual(least)
    expect(result.frames.in).toBeGreaterThan(10)
  })

  it('without the driver decodes and compares nothing', () => {
    const cameras = cameraNames.map((name) => cameraSession(name))
    const boards = [
      barrierSession('tcp'),
      displaySession(),
      printerSession(),
      sensorsSession('rtu'),
    ]
    for (const { text } of [...boards, ...cameras]) {
      const [head = '', ...rest] = text.split('\n')
      const { driver: _driver, ...short } = JSON.parse(head) as Record<string, unknown>
      const result = replayed([JSON.stringify(short), ...rest].join('\n'), 'short')
      expect(result).toMatchObject({ ok: true, driver: { compared: false, told: {} } })
    }
  })

  it('holds commands that are none to be nothing', () => {
    const lines = barrierSession('tcp').text.split('\n')
    const at = lines.findIndex((line) => line.includes('"command"'))
    lines[at] = lines[at]?.replace(/"command":\{.*\}\}/, '"command":{"do":"sensor"}}') ?? ''
    const result = replayed(lines.join('\n'), 'none')
    expect(result.ok).toBe(false)
    expect(result.driver.differences.length).toBeGreaterThan(0)
  })
})

interface FrameList {
  readonly variant?: string
  readonly frames?: readonly {
    readonly variant?: string
    readonly wireHex?: string
    readonly type?: string
    readonly name?: string
  }[]
}

const lists = folders
  .flatMap((folder) => filesBelow(folder, '.json'))
  .flatMap((file) => {
    const { variant, frames = [] } = JSON.parse(readFileSync(file, 'utf8')) as FrameList
    return frames.flatMap((frame) => {
      const of = frame.variant ?? variant ?? ''
      const word = frame.type ?? frame.name?.slice(0, 2) ?? ''
      // An empty acknowledgement has no type.
      const type = /^[0-9A-F]{2}$/.test(word) ? word : ''
      if (frame.wireHex === undefined || !isRsuVariantId(of)) return []
      return [{ file: shortName(file), variant: of, type, hex: frame.wireHex }]
    })
  })

describe('frame lists of the fixtures', () => {
  it('are there', () => {
    expect(lists.length).toBeGreaterThan(10)
  })

  it.each(lists)('$file $variant $type', ({ variant, type, hex }) => {
    const bytes = present(bytesOfHex(hex), 'hex')
    const event: RingEvent = { seq: 1, monoUs: 0, atMs: 0, kind: 'in', bytes }
    const head = { format: 'etc-lane capture', version: 1, device: 'rsu', variant } as const
    const capture = { head: { ...head, startedAtIso: '' }, events: [event] }
    const [row, second] = [...captureRows(capture, rsuVariant(variant))]
    expect(second).toBeUndefined()
    expect(row).toMatchObject({ ok: true, discarded: 0, type, hex: hexOf(bytes) })
  })
})

describe('a session', () => {
  it.each(rsuVariantIds)('of %s replays exactly', (variant) => {
    const { text, paid } = rsuSession(variant, { breaks: true })
    expect(paid).toBe(1)
    const result = replayed(text, variant)
    expect(result.driver).toMatchObject({ compared: true, differences: [] })
    expect(result.types['out C6']).toBe(1)
    expect(result.driver.told).toMatchObject({ debitResult: 1, rsuDown: 1 })
    expect(result.driver.matched).toBe(result.frames.out)
  })

  it('in pieces and with noise decodes to the same frames', () => {
    const whole = replayed(rsuSession('generic-ver').text, 'whole')
    const pieces = replayed(
      rsuSession('generic-ver', { noise: true, pieceBytes: 7 }).text,
      'pieces',
    )
    expect(pieces.types).toEqual(whole.types)
    expect(pieces).toMatchObject({ ok: true, discarded: 4 })
  })

  it('whose driver sent another byte is told by its line', () => {
    const lines = rsuSession('generic-ver').text.split('\n')
    const at = lines.findIndex((line) => line.includes('"out"'))
    lines[at] = lines[at]?.replace(/"hex":"FFFF(.)/, '"hex":"FFFF1') ?? ''
    const result = replayed(lines.join('\n'), 'changed')
    expect(result.ok).toBe(false)
    expect(result.driver.differences).toHaveLength(1)
    expect(result.driver.differences[0]).toMatchObject({ line: at + 1 })
  })

  it('from which something sent is missing, or in which something stands too much', () => {
    const lines = rsuSession('generic-len').text.split('\n')
    const at = lines.findIndex((line) => line.includes('"out"'))
    const less = replayed(lines.toSpliced(at, 1).join('\n'), 'less')
    expect(less.driver.differences.some(({ captured }) => captured === null)).toBe(true)
    const more = replayed(lines.toSpliced(at, 0, lines[at] ?? '').join('\n'), 'more')
    expect(more.driver.differences.some(({ sent }) => sent === null)).toBe(true)
  })

  it('without its beginning decodes and compares nothing', () => {
    const [head = '', ...rest] = rsuSession('generic-bcc').text.split('\n')
    const { driver: _driver, ...short } = JSON.parse(head) as Record<string, unknown>
    const result = replayed([JSON.stringify(short), ...rest.slice(5)].join('\n'), 'tail')
    expect(result).toMatchObject({ ok: true, driver: { compared: false, differences: [] } })
  })
})

const goodHead = JSON.stringify({
  format: 'etc-lane capture',
  version: 1,
  device: 'rsu',
  variant: 'generic-ver',
  startedAtIso: '2026-11-20T08:00:00.000+08:00',
})

describe('a capture that is none', () => {
  it.each([
    ['', 'line 1'],
    ['{}', 'line 1'],
    [goodHead.replace('"version":1', '"version":2'), 'line 1'],
    [goodHead.replace('2026-11-20T', '2026-13-20T'), 'line 1'],
    [`${goodHead}\nnonsense`, 'line 2'],
    [`${goodHead}\n{"monoMs":1,"direction":"in","hex":"FFF"}`, 'line 2'],
    [`${goodHead}\n{"monoMs":1,"direction":"both","hex":"FF"}`, 'line 2'],
    [`${goodHead}\n{"monoMs":-1,"direction":"in","hex":"FF"}`, 'line 2'],
    [`${goodHead}\n{"monoMs":1,"direction":"in","hex":"FF","atIso":"noon"}`, 'line 2'],
    [
      `${goodHead}\n{"monoMs":2,"direction":"in","hex":"FF"}\n{"monoMs":1,"direction":"in","hex":"FF"}`,
      'line 3',
    ],
    [goodHead.replace('"rsu"', '"toaster"'), 'line 1'],
    [goodHead.replace('"rsu"', '"barrier"'), 'line 1'],
    [`${goodHead}\n{"monoMs":1,"end":{"crc32":"xyz"}}`, 'line 2'],
    [`${goodHead}\n{"monoMs":1,"end":{"crc32":"00000000"}}\n{"monoMs":1,"link":"up"}`, 'line 2'],
  ])('%#: the line is named', (text, field) => {
    expect(() => readCapture(text, 'x.jsonl')).toThrow(
      expect.objectContaining({ code: 'WIRE-01', detail: expect.objectContaining({ field }) }),
    )
  })

  it('of nothing but hex, direction and time is one', () => {
    const line = '{"monoMs":1.5,"direction":"in","hex":"ffff001000000002c4013f41"}'
    const { events } = readCapture(`${goodHead}\n${line}\n`, 'x.jsonl')
    expect(events).toEqual([
      expect.objectContaining({ kind: 'in', monoUs: 1500, atMs: 1_795_132_800_001 }),
    ])
  })
})
