// Whether the driver can work with a table: it has the words and fields that the driver reads, every frame that the
// driver sends can be built, and each example decodes as stated.
import { bytesOfHex, hexOf } from '#base/pure/data/bytes.ts'
import type { BilingualText } from '#base/pure/words/fault-text.ts'
import { type FrameEngine, makeFrameEngine } from './frame-engine.ts'
import { encodeKnown, type Known, settingsIn, stationFor } from './known-frames.ts'
import { tableWords as says } from './table-words.ts'
import type {
  FrameForm,
  FrameTable,
  FrameValue,
  HeartbeatForm,
  VariantTable,
} from './table-types.ts'
import type { OverrideProblem } from './variant-override.ts'

/** Words on which the driver decides, when the base has them. */
const neededWords: { readonly [name: string]: readonly string[] } = {
  b0Status: ['ok'],
  b2Error: ['ok', 'heartbeat'],
  b3Error: ['ok'],
  b4Error: ['ok'],
  b5Error: ['ok'],
  b8Error: ['ok'],
  heartbeatStatus: ['ok'],
  antennaState: ['ok'],
  baError: ['ok'],
  psamAuthorisation: ['authorised'],
  cardPresent: ['present'],
  obuStatus: ['ok'],
  blacklist: ['black'],
  workMode: ['normal'],
  // Without it C6 would be sent with another trade type, or not at all (section 9 row 27).
  tradeType: ['debitOnly'],
}

function wordProblems(base: VariantTable, table: VariantTable): OverrideProblem[] {
  const out: OverrideProblem[] = []
  for (const [name, words] of Object.entries(neededWords)) {
    const codes = table.enums[name]
    if (codes === undefined) continue
    const isNew = base.enums[name] === undefined
    const wanted = words.filter(
      (word) => isNew || Object.values(base.enums[name] ?? {}).includes(word),
    )
    for (const word of wanted)
      if (!Object.values(codes).includes(word))
        out.push({ at: `/enums/${name}`, why: says.wordNeeded(word) })
    if ((codes['00'] ?? 'ok') !== 'ok' && words[0] === 'ok')
      out.push({ at: `/enums/${name}/00`, why: says.okNeeded() })
  }
  return out
}

/** Fields that the driver reads, by frame; those of an OBU only when the form is not a heartbeat. */
const readFields = (table: VariantTable): { readonly [code: string]: readonly string[] } => ({
  B0: ['status'],
  ...(table.opensWith === 'B2' ? { B2: ['obuId', 'error'], B4: ['obuId', 'error'] } : {}),
  ...(table.capabilities.vehicleFrame ? { B3: ['obuId', 'error'] } : {}),
  B5: ['obuId', 'error'],
  ...(table.capabilities.proofFetch && table.proofAnswer === 'B8'
    ? { B8: ['obuId', 'error', 'tac'] }
    : {}),
})

/** Fields that some form of the frame must have; without them no car could pay. */
const wholeFields: { readonly [code: string]: readonly string[] } = {
  B4: ['obuId', 'balance', 'card', 'station'],
  B5: ['tac', 'cardSerial', 'psamSerial', 'balanceAfter', 'time'],
  C6: ['obuId', 'amount', 'time', 'station'],
}

const has = (form: FrameForm, names: readonly string[]): boolean =>
  names.every((name) => form.fields.some((field) => field.name === name))

function fieldProblems(table: VariantTable): OverrideProblem[] {
  const out: OverrideProblem[] = []
  const frameOf = (code: string): FrameTable | undefined =>
    table.frames.find((frame) => frame.code === code)
  for (const [code, names] of Object.entries(readFields(table))) {
    const frame = frameOf(code)
    if (frame === undefined) out.push({ at: `/frames/${code}`, why: says.missing() })
    for (const form of frame?.forms ?? [])
      if (!has(form, names))
        out.push({ at: `/frames/${code}/${form.name}`, why: says.fieldsNeeded(names.join(', ')) })
  }
  for (const [code, names] of Object.entries(wholeFields)) {
    const forms = frameOf(code)?.forms ?? []
    if (!forms.some((form) => has(form, names)))
      out.push({ at: `/frames/${code}`, why: says.noFormHasAll(names.join(', ')) })
  }
  return out
}

const sampleRecord = `AA2900${'00'.repeat(40)}`

/** Values that the driver fills in by itself, as in driver-turn and driver-commands. */
const filled = {
  unixTime: 1_700_000_000,
  time: '20231115061320',
  entryTime: '20231115041320',
  laneMode: 0,
  switch: 1,
  result: 0,
  stopType: 1,
  cardSerial: 1,
  obuId: '02001234',
  diversifier: 'B2E2CAD437010001',
  amount: 1,
  tradeType: 'debitOnly',
}
const fixed = { transactionMode: 1, flagId: '000000', workMode: 'normal' }

/** Why a setting cannot be put into a field of our frames; null: the driver can carry it. */
export function notSettable(
  table: VariantTable,
  code: string,
  field: string,
): BilingualText | null {
  if (!sentFrames(table).includes(code)) return says.notSent(code)
  if (Object.hasOwn(filled, field)) return says.filledItself(field)
  return null
}

