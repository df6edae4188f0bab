// HTTP requests and response heads as readable bytes, for consoles and captures. They are rewritten: an authentication
// is only marked as present, and only headers used by drivers are kept. Bodies are unchanged.
import type { DeviceRequest, HttpHeaders } from './session.ts'

/** Without the account name and without any answer to a challenge. */
export function requestBytes(
  { method, path, body = '' }: DeviceRequest,
  isProven: boolean,
): Uint8Array {
  const proof = isProven ? 'Authorization: Digest\r\n' : ''
  return new TextEncoder().encode(`${method} ${path} HTTP/1.1\r\n${proof}\r\n${body}`)
}

/** Response headers that a driver uses; cookies and others are left out. */
const namesRead = ['content-type', 'www-authenticate'] as const

/** A nonce is part of an authentication, so it is masked. */
const bare = (value: string): string =>
  value.replaceAll(/\b(nonce|opaque)\s*=\s*(?:"[^"]+"|[^\s,"]+)/gi, '$1="0"')

export function headBytes(status: number, headers: HttpHeaders): Uint8Array {
  const lines = namesRead.flatMap((name) => {
    const value = headers[name]
    return value === undefined ? [] : [`${name}: ${bare(value)}\r\n`]
  })
  return new TextEncoder().encode(`HTTP/1.1 ${status}\r\n${lines.join('')}\r\n`)
}

export interface AnswerHead {
  readonly status: number
  readonly headers: HttpHeaders
}

/** Null: not a response head. */
export function headOf(bytes: Uint8Array): AnswerHead | null {
  const [first = '', ...lines] = new TextDecoder().decode(bytes).split('\r\n')
  const status = /^HTTP\/1\.1 (\d{3})$/.exec(first)?.[1]
  if (status === undefined) return null
  const headers = lines.flatMap((line) => {
    const cut = line.indexOf(': ')
    return cut < 0 ? [] : [[line.slice(0, cut), line.slice(cut + 2)] as const]
  })
  return { status: Number(status), headers: Object.fromEntries(headers) }
}
