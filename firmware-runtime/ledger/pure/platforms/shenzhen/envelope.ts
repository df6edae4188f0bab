// The envelope of P27: members sorted by name, joined as name=value, the data as the exact text that is sent.
// The seed names HMAC-SHA256 alone; layout and members are assumed (platform-access.md A.7, fixture in A.8).
import { hasMemberTwice } from '#base/pure/data/json.ts'
import type { ReadEnvelope, Unsigned } from '../../../ports/reservation.ts'

const timestampShape = /^\d{13}$/
const nonceShape = /^[0-9a-zA-Z]{32}$/
const signShape = /^[0-9a-f]{64}$/

export const signedText = ({ appId, parkCode, timestampMs, nonce, data }: Unsigned): string =>
  `appId=${appId}&data=${data}&nonce=${nonce}&parkCode=${parkCode}&timestamp=${timestampMs}`

export function envelope(message: Unsigned, sign: string): string {
  const { appId, parkCode, timestampMs, nonce, data } = message
  const [app, park, once] = [appId, parkCode, nonce].map((text) => JSON.stringify(text))
  const head = `{"appId":${app},"parkCode":${park},"timestamp":${timestampMs},"nonce":${once}`
  return `${head},"data":${data},"sign":"${sign}"}`
}

/** Raw text of the members of an object, by name; null for text that is not an object or repeats a name. */
function writtenMembers(text: string): Map<string, string> | null {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
    // Also inside of its data: two values of one member are no command.
    if (hasMemberTwice(text)) return null
  } catch {
    return null
  }
  const members = new Map<string, string>()
  const inner = text.trim().slice(1, -1)
  for (const part of cutAt(inner, ',')) {
    const [name = '', ...rest] = cutAt(part, ':')
    if (rest.length === 0) return part.trim() === '' && members.size === 0 ? members : null
    const key: unknown = JSON.parse(name)
    if (typeof key !== 'string' || members.has(key)) return null
    members.set(key, rest.join(':').trim())
  }
  return members
}

/** Cut at a sign that stands outside of texts and of what they are in. */
function cutAt(text: string, sign: ',' | ':'): string[] {
  const parts: string[] = []
  let [from, depth, inText] = [0, 0, false]
  for (let i = 0; i < text.length; i++) {
    const char = text[i]
    if (inText) {
      if (char === '\\') i++
      else if (char === '"') inText = false
    } else if (char === '"') inText = true
    else if (char === '{' || char === '[') depth++
    else if (char === '}' || char === ']') depth--
    else if (char === sign && depth === 0) {
      parts.push(text.slice(from, i))
      from = i + 1
    }
  }
  return [...parts, text.slice(from)]
}

/** A text as it means, anything else as it is written. */
function meant(written: string): string {
  const value: unknown = JSON.parse(written)
  return typeof value === 'string' ? value : written
}

export function read(text: string): ReadEnvelope | null {
  const members = writtenMembers(text)
  if (members === null) return null
  const names = [...members.keys()].filter((name) => name !== 'sign').sort()
  if (names.join() !== 'appId,data,nonce,parkCode,timestamp') return null
  const of = (name: string): string => meant(members.get(name) ?? '""')
  const data = members.get('data') ?? ''
  const [timestamp, nonce, sign] = [of('timestamp'), of('nonce'), of('sign')]
  if (!timestampShape.test(timestamp) || !nonceShape.test(nonce) || !signShape.test(sign))
    return null
  if (!data.startsWith('{')) return null
  const value = (name: string): string => (name === 'data' ? data : of(name))
  return {
    appId: of('appId'),
    parkCode: of('parkCode'),
    timestampMs: Number(timestamp),
    nonce,
    data,
    sign,
    signed: names.map((name) => `${name}=${value(name)}`).join('&'),
  }
}
