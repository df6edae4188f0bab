// Every frame, field and coded value that a console or a timeline can show has words in both languages:
// the tables of every codec and shipped profile are read, and every stored capture.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { readProfileFolder } from '#devices/files/profile-files.ts'
import { readLibrary } from '../../firmware-runtime/devices/profiles/whole-library.ts'
import { readCapture } from '#devices/frame-log/capture.ts'
import { captureRows } from '#devices/frame-log/capture-replay.ts'
import { sensorKinds } from '#base/pure/lot/sensor.ts'
import type { PlateRead } from '#devices/pure/lane/plate-read.ts'
import { plateColours } from '#base/pure/plates/plate.ts'
import { standardBarrier } from '#devices/pure/barrier/modbus-relay/config.ts'
import { pduTables } from '#devices/pure/barrier/modbus-relay/frames/index.ts'
import { namesOfWiring } from '#devices/pure/barrier/modbus-relay/names.ts'
import { cameraRows, plateFields } from '#devices/pure/camera/reader.ts'
import { displayTables } from '#devices/pure/display/olm/frames/index.ts'
import type { FieldTable, VariantTable } from '#devices/pure/rsu/table-types.ts'
import { isRsuVariantId, rsuVariant, rsuVariantIds } from '#devices/pure/rsu/variants.ts'
import type { SaidWords } from '#renderer/kit/said.ts'
import type { Words } from '#renderer/kit/words.ts'
import { i18n } from '#renderer/i18n/index.ts'
import { messages } from '#renderer/i18n/catalogue.ts'
import {
  fieldName,
  fieldsLine,
  reasonText,
  rowName,
  shownFields,
  frameNamesOf,
} from '#renderer/kit/frame-words.ts'
import { boardFrames } from '../pages/lane/board-frames-kit.ts'

type Lists = Readonly<Record<string, unknown>>
const root = join(import.meta.dirname, '..', '..', '..')

/** Keys of words that a frame may need, such as `frameName.field.rsu.obuId`. */
type Needed = Set<string>

function needOfFields(needed: Needed, fields: readonly FieldTable[], table: VariantTable): void {
  for (const field of fields) {
    needed.add(`frameName.field.rsu.${field.name}`)
    const codes = field.enum === undefined ? [] : Object.values(table.enums[field.enum] ?? {})
    for (const code of [...codes, ...(field.bits ?? [])])
      needed.add(`frameValue.rsu.${field.name}.${code}`)
    needOfFields(needed, field.each ?? [], table)
  }
}

function needOfTable(table: VariantTable, needed: Needed = new Set()): Needed {
  for (const { name, onLonger, forms } of table.frames) {
    needed.add(`frameName.row.rsu.${name}`)
    if (onLonger === 'rest') needed.add('frameName.field.rsu.rest')
    for (const { fields } of forms) needOfFields(needed, fields, table)
  }
  for (const { fields } of table.files) needOfFields(needed, fields, table)
  return needed
}

const boardNames = namesOfWiring({
  ...standardBarrier.wiring,
  presence: [{ di: 9, activeHigh: true }],
})
const bare = (name: string): string => name.replace(/ \d+$/, '')

function needOfBoards(): Needed {
  const { outputs, inputs } = boardNames
  return new Set([
    ...pduTables.map(({ name }) => `frameName.row.barrier.${name}`),
    ...pduTables.flatMap(({ fields }) =>
      fields.map(({ name }) => `frameName.field.barrier.${name}`),
    ),
    ...[...inputs.map(({ name }) => name), ...sensorKinds].map(
      (name) => `frameName.field.barrier.${bare(name)}`,
    ),
    ...outputs.map(({ name }) => `frameValue.barrier.output.${name}`),
    ...displayTables.map(({ name }) => `frameName.row.display.${name}`),
    ...displayTables.flatMap(({ fields }) =>
      fields.map(({ name }) => `frameName.field.display.${name}`),
    ),
    ...['line', 'mode', 'colour', 'text'].map((name) => `frameName.field.display.${name}`),
    ...Object.keys(cameraRows).map((name) => `frameName.row.camera.${name}`),
    ...plateColours.map((colour) => `frameValue.camera.colour.${colour}`),
    ...(['none', 'unreadable'] as const).map((state) => `frameValue.camera.state.${state}`),
  ])
}

function wordAt(words: Lists, path: string): unknown {
  let at: unknown = words
  for (const part of path.split('.')) at = (at as Lists | undefined)?.[part]
  return at
}

/** Keys without words in one of the languages. */
const without = (needed: Iterable<string>): string[] =>
  [...needed].filter((path) =>
    [messages.zh, messages.en].some((words) => typeof wordAt(words, path) !== 'string'),
  )

describe('the tables of', () => {
  it.each(rsuVariantIds)('%s', (id) => {
    expect(without(needOfTable(rsuVariant(id).table))).toEqual([])
  })

  it('every shipped profile', () => {
    const { profiles } = readLibrary(readProfileFolder(join(root, 'device-profiles')))
    const tables = [...profiles.values()].flatMap(({ variant }) => variant?.table ?? [])
    expect(tables.length).toBeGreaterThan(3)
    for (const table of tables) expect(without(needOfTable(table)), table.id).toEqual([])
  })

  it('boards, displays and cameras', () => {
    expect(without(needOfBoards())).toEqual([])
  })

  it('a codec with a new field, value or frame that has no words are found', () => {
    const { table } = rsuVariant('generic-ver')
    const [first, ...others] = table.frames
    if (first === undefined) throw new Error('a variant has frames')
    const field: FieldTable = { name: 'odometer', off: 1, len: 1, type: 'enum', enum: 'b2Error' }
    const forms = first.forms.map((form) => ({ ...form, fields: [field] }))
    const planted = { ...table, frames: [{ ...first, name: 'mileage', forms }, ...others] }
    expect(without(needOfTable(planted))).toEqual([
      'frameName.row.rsu.mileage',
      'frameName.field.rsu.odometer',
      ...Object.values(table.enums['b2Error'] ?? {}).map((one) => `frameValue.rsu.odometer.${one}`),
    ])
  })
})

