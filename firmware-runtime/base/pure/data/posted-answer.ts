// Whether an answer of 2xx to a posted message is a yes. Message robots answer 200 and say in the body that they refused
// (DingTalk, WeCom: `errcode`; Feishu, Bark: `code`), and a network that asks for a sign-in answers 200 with its page.
import { parsed } from './json.ts'
import { note, type NoteText } from '../words/notes.ts'

const codeNames = ['errcode', 'code', 'StatusCode', 'errno'] as const
const messageNames = ['errmsg', 'msg', 'message', 'StatusMessage', 'error'] as const
const saidCharsMax = 120

/** 0 and 2xx, as numbers or texts, and the words for them. */
const isYes = (code: unknown): boolean =>
  (typeof code !== 'number' && typeof code !== 'string') ||
  /^(?:0+|2\d\d|ok|success|succeeded)$/i.test(String(code))

/** Null: taken, as far as the body says. An empty body, plain text and JSON without such a member say nothing else. */
export function refusalIn(body: string): NoteText | null {
  const text = body.trim()
  if (
    /^<(?:!doctype\s+html|html|head|body|script|meta)\b/i.test(text.replace(/^<\?xml[^>]*>\s*/, ''))
  )
    return 'answerIsPage'
  const answer = text.startsWith('{') ? parsed(text) : null
  if (typeof answer !== 'object' || answer === null) return null
  const members = new Map<string, unknown>(Object.entries(answer))
  const name = codeNames.find((one) => !isYes(members.get(one)))
  const isDenied = members.get('success') === false || members.get('ok') === false
  if (name === undefined && !isDenied) return null
  const said = messageNames.map((one) => members.get(one)).find((one) => typeof one === 'string')
  const code = name === undefined ? 'false' : `${name} ${String(members.get(name))}`
  return note('answerDenies', `${code} ${said ?? ''}`.trim().slice(0, saidCharsMax))
}
