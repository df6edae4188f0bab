// Test cipher of a vehicle file: stands in for what a real OBU makes of it with a key of its issuer (P17).
// Key and vector are published in docs/test-keys.md. Nothing here says how a real one does it.
import { createHmac, timingSafeEqual } from 'node:crypto'

/** Published on purpose: it protects nothing and exists so that tests can be judged. */
const testVehicleKeyText = 'ETC-LANE-STUDIO-TEST-VEHICLE-KEY'

const macBytes = 8

/** Whose file it is, hex as it travels. */
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

/** The file enciphered, and 8 bytes of authenticator behind it: upper-case hex. */
export const sealVehicle = (of: OfObu, fileHex: string): string => {
  const file = Buffer.from(fileHex, 'hex')
  return Buffer.concat([streamed(of, file), tagOf(of, file)])
    .toString('hex')
    .toUpperCase()
}

/** Null for what this OBU did not seal. */
export function openVehicle(of: OfObu, cipherHex: string): Uint8Array | null {
  const all = Buffer.from(cipherHex, 'hex')
  if (all.length <= macBytes) return null
  const file = streamed(of, all.subarray(0, -macBytes))
  return timingSafeEqual(tagOf(of, file), all.subarray(-macBytes)) ? Uint8Array.from(file) : null
}
