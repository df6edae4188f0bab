// The calls about transfers by USB stick: unsent records out, answers of the platform back. Answers are read and proven
// as a whole, then the act is written, and each answer ends its record in a turn of its own.
import { needed } from '#base/desk/handlers/no-folder.ts'
import { defineCalls, type Lot } from '#base/desk/handlers/scope.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { TransferService } from '../../ports/transfer.ts'
import { takeBack } from '#lane/lot/queue/take-back.ts'

type TransferLot = Lot<'acts' | 'runtime' | 'mono', { transfer: TransferService }>

export const transferCalls = defineCalls(({ acts, runtime, mono, transfer }: TransferLot) => {
  const there = needed(transfer, 'TRANSFER-04')
  return {
    ...acts.table({
      'queue.retryNow': ({ inFiles = false }, act) => {
        if (inFiles && !runtime.sendsFiles) throw new LaneFault('TRANSFER-06', {})
        act.audit()
        if (inFiles) runtime.sendInFiles()
        else runtime.retryNow()
      },
    }),
    'queue.export': async (args, role) => {
      const answer = acts.onLot('queue.export', args, role, (audit) => audit('queue.export'))
      return { ...answer, ...(await there().pack(args.to, args.recipient)) }
    },
    'queue.import': async (args, role) => {
      const brought = await there().read(args.from)
      const answer = acts.onLot('queue.import', args, role, (audit) => audit('queue.import'))
      return { ...answer, ...(await takeBack(runtime, brought, there(), mono)) }
    },
  }
})
