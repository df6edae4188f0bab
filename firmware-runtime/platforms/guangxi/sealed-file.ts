// The envelope of a file that a platform sealed (P9) as it stands in an answer: read strictly, opened elsewhere.
// Its name is the text that the seal is bound to, and says which file it is.
import { LaneFault } from '../../core/faults/faults.ts'
import { note } from '../../core/values/notes.ts'
import type { FileCipher, SealedFile } from '../../ports/platform-file.ts'
import type { AnswerMembers } from './answer-body.ts'

/** A file under a wrong name is none that was asked for: which part of the name is wrong, with its value. */
export function orWrongName<T>(read: () => T, named: (reason: string) => T): T {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof LaneFault) || error.code !== 'FILE-06') throw error
    const { field = '', value = '' } = error.detail
    return named(note('wrongFileName', field, value))
  }
}

/** What a cipher's digest is called: SM3 is not in the international suite (assumed). */
export const digestMember = (cipher: FileCipher): 'sm3' | 'sha256' =>
  cipher.startsWith('AES') ? 'sha256' : 'sm3'

const sealedWith: readonly FileCipher[] = ['SM4-GCM', 'SM4-CBC', 'AES-256-GCM', 'AES-128-GCM']

/** Null where it is none. `mustBeNamed` throws for another name. */
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
