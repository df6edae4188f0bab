// A file of any length sealed with the copy key of a lot, in pieces, so that a year of a ledger needs no memory.
// `ETCSEAL1 | salt 32 | AES-256-CTR | HMAC-SHA256 32` over all before it (docs/recovery-format.md).
import { t } from '#base/pure/words/fault-text.ts'
import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, fstatSync, openSync, readSync, writeSync } from 'node:fs'
import { timingSafeEqual } from 'node:crypto'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { streamKeys } from '#base/secrets/recovery-key.ts'
import { removePath, renamePath } from '#base/files/held-path.ts'

const magic = Buffer.from('ETCSEAL1')
const saltBytes = 32
const macBytes = 32
const pieceBytes = 256 * 1024

function* piecesOf(fd: number, fromByte: number, toByte: number): Generator<Buffer> {
  const piece = Buffer.alloc(pieceBytes)
  for (let at = fromByte; at < toByte;) {
    const read = readSync(fd, piece, 0, Math.min(pieceBytes, toByte - at), at)
    if (read === 0) return
    yield piece.subarray(0, read)
    at += read
  }
}

function writeAll(fd: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length;) done += writeSync(fd, bytes, done)
}

/**
 * Frees a chunk made by a cipher. Otherwise some 70 MB of them pile up before the engine collects, because it counts
 * only its own small objects.
 */
function giveBack({ buffer, byteLength }: Buffer): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0)
}

/** Runs a step with both files open; removes a partly written file. */
function through<T>(from: string, to: string, step: (source: number, target: number) => T): T {
  const part = `${to}.part`
  const source = openSync(from, 'r')
  try {
    const target = openSync(part, 'w', 0o600)
    let answer: T
    try {
      answer = step(source, target)
      fsyncSync(target)
    } finally {
      closeSync(target)
    }
    renamePath(part, to)
    return answer
  } catch (error) {
    removePath(part, { force: true })
    throw error
  } finally {
    closeSync(source)
  }
}

/** What a seal adds to a file. */
export const sealBytes = magic.length + saltBytes + macBytes

/** Returns the SHA-256 of the sealed file, hex. `purpose`: the file opens only for the same purpose. */
export const sealFile = (from: string, to: string, key: Uint8Array, purpose = 'copy'): string =>
  through(from, to, (source, target) => {
    const salt = randomBytes(saltBytes)
    const { cipherKey, macKey, iv } = streamKeys(key, salt, purpose)
    const cipher = createCipheriv('aes-256-ctr', cipherKey, iv)
    const mac = createHmac('sha256', macKey)
    const whole = createHash('sha256')
    const put = (bytes: Uint8Array): void => {
      whole.update(bytes)
      writeAll(target, bytes)
    }
    const head = Buffer.concat([magic, salt])
    mac.update(head)
    put(head)
    for (const piece of piecesOf(source, 0, fstatSync(source).size)) {
      const sealed = cipher.update(piece)
      mac.update(sealed)
      put(sealed)
      giveBack(sealed)
    }
    put(mac.digest())
    return whole.digest('hex')
  })

/** Throws COPY-02 when it was cut, altered or sealed with another key; `to` exists only on success. */
export function openSealedFile(from: string, to: string, key: Uint8Array, purpose = 'copy'): void {
  through(from, to, (source, target) => {
    const end = fstatSync(source).size - macBytes
    const start = magic.length + saltBytes
    const altered = new LaneFault('COPY-02', {
      file: from,
      note: t('封印不符', 'its seal does not hold'),
    })
    if (end < start) throw altered
    const head = Buffer.alloc(start)
    readSync(source, head, 0, start, 0)
    if (!head.subarray(0, magic.length).equals(magic)) throw altered
    const { cipherKey, macKey, iv } = streamKeys(key, head.subarray(magic.length), purpose)
    const mac = createHmac('sha256', macKey).update(head)
    const decipher = createDecipheriv('aes-256-ctr', cipherKey, iv)
    for (const piece of piecesOf(source, start, end)) {
      mac.update(piece)
      const opened = decipher.update(piece)
      writeAll(target, opened)
      giveBack(opened)
    }
    const told = Buffer.alloc(macBytes)
    readSync(source, told, 0, macBytes, end)
    if (!timingSafeEqual(mac.digest(), told)) throw altered
  })
}

export function sha256File(file: string): string {
  const fd = openSync(file, 'r')
  try {
    const hash = createHash('sha256')
    for (const piece of piecesOf(fd, 0, fstatSync(fd).size)) hash.update(piece)
    return hash.digest('hex')
  } finally {
    closeSync(fd)
  }
}
