// The shape of whole frames and files in an override, so that the checks of the whole table can lean on
// it: a text where a list should be is said here, an overlap there (table-check.ts).
import {
  isRecord,
  listOf,
  mapOf,
  none,
  object,
  oneOf,
  problem,
  text,
  whole,
} from './override-checks.ts'
import type { Check } from './override-checks.ts'

const types = [
  ...['uint', 'hex', 'bytes', 'bcdDate', 'bcdDateTime', 'unix32', 'fen', 'gbkText'],
  ...['enum', 'bits', 'repeat', 'file'],
]
const name = text(/^\w+$/)
const anyOf =
  (first: Check, second: Check): Check =>
  (value, at, base) =>
    second(value, at, base).length === 0 ? none : first(value, at, base)

const anyValue: Check = () => none

/** Members that must be there, and members that may be. */
const shape =
  (needed: Readonly<Record<string, Check>>, optional: Readonly<Record<string, Check>>): Check =>
  (value, at, base) => {
    if (!isRecord(value)) return problem(at, 'must be an object')
    const missing = Object.keys(needed).filter((member) => value[member] === undefined)
    return [
      ...missing.flatMap((member) => problem(`${at}/${member}`, 'is missing')),
      ...object({ ...needed, ...optional }, true)(value, at, base),
    ]
  }

const field: Check = (value, at, base) =>
  shape(
    {
      name,
      off: anyOf(whole(0, 2048), oneOf('+')),
      len: anyOf(whole(1, 1024), oneOf('fill')),
      type: oneOf(...types),
    },
    {
      reserved: oneOf(true),
      unit: text(/^[A-Za-z%°µ/]{1,12}$/),
      nullWhen: text(/^([0-9A-F]{2})+$/),
      enum: name,
      bits: listOf(name, 1),
      table: text(/^[\w-]+$/),
      count: name,
      each: listOf(field, 1),
    },
  )(value, at, base)

const example = shape({ hex: text(/^[0-9A-Fa-f\s]*$/), value: mapOf(/^\w+$/, anyValue) }, {})

const countedLength = shape(
  {
    base: whole(0, 1024),
    per: mapOf(/^\w+$/, whole(1, 1024)),
    derive: shape({ assume: mapOf(/^\w+$/, whole(0, 255)), solve: name }, {}),
  },
  {},
)

const form = shape(
  {
    name,
    length: anyOf(anyOf(whole(1, 1030), oneOf('any')), countedLength),
    fields: listOf(field),
    example,
  },
  {},
)

export const frameShape = shape(
  {
    code: text(/^[0-9A-F]{2}$/),
    name,
    from: oneOf('rsu', 'pc'),
    onLonger: oneOf('rest', 'reject'),
    forms: listOf(form, 1),
  },
  {},
)

export const fileShape = shape(
  { name: text(/^[\w-]+$/), length: whole(1, 1024), fields: listOf(field, 1), example },
  {},
)
