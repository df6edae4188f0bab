// Who writes a simulated ledger and what chains it, for the harness and for who reads it afterwards.
// No secret: the same on every machine, so that one seed gives one hash everywhere.
import { standInCrypto } from '../../adapters/crypto/stand-in.ts'

export const simulatedKeys = {
  nodeId: 'n1',
  chainKey: new Uint8Array(32).fill(7),
  crypto: standInCrypto,
} as const