/** Every value that the driver may put into a frame. */
function sample(engine: FrameEngine, settings: FrameValue): Known {
  const common = { ...fixed, ...settings, ...filled }
  return ({ fields }) => {
    const field = fields.find(({ name }) => name === 'station')
    const station = field === undefined ? undefined : stationFor(engine, field, sampleRecord, false)
    return station === undefined ? common : { ...common, station }
  }
}

function sentFrames(table: VariantTable): readonly string[] {
  const { psam, heartbeat, capabilities, afterResult, opensWith } = table
  return [
    ...['C0', 'C2', 'C6', table.antennaSwitch],
    ...(afterResult === 'C1' || opensWith === 'B2' ? ['C1'] : []),
    ...(psam?.atStart === true ? [psam.start] : []),
    ...(heartbeat.reply === 'cf00' ? ['CF'] : []),
    ...(capabilities.proofFetch ? ['C8'] : []),
  ]
}

function sentProblems(table: VariantTable, engine: FrameEngine): OverrideProblem[] {
  const least = Object.fromEntries(table.settings.map((one) => [one.id, one.min]))
  return sentFrames(table)
    .filter((code) => {
      const known = sample(engine, settingsIn(table, least, code))
      return encodeKnown(engine, code, known) === null
    })
    .map((code) => ({ at: `/frames/${code}`, why: says.cannotBeMade() }))
}

function heartbeatProblems(base: VariantTable, table: VariantTable): OverrideProblem[] {
  const { forms, reply } = table.heartbeat
  const b2 = table.frames.find(({ code }) => code === 'B2')?.forms ?? []
  const wants: Record<HeartbeatForm, boolean> = {
    error80: b2.some((form) => has(form, ['error'])),
    onesId: b2.some((form) => has(form, ['obuId'])),
    b1: table.frames.some(({ code }) => code === 'B1'),
    b2Status: table.opensWith === 'B4',
  }
  const out = forms.flatMap((form, i) =>
    wants[form] ? [] : [{ at: `/heartbeat/forms/${i}`, why: says.noFrameCanBe(form) }],
  )
  if (reply === 'empty' && base.id !== 'generic-bcc')
    out.push({ at: '/heartbeat/reply', why: says.notEmpty(base.id) })
  if (table.capabilities.emptyAck && base.id !== 'generic-bcc')
    out.push({ at: '/capabilities/emptyAck', why: says.notEmpty(base.id) })
  const { psam } = table
  const data = table.frames.find(({ code }) => code === psam?.data)
  if (psam?.atStart === true && data === undefined)
    out.push({ at: '/psam/data', why: says.noAnswer(psam.data) })
  return out
}

function isSame(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b
  const [x, y] = [Object.entries(a), new Map(Object.entries(b))]
  return x.length === y.size && x.every(([name, one]) => y.has(name) && isSame(one, y.get(name)))
}

function exampleProblems(table: VariantTable, engine: FrameEngine): OverrideProblem[] {
  const out: OverrideProblem[] = []
  for (const { code, forms } of table.frames)
    for (const { name, example } of forms) {
      const at = `/frames/${code}/${name}/example`
      const bytes = bytesOfHex(example.hex)
      const read = bytes === null ? null : engine.decode(bytes)
      const made = engine.encode(code, example.value, name)
      if (bytes === null || read?.ok !== true || read.code !== code)
        out.push({ at: `${at}/hex`, why: says.notOfTable(code) })
      else if (read.form !== name) out.push({ at: `${at}/hex`, why: says.readAs(read.form) })
      else if (!isSame(read.value, example.value) || !made.ok || hexOf(made.data) !== hexOf(bytes))
        out.push({ at, why: says.exampleDiffers() })
    }
  return out
}

function fileExampleProblems(table: VariantTable, engine: FrameEngine): OverrideProblem[] {
  const examples = table.files.flatMap(({ name, length, example, layouts = [] }) => [
    { name, length, example, at: `/files/${name}/example` },
    ...layouts.map((one, i) => {
      return { name, length, example: one.example, at: `/files/${name}/layouts/${i}/example` }
    }),
  ])
  return examples.flatMap(({ name, length, example, at }) => {
    const bytes = bytesOfHex(example.hex)
    if (bytes?.length !== length) return [{ at: `${at}/hex`, why: says.notBytes(length) }]
    const made = engine.encodeFile(name, example.value)
    const same = isSame(engine.decodeFile(name, bytes), example.value)
    return same && made !== null && hexOf(made) === hexOf(bytes)
      ? []
      : [{ at, why: says.exampleDiffers() }]
  })
}

/** Only for a table without problems of its own (table-check.ts). */
export function meaningProblems(base: VariantTable, table: VariantTable): OverrideProblem[] {
  const engine = makeFrameEngine(table)
  return [
    ...wordProblems(base, table),
    ...fieldProblems(table),
    ...heartbeatProblems(base, table),
    ...sentProblems(table, engine),
    ...exampleProblems(table, engine),
    ...fileExampleProblems(table, engine),
  ]
}
