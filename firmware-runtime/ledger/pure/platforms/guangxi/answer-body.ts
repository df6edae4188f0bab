// Reads the JSON body of an answer (P6) without trusting it: bytes in, known members out.
// Unknown members and their order do not matter (B.1); a wrong type counts as absent. An object with a member twice says two
// things and is not read.
import { bytesOfBase64 } from '#base/pure/data/base64.ts'
import { hasMemberTwice } from '#base/pure/data/json.ts'
import { parseIso, type InstantMs } from '#base/pure/values/instant.ts'

export interface AnswerBody {
  readonly code: string | null
  readonly respCode: string | null
  /** The HTTP status as the body repeats it (9.3.3.5). */
  readonly httpStatus: number | null
  readonly message: string
  readonly atMs: InstantMs | null
  readonly data: AnswerMembers
  readonly detail: AnswerMembers
}

/** The symbol stands for an error that has no number; null where neither is there. */
export const codeOf = ({ code, respCode }: Pick<AnswerBody, 'code' | 'respCode'>): string | null =>
  respCode ?? (code === 'SUCCESS' ? null : code)

/** Typed access to one object of the answer. */
export interface AnswerMembers {
  text(name: string): string | null
  integer(name: string): number | null
  flag(name: string): boolean | null
  time(name: string): InstantMs | null
  has(name: string): boolean
  /** Bytes of a Base64 member of any length. */
  bytes(name: string): Uint8Array | null
  /** Null where it is no list of objects. */
  list(name: string): readonly AnswerMembers[] | null
  /** Null where it is no object. */
  inside(name: string): AnswerMembers | null
  readonly names: readonly string[]
  /** JSON of a member for an error message. */
  shown(name: string): string
  /** Null where it is no list of texts. */
  texts(name: string): readonly string[] | null
}

function members(value: unknown): AnswerMembers {
  const object: ReadonlyMap<string, unknown> = new Map(
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.entries(value)
      : [],
  )
  const text = (name: string): string | null => {
    const found = object.get(name)
    return typeof found === 'string' && found.length <= 4096 ? found : null
  }
  return {
    text,
    integer(name) {
      const found = object.get(name)
      return typeof found === 'number' && Number.isSafeInteger(found) ? found : null
    },
    flag(name) {
      const found = object.get(name)
      return typeof found === 'boolean' ? found : null
    },
    time(name) {
      const found = text(name)
      return found === null ? null : parseIso(found)
    },
    bytes(name) {
      const found = object.get(name)
      return typeof found === 'string' ? bytesOfBase64(found) : null
    },
    has: (name) => object.has(name),
    list(name) {
      const found = object.get(name)
      return Array.isArray(found) ? found.map(members) : null
    },
    inside(name) {
      const found = object.get(name)
      return typeof found === 'object' && found !== null && !Array.isArray(found)
        ? members(found)
        : null
    },
    names: [...object.keys()],
    shown: (name) => (object.has(name) ? JSON.stringify(object.get(name)) : ''),
    texts(name) {
      const found = object.get(name)
      if (!Array.isArray(found)) return null
      const texts = found.filter((one): one is string => typeof one === 'string')
      return texts.length === found.length ? texts : null
    },
  }
}

export const noMembers = members(null)

function objectIn(bytes: Uint8Array): object | null {
  let value: unknown
  let text = ''
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    value = JSON.parse(text)
  } catch (reason) {
    if (reason instanceof SyntaxError || reason instanceof TypeError) return null
    throw reason
  }
  if (typeof value !== 'object' || Array.isArray(value) || hasMemberTwice(text)) return null
  return value
}

/** The members of a file; null when the bytes are not UTF-8 or not a JSON object, or name a member twice. */
export function readMembers(bytes: Uint8Array): AnswerMembers | null {
  const value = objectIn(bytes)
  return value === null ? null : members(value)
}

/** Words of `code` for what was done; errors have a word of their own (P6). */
const doneWords: readonly string[] = ['SUCCESS', 'ACCEPTED']

/** What the parts of an answer say against each other; null: nothing. An answer that contradicts itself proves nothing. */
export function contradictionIn(
  { code, respCode, httpStatus }: Pick<AnswerBody, 'code' | 'respCode' | 'httpStatus'>,
  status: number,
): readonly [string, string] | null {
  const isDone = respCode === null ? code === 'SUCCESS' : respCode.startsWith('1')
  if (code !== null && respCode !== null && doneWords.includes(code.toUpperCase()) !== isDone)
    return [code, respCode]
  const isSuccess = (one: number): boolean => one >= 200 && one < 300
  return httpStatus === null || isSuccess(httpStatus) === isSuccess(status)
    ? null
    : [`HTTP ${status}`, String(httpStatus)]
}

/** Null when the bytes are not UTF-8 or not a JSON object, or name a member twice. */
export function readAnswerBody(bytes: Uint8Array): AnswerBody | null {
  const value = objectIn(bytes)
  if (value === null) return null
  const top = members(value)
  const inner: { readonly data?: unknown; readonly detail?: unknown } = value
  return {
    code: top.text('code'),
    respCode: top.text('respCode'),
    httpStatus: top.integer('status'),
    message: top.text('message') ?? '',
    atMs: top.time('timestamp'),
    data: members(inner.data),
    detail: members(inner.detail),
  }
}
