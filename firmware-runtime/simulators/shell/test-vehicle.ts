// Test cipher of a vehicle file: stands in for a real OBU's encryption with an issuer's key (P17).
// Key and vector are published in docs/test-keys.md. The real cipher is another one.
import { createHmac, timingSafeEqual } from 'node:crypto'

/** Published on purpose: it protects nothing and makes tests verifiable. */
const testVehicleKeyText = 'ETC-LANE-STUDIO-TEST-VEHICLE-KEY'

const macBytes = 8

/** The OBU of the file, hex as sent. */
interface OfObu {
  readonly contractProvider: string
  readonly obuId: string
  /** 8 bytes. */
  readonly random: string
}

const mac = ({ contractProvider, obuId, random }: OfObu, text: Buffer): Buffer =>
  createHmac('sha256', testVehicleKeyText)
    .update(Buffer.from(contractProvider + obuId + random, 'hex'))
    .update(text)
    .digest()

function streamed(of: OfObu, text: Buffer): Buffer {
  const blocks = Array.from({ length: Math.ceil(text.length / 32) }, (_, n) =>
    mac(of, Buffer.from([n])),
  )
  const stream = Buffer.concat(blocks)
  return Buffer.from(text.map((byte, i) => byte ^ (stream[i] ?? 0)))
}

const tagOf = (of: OfObu, file: Buffer): Buffer => mac(of, file).subarray(0, macBytes)

/** The encrypted file and an 8-byte authenticator: upper-case hex. */
export const sealVehicle = (of: OfObu, fileHex: string): string => {
  const file = Buffer.from(fileHex, 'hex')
  return Buffer.concat([streamed(of, file), tagOf(of, file)])
    .toString('hex')
    .toUpperCase()
}

/** Null for bytes that this OBU did not seal. */
export function openVehicle(of: OfObu, cipherHex: string): Uint8Array | null {
  const all = Buffer.from(cipherHex, 'hex')
  if (all.length <= macBytes) return null
  const file = streamed(of, all.subarray(0, -macBytes))
  return timingSafeEqual(tagOf(of, file), all.subarray(-macBytes)) ? Uint8Array.from(file) : null
}
