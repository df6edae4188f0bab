// Runs everything in the product that reads a profile, on profiles that have every member.
// The driver that an antenna profile configures runs against the simulator of an RSU.
import { sheetOf } from '#devices/profiles/sheet.ts'
import { antennaPlan } from '#devices/profiles/antenna-plan.ts'
import type { Example } from '#devices/profiles/example-turn.ts'
import { checkExamples } from '#devices/profiles/checks/examples.ts'
import { findingsOf } from '#devices/profiles/findings.ts'
import { importPlan } from '#devices/profiles/import-plan.ts'
import {
  barrierChoice,
  rsuChoice,
  sensorChoice,
  printerChoice,
  spaceChoice,
  type ProfileLookup,
} from '#devices/profiles/links.ts'
import type { CheckedProfile } from '#devices/profiles/read-profile.ts'
import { overrideOf } from '#devices/profiles/rsu-override.ts'
import { profileSchema, type Profile } from '#devices/profiles/schema.ts'
import { fieldMeter } from '#devices/hosts/field-meter.ts'
import { libraryWord } from '#survey/runs/survey-entries.ts'
import { modemChoice } from '#survey/runs/modem-profile.ts'
import { barrierDriver } from '#devices/pure/barrier/modbus-relay/driver.ts'
import { standardBarrier, type BarrierConfig } from '#devices/pure/barrier/modbus-relay/config.ts'
import { rsuDriverDefaults, startRsuDriver } from '#devices/pure/rsu/driver.ts'
import { makeFrameEngine } from '#devices/pure/rsu/frame-engine.ts'
import { judgedProblems } from '#devices/pure/rsu/variant-with.ts'
import type { VariantOverride } from '#devices/pure/rsu/variant-override.ts'
import { rsuVariant, type RsuVariantId } from '#devices/pure/rsu/variants.ts'
import { obuId, regional, Site } from '../pure/rsu/simulator-site.ts'
import { HandClock } from '../../runtime/control/control-kit.ts'
import { copyOf, library, put } from './shipped.ts'
import { rsuModelOf } from './shipped-rsu.ts'
import type { Reads } from './reads.ts'

const words = { zh: '测试', en: 'test' }
const source = 'own'

/** Members that no shipped profile has, or never all at once. */
const rare: Partial<Profile> = {
  protocol: { id: 'generic-bcc', options: { tolerateUnescapedBcc: true } },
  examples: [
    {
      id: 'one',
      from: 'device',
      hex: ['01', '02'],
      origin: 'constructed',
      source,
      expect: { as: 'parts', parts: [{ name: 'all', hex: ['01', '02'] }] },
    },
  ],
  basis: [{ id: source, text: { zh: '本产品的判断', en: 'judgement of this product' } }],
  devicesSeen: [{ model: 'one', firmware: '1.0', date: '2026-01-01', capture: 'one.jsonl' }],
  recognise: [
    { by: 'frame', frame: 'B0', field: 'manufacturer', equals: '08', source },
    { by: 'usb', vendorId: '1A86', productId: '7523', source },
    { by: 'http', path: '/', contains: 'one', source },
    { by: 'text', ask: '*IDN?', begins: 'one', source },
    { by: 'bytes', ask: ['01', '02'], answer: '01 ..', source },
  ],
  links: [
    {
      form: 'serial',
      listens: 'device',
      source,
      serial: { baud: 9600, dataBits: 8, parity: 'none', stopBits: 1, otherBauds: [1200] },
    },
    { form: 'tcp', listens: 'device', ports: [4196], source },
  ],
  quirks: [{ id: 'one', why: words, seen: source }],
  firmware: [{ from: '1.0', to: null, note: words, source }],
  approvals: [{ approvalNo: '1', hardwareVersions: ['A'], source, status: 'documented' }],
  migrations: [
    {
      since: '0200',
      setting: 'powerStep',
      becomes: 'powerStep',
      times: [2, 1],
      plus: 0,
      why: words,
      source,
    },
  ],
  needs: [{ setting: words, why: words }],
  update: { ...words, source },
}

