// Strictly parses the envelope of a file sealed by the platform (P9) in an answer; it is opened elsewhere.
// The file name is the associated data of the seal and identifies the file.
import { LaneFault } from '#base/pure/faults/faults.ts'
import { note } from '#base/pure/words/notes.ts'
import type { FileCipher, SealedFile } from '#base/ports/platform-file.ts'
import type { AnswerMembers } from './answer-body.ts'

/** For a file with another name than requested: reports the wrong part of the name and its value. */
export function orWrongName<T>(read: () => T, named: (reason: string) => T): T {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof LaneFault) || error.code !== 'FILE-06') throw error
    const { field = '', value = '' } = error.detail
    return named(note('wrongFileName', field, value))
  }
}

/** Name of the digest member of a cipher: the international suite has no SM3 (assumed). */
export const digestMember = (cipher: FileCipher): 'sm3' | 'sha256' =>
  cipher.startsWith('AES') ? 'sha256' : 'sm3'

const sealedWith: readonly FileCipher[] = ['SM4-GCM', 'SM4-CBC', 'AES-256-GCM', 'AES-128-GCM']

/** Null for data that is not a sealed file. `mustBeNamed` throws for another name. */
export function sealedFileOf(
  data: AnswerMembers,
  mustBeNamed: (name: string) => void,
): SealedFile | null {
  const cipher = sealedWith.find((one) => one === data.text('alg'))
  if (cipher === undefined) return null
  const [name, serial] = [data.text('aad'), data.text('serial')]
  const digest = data.text(digestMember(cipher))
  const [encKey, nonce] = [data.bytes('encKey'), data.bytes('nonce')]
  const ciphertext = data.bytes('ciphertext')
  if (name === null || serial === null || digest === null) return null
  if (encKey === null || nonce === null || ciphertext === null) return null
  const mac = cipher === 'SM4-CBC' ? data.bytes('mac') : null
  if (cipher === 'SM4-CBC' && mac === null) return null
  mustBeNamed(name)
  return { name, serial, cipher, encKey, nonce, ciphertext, mac, digest }
}
