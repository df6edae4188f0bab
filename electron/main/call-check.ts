// Checks every call from the window: known name, plain JSON under 64 kB, schema of the API table.
// The runtime checks again; this check keeps everything else inside the window's process.
import { checkArgs } from '#runtime/api/check.ts'
import { api, streamNames, type ApiName, type StreamName } from '#runtime/api/table.ts'
import { badCallReply, type Reply } from './runtime-link.ts'

export const callBytesMax = 64 * 1024

export const callNames = Object.keys(api) as readonly ApiName[]

/** The arguments as JSON text, or null when they are not plain JSON. */
function textOf(args: unknown): string | null {
  try {
    return JSON.stringify(args) ?? null
  } catch (error) {
    if (error instanceof TypeError) return null
    throw error
  }
}

type Checked =
  | { readonly ok: true; readonly args: unknown }
  | { readonly ok: false; readonly reply: Reply }

export function checkCall(name: ApiName, args: unknown): Checked {
  const text = textOf(args)
  if (text === null) return { ok: false, reply: badCallReply('', 'not JSON') }
  const bytes = Buffer.byteLength(text)
  if (bytes > callBytesMax) return { ok: false, reply: badCallReply('', `${bytes} bytes`) }
  const checked = checkArgs(name, JSON.parse(text))
  if (checked.ok) return checked
  return { ok: false, reply: badCallReply(checked.wrong.field, checked.wrong.value) }
}

export const isStream = (value: unknown): value is StreamName =>
  streamNames.some((name) => name === value)

export const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
