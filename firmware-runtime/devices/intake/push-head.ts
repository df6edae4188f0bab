// What is shown of a push that was refused: its request line and the headers that say what its body is, bounded,
// without the secret of its path, proofs and plates.
import { cameraText } from '../pure/camera/text.ts'
import { plateIn } from '#base/pure/words/mask.ts'

const valueCharsMax = 80
const headCharsMax = 320
const namesMax = 24

/** Of other headers the name is shown, as their value may be a proof or name a person. */
const shown: ReadonlySet<string> = new Set([
  ...['content-type', 'content-length', 'content-encoding', 'transfer-encoding'],
  ...['connection', 'expect', 'user-agent', 'host', 'origin'],
])

const hidden = '[...]'
/** Letters and digits of a plate in an encoding that was not understood. */
const plateRest = /\?+[A-Z]·?[A-Z0-9]{4,7}/g

function plain(latin: string, charsMax: number): string {
  const bytes = Uint8Array.from(latin.slice(0, 4 * charsMax), (char) => char.charCodeAt(0) & 0xff)
  return cameraText(bytes)
    .replaceAll(plateIn, hidden)
    .replaceAll(/[^\x20-\x7e]/g, '?')
    .replaceAll(plateRest, hidden)
    .slice(0, charsMax)
}

/** The path of a lane without what follows its name, and without a query. */
const withoutSecret = (path: string): string =>
  path.split('?', 1)[0]?.replace(/^(\/[^/]{0,40}\/[^/]{0,80})\/.*$/, '$1/...') ?? ''

/** `headers`: names and values in turn, as Node gives them. */
export function shownHead(method: string, path: string, headers: readonly string[]): string {
  const said: string[] = []
  for (let i = 0; i + 1 < headers.length && i < 2 * namesMax; i += 2) {
    const name = plain(headers[i] ?? '', 40)
    const isShown = shown.has(name.toLowerCase())
    said.push(isShown ? `${name}: ${plain(headers[i + 1] ?? '', valueCharsMax)}` : name)
  }
  const line = `${plain(method, 12)} ${plain(withoutSecret(path), 90)}`
  return [line, ...said].join(' | ').slice(0, headCharsMax)
}

interface RawHead {
  readonly path: string
  readonly shown: string
}

/** The head in bytes that Node did not take for a request. */
export function rawHead(bytes: Uint8Array): RawHead {
  const text = String.fromCharCode(...bytes.subarray(0, 2_048)).split(/\r?\n\r?\n/, 1)[0] ?? ''
  const [line = '', ...lines] = text.split(/\r?\n/)
  const [method = '', path = ''] = line.split(' ')
  const headers = lines.flatMap((one) => {
    const at = one.indexOf(':')
    return at < 1 ? [] : [one.slice(0, at), one.slice(at + 1).trim()]
  })
  const isRequest = /^[A-Za-z]{3,10}$/.test(method) && path.startsWith('/')
  return { path: isRequest ? path : '', shown: isRequest ? shownHead(method, path, headers) : '' }
}
