// Reads JSON files written by people: lot files, tariffs, profiles. JSON.parse is too lenient for them: it keeps the
// last of two equal keys, rounds large integers, and nests without limit (P09 to P12).
import { t } from '../pure/words/fault-text.ts'
import { LaneFault, type Why, whyIn } from '../pure/faults/faults.ts'
import { jsonPointer, type Json } from '../pure/data/json.ts'

/** Deepest nesting of arrays and objects. A lot file needs eight. */
const jsonDepthMax = 32
/** Largest file. A lot file of 64 lanes is under 100 kB. */
export const jsonBytesMax = 1_048_576
/** Decimal digits that a double always preserves. */
const digitsMax = 15
const shownCharsMax = 80

const poisonKeys = new Set(['__proto__', 'constructor', 'prototype'])
const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
}

/** The value in a file. Throws LaneFault FILE-02 with file, JSON pointer and the offending text. */
export function readStrictJson(source: Uint8Array | string, file: string): Json {
  const text = typeof source === 'string' ? source : decodeUtf8(source, file)
  if (text.length > jsonBytesMax) {
    throw new LaneFault('FILE-02', {
      file,
      value: `${text.length}`,
      note: t('文件太大', 'the file is too large'),
    })
  }
  return new Reader(text, file).read()
}

/** The text of a UTF-8 file; throws FILE-02 for any other encoding, which would give unreadable names. */
export function decodeUtf8(bytes: Uint8Array, file: string): string {
  const refuse = (value: string, note: Why): LaneFault =>
    new LaneFault('FILE-02', { file, field: '', value, note })
  if (bytes.length > jsonBytesMax)
    throw refuse(`${bytes.length} bytes`, t('文件太大', 'the file is too large'))
  const [a, b, c] = bytes
  const wide = (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)
  if (wide) throw refuse('UTF-16', t('请把文件存为 UTF-8', 'save the file as UTF-8'))
  if (a === 0xef && b === 0xbb && c === 0xbf)
    throw refuse('BOM', t('请存为 UTF-8,不带 BOM', 'save the file as UTF-8 without a BOM'))
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  try {
    return decoder.decode(bytes)
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause
    throw refuse('not UTF-8', t('请把文件存为 UTF-8,不要用 GBK', 'save the file as UTF-8, not GBK'))
  }
}

/** Recursive descent; the depth cap bounds the recursion. */
class Reader {
  readonly #text: string
  readonly #file: string
  readonly #path: (string | number)[] = []
  #at = 0

  constructor(text: string, file: string) {
    this.#text = text
    this.#file = file
  }

