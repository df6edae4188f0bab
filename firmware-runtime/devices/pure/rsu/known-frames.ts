// Builds a frame from the values that the driver knows: the first form of the frame whose fields are all known. So a
// dialect with fewer or other fields needs another table and no other code.
import type { DeviceSettings } from '../configure/setting.ts'
import { bytesOfHex } from '#base/pure/data/bytes.ts'
import type { FrameEngine } from './frame-engine.ts'
import type { FieldTable, FieldValue, FrameForm, FrameValue, VariantTable } from './table-types.ts'

/** Known values, or known values for a form, when forms need the same value in different ways. */
export type Known = FrameValue | ((form: FrameForm) => FrameValue)

const isCounted = (form: FrameForm, name: string): boolean =>
  form.fields.some((field) => field.type === 'repeat' && field.count === name)

/** The settings carried by that frame: each in its own field, as its number on the link. */
export const settingsIn = (
  { settings }: Pick<VariantTable, 'settings'>,
  values: DeviceSettings,
  code: string,
): FrameValue =>
  Object.fromEntries(
    settings
      .filter(({ frame }) => frame === code)
      .map(({ id, field, add, usual }) => [field, (values[id] ?? usual) + add]),
  )

/** The values of a form's fields; null: a field is not known. */
function pickKnown(form: FrameForm, known: Known): FrameValue | null {
  const all = typeof known === 'function' ? known(form) : known
  const value: Record<string, FieldValue> = {}
  for (const field of form.fields) {
    const given = all[field.name]
    if (given !== undefined) value[field.name] = given
    else if (field.reserved !== true && !isCounted(form, field.name)) return null
  }
  return value
}

interface KnownFrame {
  readonly data: Uint8Array
  readonly value: FrameValue
}

/** Null when no form of the frame can be built. */
export function encodeKnown(engine: FrameEngine, code: string, known: Known): KnownFrame | null {
  for (const form of engine.variant.frames.find((f) => f.code === code)?.forms ?? []) {
    const value = pickKnown(form, known)
    const encoded = value === null ? null : engine.encode(code, value, form.name)
    if (value !== null && encoded?.ok === true) return { data: encoded.data, value }
  }
  return null
}

const headHex = 'AA2900'
const wholeBytes = 43
/** Sizes of a record with and without its 3-byte head (rsu-interface.md 4.3). */
const withHead = [39, wholeBytes]
const headless = [36, 40]

/**
 * A station record in the form of one field: 43 bytes as a file with its head, or hex of 36 to 43 bytes. `exact`: only
 * when nothing has to be cut or padded. Undefined: impossible.
 */
export function stationFor(
  engine: FrameEngine,
  field: FieldTable,
  hex: string,
  exact: boolean,
): FieldValue | undefined {
  const bytes = hex.length / 2
  if (!withHead.includes(bytes) && !headless.includes(bytes)) return undefined
  const body = withHead.includes(bytes) ? hex.slice(headHex.length) : hex
  if (field.type === 'file') {
    const whole = bytesOfHex((headHex + body).padEnd(2 * wholeBytes, '0'))
    return whole === null ? undefined : engine.decodeFile(field.table ?? '', whole)
  }
  if (typeof field.len !== 'number') return undefined
  const wanted = withHead.includes(field.len) ? headHex + body : body
  if (wanted.length === 2 * field.len) return wanted
  // Devices that accept a short record leave the last bytes of the file unchanged.
  return exact ? undefined : wanted.slice(0, 2 * field.len).padEnd(2 * field.len, '0')
}