function full(id: string, more: Partial<Profile> = {}): Profile {
  const copy = copyOf(id)
  Object.assign(copy, structuredClone({ ...rare, ...more }))
  return profileSchema.parse(copy)
}

const checkedOf = (id: string, profile: Profile): CheckedProfile => {
  const { variant = null } = library.profiles.get(id) ?? {}
  const override = variant === null ? null : overrideOf(profile, variant.id)
  return { id, file: 'a.json', profile, source: {}, variant, override }
}

/** A lookup that finds this profile for any name. */
const only = (checked: CheckedProfile): ProfileLookup => ({ find: () => ({ ok: true, checked }) })

const antennaSettings = (): Profile['settings'] => {
  const copy = copyOf('rsu/generic/generic-bcc') as unknown as Profile
  const [power, ...others] = structuredClone(copy.settings)
  const steps = [
    { step: 0, dbm: 1 },
    { step: 1, dbm: 2 },
  ]
  return power === undefined ? others : [{ ...power, dbm: { source, steps } }, ...others]
}

function readAntenna(reads: Reads): void {
  const id = 'rsu/generic/generic-bcc'
  const standardRows = (copyOf(id) as unknown as Profile).standardRows.map((row) => ({
    ...row,
    value: { min: 1, max: 2 },
    unit: 'm',
    source,
    status: 'assumed' as const,
  }))
  const profile = reads.of(full(id, { settings: antennaSettings(), standardRows }))
  const checked = checkedOf(id, profile)
  rsuChoice('tcp://127.0.0.1:1?variant=acme/one', only(checked))
  antennaPlan([profile]).modelsOf('generic-bcc', { manufacturer: '08' })
  libraryWord(profile)
  importPlan([checked], () => null, null)
  sheetOf(profile)
  checkExamples(profile, checked.variant, findingsOf('a.json'))
  // The differences from a frame table.
  const regionalId = `rsu/${regional}`
  const other = reads.of(withFile(regionalId))
  sheetOf(other)
  const made = reads.of(overrideOf(other, 'generic-bcc'), ['protocol', 'overrides'])
  judgedProblems(rsuVariant('generic-bcc').table, made)
}

/** A profile with a file table of its own and a field with a unit. */
function withFile(id: string): Profile {
  const copy = copyOf(id)
  const file = { name: 'f9999', length: 1, example: { hex: '01', value: { one: 1 } } }
  put(copy, '/protocol/overrides/files', [
    { ...file, fields: [{ name: 'one', off: 0, len: 1, type: 'uint', unit: 'ms' }] },
  ])
  put(copy, '/protocol/overrides/frames/0/forms/0/fields/0/unit', 'ms')
  return profileSchema.parse(copy)
}

/** A tester example whose file gives the height of each reading. */
function withHeight(one: Example): Example {
  if (one.expect.as !== 'tester-rows') return one
  const readings = one.expect.readings.map((reading) => ({ ...reading, zMm: 1 }))
  return { ...one, expect: { ...one.expect, readings } }
}

function readOthers(reads: Reads): void {
  for (const [id, { profile: plain }] of library.profiles) {
    const { wiring } = plain.protocol
    const presence = [{ di: 9, activeHigh: true }]
    const wired = { ...plain.protocol, ...(wiring && { wiring: { ...wiring, presence } }) }
    const examples = plain.examples.map(withHeight)
    const profile = reads.of(structuredClone({ ...plain, protocol: wired, examples }))
    const checked = checkedOf(id, profile)
    const { kind, vendor, model } = plain
    const link = `?profile=${vendor}/${model}`
    if (kind === 'barrier') {
      const choice = barrierChoice(`tcp://127.0.0.1:1${link}`, only(checked))
      barrierChoice(`hikvision://127.0.0.1${link}`, only(checked))
      if (choice.ok && choice.value !== null) runBarrier(choice.value.config)
    }
    if (kind === 'loop' || kind === 'radar') sensorChoice(link, kind, only(checked))
    if (kind === 'printer') printerChoice(link, only(checked))
    if (kind === 'geomagnetic') spaceChoice(`${link}&topic=a`, only(checked))
    if (kind === 'modem') modemChoice(`${vendor}/${model}`, only(checked))
    if (kind === 'instrument' && plain.protocol.id !== 'tester-rows') runMeter(profile)
    sheetOf(profile)
    checkExamples(profile, checked.variant, findingsOf('a.json'))
  }
}