  read(): Json {
    if (this.#text.startsWith('\ufeff'))
      this.#refuse('BOM', t('请存为 UTF-8,不带 BOM', 'save the file as UTF-8 without a BOM'))
    this.#skipBlanks()
    if (this.#at === this.#text.length) this.#refuse('', t('文件是空的', 'the file is empty'))
    const value = this.#value(0)
    this.#skipBlanks()
    if (this.#at < this.#text.length)
      this.#refuse(this.#shown(this.#at), t('结尾之后还有内容', 'there is text after the end'))
    return value
  }

  #value(depth: number): Json {
    if (depth > jsonDepthMax)
      this.#refuse(
        `${depth} levels`,
        t(`超过 ${jsonDepthMax} 层`, `deeper than ${jsonDepthMax} levels`),
      )
    const c = this.#text[this.#at]
    if (c === '{') return this.#object(depth)
    if (c === '[') return this.#array(depth)
    if (c === '"') return this.#string()
    for (const [word, value] of [
      ['true', true],
      ['false', false],
      ['null', null],
    ] as const) {
      if (this.#text.startsWith(word, this.#at)) {
        this.#at += word.length
        return value
      }
    }
    return this.#number()
  }

  #object(depth: number): Json {
    const out: Record<string, Json> = {}
    this.#at++
    if (this.#taken('}')) return out
    do {
      this.#skipBlanks()
      if (this.#text[this.#at] !== '"')
        this.#refuse(this.#shown(this.#at), t('这里应有成员名', 'a member name is expected here'))
      const keyAt = this.#at
      const key = this.#string()
      this.#path.push(key)
      if (poisonKeys.has(key))
        this.#refuse(key, t('不能用这个成员名', 'this member name is not allowed'), keyAt)
      if (Object.hasOwn(out, key))
        this.#refuse(key, t('这个成员出现两次', 'the member appears here twice'), keyAt)
      if (!this.#taken(':')) this.#refuse(this.#shown(this.#at), t('缺少 ":"', '":" is missing'))
      this.#skipBlanks()
      out[key] = this.#value(depth + 1)
      this.#path.pop()
    } while (this.#taken(','))
    if (!this.#taken('}'))
      this.#refuse(this.#shown(this.#at), t('缺少 "," 或 "}"', '"," or "}" is missing'))
    return out
  }

  #array(depth: number): Json {
    const out: Json[] = []
    this.#at++
    if (this.#taken(']')) return out
    do {
      this.#skipBlanks()
      this.#path.push(out.length)
      out.push(this.#value(depth + 1))
      this.#path.pop()
    } while (this.#taken(','))
    if (!this.#taken(']'))
      this.#refuse(this.#shown(this.#at), t('缺少 "," 或 "]"', '"," or "]" is missing'))
    return out
  }

  #string(): string {
    const startAt = this.#at
    let out = ''
    for (this.#at++; ; this.#at++) {
      const c = this.#text[this.#at]
      if (c === undefined)
        this.#refuse(
          this.#shown(startAt),
          t('文字没有结束的引号', 'the text has no closing quotation mark'),
          startAt,
        )
      if (c === '"') break
      if (c < ' ')
        this.#refuse(
          this.#shown(startAt),
          t('文字里有控制符', 'there is a control character in the text'),
          startAt,
        )
      out += c === '\\' ? this.#escape() : c
    }
    this.#at++
    // A lone surrogate has no UTF-8 form: writing it back would change the text.
    if (!out.isWellFormed())
      this.#refuse(this.#shown(startAt), t('不完整的字符', 'an incomplete character'), startAt)
    return out
  }

  #escape(): string {
    this.#at++
    const c = this.#text[this.#at] ?? ''
    if (c === 'u') {
      const hex = this.#text.slice(this.#at + 1, this.#at + 5)
      if (!/^[0-9a-fA-F]{4}$/.test(hex)) this.#refuse(`\\u${hex}`, t('不是转义符', 'not an escape'))
      this.#at += 4
      return String.fromCharCode(Number.parseInt(hex, 16))
    }
    const char = Object.hasOwn(escapes, c) ? escapes[c] : undefined
    return char ?? this.#refuse(`\\${c}`, t('不是转义符', 'not an escape'))
  }

  #number(): number {
    const shape = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
    shape.lastIndex = this.#at
    const text = shape.exec(this.#text)?.[0]
    if (text === undefined)
      this.#refuse(this.#shown(this.#at), t('不是 JSON 的值', 'not a JSON value'))
    const next = this.#text[this.#at + text.length]
    if (next !== undefined && /[\w.+-]/.test(next)) {
      this.#refuse(this.#shown(this.#at), t('不是 JSON 的数', 'not a JSON number'))
    }
    const value = Number(text)
    if (Math.abs(value) > Number.MAX_SAFE_INTEGER) {
      this.#refuse(
        text,
        t('大于 9007199254740991 的数会被舍入', 'a number above 9007199254740991 would be rounded'),
      )
    }
    const digits = (text.split(/[eE]/)[0] ?? '').replaceAll(/[-.]/g, '').replace(/^0+/, '')
    if (!/^-?\d+$/.test(text) && digits.length > digitsMax) {
      this.#refuse(
        text,
        t(`超过 ${digitsMax} 位的数会被舍入`, `more than ${digitsMax} digits would be rounded`),
      )
    }
    this.#at += text.length
    return value === 0 ? 0 : value
  }

  #skipBlanks(): void {
    while (' \t\n\r'.includes(this.#text[this.#at] ?? 'x')) this.#at++
  }

  /** Skips blanks and consumes the character if it is next. */
  #taken(char: string): boolean {
    this.#skipBlanks()
    if (this.#text[this.#at] !== char) return false
    this.#at++
    return true
  }

  #shown(at: number): string {
    const end = this.#text.slice(at, at + 20).split('\n')[0] ?? ''
    return at >= this.#text.length ? 'EOF' : end
  }

  #refuse(value: string, note: Why, at = this.#at): never {
    const before = this.#text.slice(0, at).split('\n')
    const column = (before.at(-1)?.length ?? 0) + 1
    throw new LaneFault('FILE-02', {
      file: this.#file,
      field: jsonPointer(this.#path),
      value: value.slice(0, shownCharsMax),
      note: t(
        `第 ${before.length} 行第 ${column} 列:${whyIn(note, 'zh')}`,
        `line ${before.length}, column ${column}: ${whyIn(note)}`,
      ),
    })
  }
}
