// Frames of ours from what the driver knows: the first form of a frame all of whose fields are known.
// So a dialect that wants fewer or other fields is another table and no other code.
import type { DeviceSettings } from '../../core/configure/setting.ts'
import { bytesOfHex } from '../../core/values/bytes.ts'
import type { FrameEngine } from './frame-engine.ts'
import type { FieldTable, FieldValue, FrameForm, FrameValue, VariantTable } from './table-types.ts'

/** What is known, or what is known for one form where forms want the same thing differently. */
export type Known = FrameValue | ((form: FrameForm) => FrameValue)

const isCounted = (form: FrameForm, name: string): boolean =>
  form.fields.some((field) => field.type === 'repeat' && field.count === name)

/** What the settings put into that frame: each its own field, as its number on the link. */
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

/** What a form takes of what is known; null when it wants something else. */
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

/** Null when no form of the frame can be made. */
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
/** Bytes of a record by whether it has the 3-byte head (rsu-interface.md 4.3). */
const withHead = [39, wholeBytes]
const headless = [36, 40]

/**
 * A station record as one field wants it: 43 bytes as a file with its head, or hex of 36 to 43 bytes.
 * `exact`: only when nothing must be cut off or filled up. Undefined when it cannot be.
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
  // Devices that take a short record leave the last bytes of the file as they are.
  return exact ? undefined : wanted.slice(0, 2 * field.len).padEnd(2 * field.len, '0')
}
