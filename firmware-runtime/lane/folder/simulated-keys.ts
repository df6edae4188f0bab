// Node id and chain key of a simulated ledger, for the harness and for reading it afterwards.
// Not secret: equal on all machines, so that one seed gives one hash everywhere.
import { standInCrypto } from '#base/crypto/stand-in.ts'

export const simulatedKeys = {
  nodeId: 'n1',
  chainKey: new Uint8Array(32).fill(7),
  crypto: standInCrypto,
} as const
