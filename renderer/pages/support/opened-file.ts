// Opens a support file in the window, from its text alone: no runtime, no file system. The file that was just made is
// opened in the same way, so that what a person sees is what is saved.
import { hexOf } from '#base/pure/data/bytes.ts'
import { openSupport, type OpenedSupport, type TextDigest } from '#base/pure/values/support-file.ts'
import type { ApiError } from '#base/calls/rows.ts'
import { codeFault } from '../../kit/words.ts'

async function digestOf(text: string): Promise<TextDigest> {
  const bytes = new TextEncoder().encode(text)
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return { bytes: bytes.length, sha256Hex: hexOf(digest) }
}

export interface ShownFile {
  readonly name: string
  readonly text: string
  readonly opened: OpenedSupport
}

export async function openedFile(
  name: string,
  text: string,
): Promise<{ readonly file: ShownFile } | { readonly error: ApiError }> {
  const opened = await openSupport(text, digestOf)
  if (opened.ok) return { file: { name, text, opened } }
  const { code, field, value } = opened
  return { error: codeFault(code, `${name} ${field}`, value) }
}
