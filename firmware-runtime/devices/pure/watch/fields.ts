// Members of a JSON message from an untrusted sender: a value that is not a valid number is treated as absent. Shared
// by the codecs of space watchers.

export type Fields = Readonly<Record<string, unknown>>

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A report has some hundred bytes; the network server adds data of its gateways. */
const messageBytesMax = 65_536

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The JSON object of a message; null: not JSON, not UTF-8, or not an object. */
export function fieldsOf(bytes: Uint8Array): Fields | null {
  if (bytes.length === 0 || bytes.length > messageBytesMax) return null
  try {
    const value: unknown = JSON.parse(utf8.decode(bytes))
    return isFields(value) ? value : null
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return null
    throw error
  }
}

export function child(parent: Fields, name: string): Fields | null {
  const value = Object.hasOwn(parent, name) ? parent[name] : null
  return isFields(value) ? value : null
}

export function numberOf(parent: Fields, name: string, min: number, max: number): number | null {
  const value = Object.hasOwn(parent, name) ? parent[name] : null
  const fits = typeof value === 'number' && Number.isFinite(value) && value >= min && value <= max
  return fits ? value : null
}

export function countOf(parent: Fields, name: string): number | null {
  const value = numberOf(parent, name, 0, Number.MAX_SAFE_INTEGER)
  return value !== null && Number.isInteger(value) ? value : null
}

const idShape = /^[A-Za-z0-9._-]{1,64}$/

export const isDeviceId = (text: string): boolean => idShape.test(text)

export function idOf(parent: Fields, name: string): string | null {
  const value = Object.hasOwn(parent, name) ? parent[name] : null
  return typeof value === 'string' && idShape.test(value) ? value : null
}
