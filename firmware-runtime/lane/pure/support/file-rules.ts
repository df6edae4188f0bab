// Lot file and prices as they may leave the lot, by the register that declares their members: amounts, flags and choices
// stay, links lose their accounts, and every text that a person typed is left out. What the register lacks is left out too.
import type { Member, Members } from '#base/pure/lot/member.ts'
import { isObject } from '#base/pure/data/json.ts'
import type { Redactor } from './redactor.ts'
import { linkText } from './rules.ts'

/** Texts without a person in them: numbers of lot and computer, region, days and times. */
const plainNames: ReadonlySet<string> = new Set(['lotId', 'provinceCode', 'nodeId'])
const timeShape = /^(?:\d{4}-\d{2}-\d{2}(?:T[\d:.+-]{4,20}Z?)?|\d{2}:\d{2})$/
const idShape = /^[a-z0-9][a-z0-9.-]{0,31}$/
const addressShape = /^[\d.]{7,15}$/

interface Told {
  readonly redactor: Redactor
  /** Names of a tariff are read by every driver; those of a lot may name anybody. */
  readonly isPublic: boolean
}

function textOf(row: Member, name: string, value: string, { redactor, isPublic }: Told): string {
  switch (row.kind) {
    case 'choice':
    case 'named':
      return (Array.isArray(row.of) ? row.of : Object.keys(row.of)).includes(value)
        ? value
        : redactor.gone()
    case 'id':
    case 'lane':
    case 'layout':
      return idShape.test(value) ? value : redactor.gone()
    case 'ipv4':
      return addressShape.test(value) ? value : redactor.gone()
    case 'link':
    case 'url':
      return linkText(value, redactor)
    case 'text':
      if (isPublic) return redactor.swept(value)
      return timeShape.test(value) || (plainNames.has(name) && row.shape?.test(value) === true)
        ? value
        : redactor.gone()
    default:
      return redactor.gone()
  }
}

const numbers: ReadonlySet<Member['kind']> = new Set(['whole', 'fen', 'mm', 'deg', 'only'])

function valueOf(row: Member, name: string, value: unknown, told: Told): unknown {
  if (value === null) return null
  if (typeof value === 'boolean') return row.kind === 'flag' ? value : told.redactor.gone()
  if (typeof value === 'number') return numbers.has(row.kind) ? value : told.redactor.gone()
  if (row.kind === 'list')
    return Array.isArray(value)
      ? value.map((one: unknown) => valueOf(row.of, name, one, told))
      : told.redactor.gone()
  if (row.kind === 'group')
    return typeof value === 'string' && Object.hasOwn(row.or ?? {}, value)
      ? value
      : redactedFile(row.members, value, told)
  if (row.kind === 'kinds') return ofKind(row, value, told)
  if (row.kind === 'byName')
    return isObject(value)
      ? Object.values(value).map((one) => valueOf(row.of, name, one, told))
      : told.redactor.gone()
  return typeof value === 'string' ? textOf(row, name, value, told) : told.redactor.gone()
}

function ofKind(row: Extract<Member, { kind: 'kinds' }>, value: unknown, told: Told): unknown {
  const kind = isObject(value) ? value[row.by] : null
  const members = typeof kind === 'string' ? row.of[kind] : undefined
  if (members === undefined) return told.redactor.gone()
  return { [row.by]: kind, ...redactedFile(members, value, told) }
}

/** The members that the register knows, each by its kind. */
export function redactedFile(
  members: Members,
  value: unknown,
  told: Told,
): Readonly<Record<string, unknown>> {
  if (!isObject(value)) return {}
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, one]) => {
      const row = Object.hasOwn(members, name) ? members[name] : undefined
      return row === undefined || one === undefined ? [] : [[name, valueOf(row, name, one, told)]]
    }),
  )
}