/** Answers every request of the relay board: boom open, nobody under it; coils echoed. */
function runBarrier(config: Partial<BarrierConfig>): void {
  const driver = barrierDriver({ ...standardBarrier, ...config })
  let state = driver.initial()
  let atMs = 0
  const feed = (event: Parameters<typeof driver.step>[1] | object): void => {
    atMs += 100
    const step = driver.step(state, { atMs, ...event } as Parameters<typeof driver.step>[1])
    state = step.state
    for (const effect of step.effects) if (effect.do === 'send') answer(effect.bytes)
  }
  const answer = (modbusRequest: Uint8Array): void => {
    const [high = 0, low = 0, , , , , unit = 1, code = 0, , , , many = 8] = modbusRequest
    const bits = [0x01, 0x00].slice(0, Math.ceil(many / 8))
    const head = [high, low, 0, 0, 0, bits.length + 3, unit, 2, bits.length]
    const inputs = Uint8Array.from([...head, ...bits])
    feed({ type: 'bytes', bytes: code === 2 ? inputs : modbusRequest })
  }
  feed({ type: 'linkUp' })
  for (const command of [{ do: 'open', passId: 'P1' }, { do: 'close' }, { do: 'stop' }])
    for (let turn = 0; turn < 60; turn++) {
      if (turn === 0) feed({ type: 'command', command })
      feed({ type: 'timer', name: 'poll' })
    }
}

function runMeter(profile: Profile): void {
  const link = { bytesIn: 0, bytesOut: 0, send: () => undefined, close: () => undefined }
  const mono = new HandClock()
  const business = { nowMs: () => 0 }
  const scene = { opener: { open: () => link }, mono, business, settings: {} }
  fieldMeter(profile, 'tcp://127.0.0.1:1', scene as unknown as Parameters<typeof fieldMeter>[2])
}

export function runReaders(reads: Reads): void {
  readAntenna(reads)
  readOthers(reads)
}

const ids: readonly RsuVariantId[] = ['generic-bcc', 'generic-ver', 'generic-len']

/** Layout differences that no shipped profile has. */
const layouts: Partial<VariantOverride> = {
  station: { bytes: 36 },
  manufacturerBytes: 2,
  withoutFrames: ['C7'],
}

/** Charges cars in both directions, one with a lost result, and encodes every frame. */
export function runTables(reads: Reads, at: readonly string[]): void {
  for (const id of ids) {
    const sources = ['judgement of this product']
    const plain = { id: 'acme-one/1.0', extends: id, evidence: 'assumed' as const, sources }
    const override = id === 'generic-bcc' ? reads.of({ ...plain, ...layouts }, at) : plain
    const laneMode = id === 'generic-ver' ? 'entry' : 'exit'
    const site = new Site(id)
    site.state = startRsuDriver({ ...rsuDriverDefaults, variant: id, override: plain, laneMode })
    site.start().run(3_000)
    const { table } = rsuVariant(id, false, override)
    const engine = makeFrameEngine(table)
    for (const { code, forms } of table.frames)
      for (const { name, example } of forms) engine.encode(code, example.value, name)
  }
  const site = new Site(regional)
  const { config } = rsuModelOf(regional)
  // A copy, so that its table is built again while reads are recorded.
  const override = structuredClone(config.override)
  site.state = startRsuDriver({ ...rsuDriverDefaults, ...config, override, laneMode: 'exit' })
  site.start().run(6_000)
  // Fetches the proof of the last debit once more; this device answers with its result.
  site.feed({ type: 'command', command: { do: 'fetchProof', obuId, cardSerial: 17 } })
  site.run(2_000)
}
