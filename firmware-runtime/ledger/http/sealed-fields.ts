// Seals the sensitive members of a frozen body (P8), anew for each attempt; the result is signed and sent.
// The dialect lists the members; a request without them stays as it is, byte for byte.
import { isObject, parsed } from '#base/pure/data/json.ts'
import type { Dialect, PlatformRequest, SensitiveMember } from '../ports/dialect.ts'
import type { FieldSeal, FieldSealer } from '#base/ports/field-sealer.ts'

interface SealedBody {
  readonly bodyText: string
  /** Serial of the certificate that members were sealed to; null when no member was sealed. */
  readonly serial: string | null
}

type Asked = Pick<PlatformRequest, 'method' | 'path' | 'bodyText'>

/** Personal data is always sealed; vehicle ids when the province or the lot says so. */
const isDue = ({ of }: SensitiveMember, fields: FieldSealer | undefined): boolean =>
  of !== 'vehicle' || fields?.vehicleIds === true

function isOf({ method, path }: SensitiveMember, asked: Asked): boolean {
  const bare = asked.path.split('?', 1)[0] ?? ''
  return path === null || (method === asked.method && bare === path)
}

/** Seals texts, also inside lists; an empty text means absent and stays. */
function sealedValue(value: unknown, seal: FieldSeal): unknown {
  if (Array.isArray(value)) return value.map((one) => sealedValue(one, seal))
  return typeof value === 'string' && value !== '' ? seal.text(value) : value
}

/** Null when a member needs a platform certificate and none is in force. */
export function sealedBody(
  { sensitive }: Pick<Dialect, 'sensitive'>,
  asked: Asked,
  fields: FieldSealer | undefined,
): SealedBody | null {
  const clear = { bodyText: asked.bodyText, serial: null }
  const rows = sensitive.members.filter((row) => isOf(row, asked) && isDue(row, fields))
  const body = rows.length === 0 || asked.bodyText === '' ? null : parsed(asked.bodyText)
  if (!isObject(body)) return clear
  const names = new Set(rows.map(({ member }) => member).filter((name) => body[name] !== undefined))
  if (names.size === 0) return clear
  const seal = fields?.seal() ?? null
  if (seal === null) return null
  const members = Object.entries(body).map(([name, value]) => [
    name,
    names.has(name) ? sealedValue(value, seal) : value,
  ])
  return { bodyText: JSON.stringify(Object.fromEntries(members)), serial: seal.serial }
}
