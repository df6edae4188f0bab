// The worker that writes and reads files of offline transfers: the same program file. Folding a ledger and checking a
// thousand signatures take seconds, which would block the lanes' thread.
import { serveCalls, WorkerCalls } from '#base/worker/worker-calls.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import type { BroughtBack, Packed, TransferService } from '../../ports/transfer.ts'
import { readChainKey } from '#lane/folder/data-folder.ts'
import { loadLot } from '#lane/folder/lot-file.ts'
import { programFile } from '#base/process/program-file.ts'
import { judgeBrought, readBrought } from './bring-back.ts'
import { packUnsent } from './pack.ts'

interface TransferCalls {
  pack(dir: string, to: string, recipient: string): Promise<Packed>
  read(dir: string, from: string): Promise<BroughtBack>
}

export interface TransferWorkerData {
  readonly kind: 'transfer'
}

export function serveTransferWorker(): void {
  serveCalls<TransferCalls>({
    pack(dir, to, recipient) {
      const { config } = loadLot(dir)
      const { nodeId } = config
      const options = { dir, nodeId, chainKey: readChainKey(dir), crypto: openGmCrypto() }
      return packUnsent({ options, config, to, recipient, clientKey: null })
    },
    read: (dir, from) =>
      readBrought({ dir, config: loadLot(dir).config, chainKey: readChainKey(dir) }, from),
  })
}

export class TransferWorker extends WorkerCalls<TransferCalls> implements TransferService {
  private readonly dir: string
  private readonly packs = this.call('pack')
  private readonly reads = this.call('read')
  readonly judge: TransferService['judge']

  constructor(dir: string, lot: Parameters<typeof judgeBrought>[0]) {
    super(programFile(), { kind: 'transfer' } satisfies TransferWorkerData)
    this.dir = dir
    this.judge = judgeBrought(lot)
  }

  pack(to: string, recipient: string): Promise<Packed> {
    return this.packs(this.dir, to, recipient)
  }

  read(from: string): Promise<BroughtBack> {
    return this.reads(this.dir, from)
  }
}
