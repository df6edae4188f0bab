// What a time stamp of a ledger is over (docs/ledger-format.md).

/** A row and its hash in the chain, 64 lower-case hex digits. */
interface ChainHead {
  readonly nodeId: string
  readonly seq: number
  readonly hash: string
}

/** ASCII, each line with its LF. */
export const stampedText = (lotId: string, { nodeId, seq, hash }: ChainHead): string =>
  `etc-lane ledger head 1\n${lotId}\n${nodeId}\n${seq}\n${hash}\n`
