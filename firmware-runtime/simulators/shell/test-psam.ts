// The authorisation of a PSAM with a test key: the MAC that a platform computes from the PSAM's random.
// Both simulators use it, as a real pair shares the issuer's key.
import { createHmac } from 'node:crypto'

const testMacKey = 'TEST psam authorisation'

/** External authentication data for the random: 8 bytes, hex. */
export const testPsamMac = (randomHex: string): string =>
  createHmac('sha256', testMacKey)
    .update(Buffer.from(randomHex, 'hex'))
    .digest('hex')
    .slice(0, 16)
    .toUpperCase()