const words: SaidWords = {
  t: i18n.global.t as Words['t'],
  of: ({ zh, en }) => (i18n.global.locale.value === 'zh' ? zh : en),
  known: (_list, word) => word,
}
interface Row {
  readonly device: string
  readonly name: string
  readonly reason: string
  readonly fields: Readonly<Record<string, unknown>>
}

const captures = join(root, 'test', 'fixtures', 'captures')
function capturedRows(file: string): readonly Row[] {
  const capture = readCapture(readFileSync(join(captures, file), 'utf8'), file)
  const { device, variant } = capture.head
  const rsu = device === 'rsu' && isRsuVariantId(variant) ? rsuVariant(variant) : null
  return [...captureRows(capture, rsu)].map((row) => ({ ...row, device }))
}
const read: PlateRead = {
  deviceId: 'd',
  recordId: 'r',
  deviceAtMs: null,
  plate: null,
  plateRaw: '测A12345',
  plateState: 'unreadable',
  colour: 'blue',
  confidence: 0.5,
  history: true,
  jpeg: null,
}
const cameraRow: Row = { device: 'camera', name: 'plate', reason: '', fields: plateFields(read) }
/** Rows by their source. */
const rows: ReadonlyMap<string, readonly Row[]> = new Map([
  ...readdirSync(captures).map((file) => [file, capturedRows(file)] as const),
  ...boardFrames.map(({ view, rows: of }) => [view.device, of] as const),
  ['a plate that was read late', [cameraRow]],
])

/** Names as the codecs write them: `obuId`, `write-coil`, `error_msg`. */
const asInTables = /^(?:[a-z]+(?:[A-Z0-9_-]\w*)*|[a-z]+ \d+)$/

describe('rows that were heard', () => {
  afterEach(() => {
    i18n.global.locale.value = 'zh'
  })

  it.each([...rows])('%s: no name is shown as in its table', (_, of) => {
    expect(of.length).toBeGreaterThan(0)
    for (const { device, name, fields } of of) {
      if (name !== '') expect(rowName(words, device, name)).toMatch(/\p{Script=Han}/u)
      for (const shown of shownFields(words, device, fields))
        for (const part of shown.name.split(' / '))
          expect(part, `${device} ${shown.key}`).not.toMatch(asInTables)
    }
  })

  it('say files by their members, lists by number, and coded values in words', () => {
    const fields = {
      status: ['contactlessCard', 'batteryLow'],
      sysInfo: { contractType: 1 },
      antennas: [{ antennaId: 1, state: 'ok' }],
      psam: [],
      balanceAfter: null,
    }
    expect(fieldsLine(words, 'rsu', fields)).toBe(
      '状态 非接触卡, 电池电量低 · 系统信息 / 合同类型 1 · 天线 1 / 天线号 1 · 天线 1 / 状态 正常 · ' +
        'PSAM 卡 — · 扣后余额（分） —',
    )
    expect(shownFields(words, 'rsu', fields).map(({ key }) => key)).toEqual([
      'status',
      'sysInfo.contractType',
      'antennas 1.antennaId',
      'antennas 1.state',
      'psam',
      'balanceAfter',
    ])
    i18n.global.locale.value = 'en'
    expect(fieldsLine(words, 'rsu', { error: 'noAnswer', obuId: '02001234' })).toBe(
      'error no answer · OBU id 02001234',
    )
  })

  it('leave alone what a device said in its own words, and names of nobody', () => {
    expect(fieldsLine(words, 'display', { text: 'please scan', means: 'done' })).toBe(
      '文字 please scan · 含义 已执行',
    )
    expect(fieldsLine(words, 'rsu', { plate: 'ok', constructor: 'ok' })).toBe(
      '车牌 ok · constructor ok',
    )
    expect(fieldName(words, 'rsu', 'obusSeen')).toBe('obusSeen')
    expect(rowName(words, 'rsu', 'toString')).toBe('toString')
  })

  it('say what changed on a board, and its numbered inputs', () => {
    expect(
      fieldsLine(words, 'sensors-2', { changed: 'radar 2 on, di 3 off', 'radar 2': 'on' }),
    ).toBe('有变化 雷达 2 通, 输入 3 断 · 雷达 2 通')
    expect(fieldsLine(words, 'barrier', { means: 'illegal data address', relay: 'off' })).toBe(
      '含义 地址不存在 · 继电器 断',
    )
  })

  it('say why bytes were thrown away', () => {
    expect(reasonText(words, 'check short')).toBe('校验不符, 过短')
    expect(reasonText(words, 'read from the tail')).toBe('从尾部解码')
    expect(reasonText(words, 'ECONNREFUSED 192.0.2.1')).toBe('ECONNREFUSED 192.0.2.1')
  })
})

it('a text stands for every name whose words hold it', () => {
  expect(frameNamesOf(words, 'rsu', ' OBU 号 ')).toEqual(['obuId'])
  expect(frameNamesOf(words, 'barrier', '防砸')).toEqual(['loopUnder'])
  expect(frameNamesOf(words, 'rsu', '电池')).toEqual(['batteryLow'])
  expect(frameNamesOf(words, 'rsu', '')).toEqual([])
})
