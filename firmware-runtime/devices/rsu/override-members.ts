// The members of an override one by one: known names, values that a device can have, references that
// exist. What the whole table then says is judged by table-check.ts and override-meaning.ts.
import { plateColours } from '../../core/values/plate.ts'
import {
  isRecord,
  listOf,
  mapOf,
  none,
  object,
  oneOf,
  orNull,
  problem,
  text,
  whole,
} from './override-checks.ts'
import type { Check } from './override-checks.ts'
import { b5Fields } from './override-layouts.ts'
import { fileShape, frameShape } from './override-shapes.ts'
import type { VariantTable } from './table-types.ts'
import type { OverrideProblem, VariantOverride } from './variant-override.ts'

const flag = oneOf(true, false)
const codeKey = /^([0-9A-F]{2})+$/
const byteKey = /^(\d|[1-9]\d|1\d\d|2[0-4]\d|25[0-5])$/
const moneyWord = oneOf('paid', 'unpaid', 'unknown')
const moneyTable = object({
  codes: mapOf(codeKey, moneyWord),
  entryLane: mapOf(codeKey, moneyWord),
  // Any other word would make a guess about money that nobody has written down.
  otherwise: oneOf('unknown'),
})

/** 39 and 43 bytes are those with the head (rsu-interface.md 4.3). */
const station = object({ bytes: oneOf(36, 39, 40, 43) })

const b5Order: Check = (value, at, base) => {
  const shape = listOf(text(/^\w+$/), 1)(value, at, base)
  if (shape.length > 0 || !Array.isArray(value)) return shape
  const names: readonly unknown[] = value
  const known = b5Fields(base)
  const strangers = names.flatMap((name, i) =>
    known.has(String(name))
      ? none
      : problem(`${at}/${i}`, `no B5 of ${base.id} has ${String(name)}`),
  )
  // Without these a result could be told but not proven.
  const missing = ['obuId', 'error', 'balanceAfter', 'tac', 'cardSerial', 'psamSerial'].filter(
    (name) => !names.includes(name),
  )
  return [...strangers, ...missing.flatMap((name) => problem(at, `leaves out ${name}`))]
}

/** The same frame twice would leave open which of the two is meant. */
const frames: Check = (value, at, base) => {
  const shape = listOf(frameShape)(value, at, base)
  if (shape.length > 0 || !Array.isArray(value)) return shape
  const codes = value.map((one: { readonly code: string }) => one.code)
  return codes.flatMap((code, i) =>
    codes.indexOf(code) === i ? none : problem(`${at}/${i}/code`, `${code} is there twice`),
  )
}

const knownFrame: Check = (value, at, base) =>
  base.frames.some(({ code }) => code === value) ? none : problem(at, `${base.id} has none`)

const enums: Check = (value, at, base) => {
  const shape = mapOf(/^\w+$/, mapOf(codeKey, text(/^[\w-]+$/)))(value, at, base)
  if (shape.length > 0 || !isRecord(value)) return shape
  return Object.keys(value).flatMap((name) =>
    Object.keys(value[name] ?? {}).length > 0 ? none : problem(`${at}/${name}`, 'is empty'),
  )
}

const ms = whole(1, 3_600_000)
const settingNumber = whole(-0x8000_0000, 0xffff_ffff)
const laneMode = whole(0, 255)

const checks: { readonly [K in keyof Required<VariantOverride>]: Check } = {
  id: text(/^[a-z0-9]+(-[a-z0-9]+)+\/\d+\.\d+$/),
  extends: (value, at, base) => oneOf(base.id)(value, at, base),
  evidence: oneOf('captured', 'document', 'assumed'),
  sources: listOf(text(/\S.{8,}/), 1),
  antennaSwitch: oneOf('4C', 'C4'),
  settings: listOf(
    object({
      id: text(/^[a-z][A-Za-z0-9]*$/),
      frame: text(/^[0-9A-F]{2}$/),
      field: text(/^[a-z][A-Za-z0-9]*$/),
      add: settingNumber,
      min: settingNumber,
      max: settingNumber,
      usual: settingNumber,
    }),
  ),
  heartbeat: object(
    {
      forms: listOf(oneOf('error80', 'onesId', 'b1', 'b2Status'), 1),
      reply: oneOf('none', 'empty', 'cf00'),
    },
    true,
  ),
  station,
  timeBase: oneOf('utc', 'chinaTime'),
  psam: orNull(
    object({
      start: oneOf('CA', 'CD'),
      data: oneOf('BA', 'BD'),
      apply: oneOf('CB', 'CF'),
      result: oneOf('BB', 'BF'),
      atStart: flag,
    }),
  ),
  b5Order,
  manufacturerBytes: oneOf(1, 2),
  // No source or brief names a step above 33 (section 9 row 20).
  powerStepMax: whole(1, 33),
  plateColours: mapOf(byteKey, oneOf(...plateColours)),
  afterResult: oneOf('C1', 'nothing'),
  statusAtPowerUp: flag,
  proofAnswer: oneOf('B8', 'B5'),
  searchStarts: oneOf('switch', 'switchFromOff'),
  laneModes: object({ entry: laneMode, exit: laneMode }),
  enums,
  moneyState: object({ b5Error: moneyTable, b8Error: moneyTable }, true),
  b4Readable: listOf(text(/^[0-9A-F]{2}$/)),
  impliedTransType: orNull(text(/^[0-9A-F]{2}$/)),
  timing: object(
    {
      heartbeatLossMs: ms,
      interByteSerialMs: ms,
      interByteTcpMs: ms,
      rereadSilenceMs: whole(0, 3_600_000),
      resultTimeMs: whole(0, 3_600_000),
    },
    true,
  ),
  capabilities: object({ proofFetch: flag, vehicleFrame: flag, emptyAck: flag }, true),
  frames,
  withoutFrames: listOf(knownFrame),
  files: listOf(fileShape),
}

const needed = ['id', 'extends', 'evidence', 'sources'] as const

export function memberProblems(
  base: VariantTable,
  override: VariantOverride,
): readonly OverrideProblem[] {
  const given: unknown = override
  if (!isRecord(given)) return problem('', 'must be an object')
  const unknown = Object.keys(given).filter((name) => !Object.hasOwn(checks, name))
  const missing = needed.filter((name) => given[name] === undefined)
  const money = (['b5Error', 'b8Error'] as const).filter(
    (name) => override.enums?.[name] !== undefined && override.moneyState?.[name] === undefined,
  )
  return [
    ...unknown.flatMap((name) => problem(`/${name}`, 'is not known')),
    ...missing.flatMap((name) => problem(`/${name}`, 'is missing')),
    ...Object.entries(checks).flatMap(([name, check]) =>
      given[name] === undefined ? none : check(given[name], `/${name}`, base),
    ),
    // The same number means opposite things in two dialects (section 9 row 28).
    ...money.flatMap((name) =>
      problem(`/moneyState/${name}`, `is missing: enums/${name} has new words`),
    ),
  ]
}
