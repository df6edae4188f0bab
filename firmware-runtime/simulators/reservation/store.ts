// Store of the simulated reservation platform: messages of the lot by number, commands and their answers, as a fold.
// A row is on disk before its acknowledgement leaves; a restart folds the file again.
import { isRowOf } from '../shell/members.ts'

export type StoreRow =
  | {
      readonly t: 'message'
      readonly seq: number
      readonly msgId: string
      readonly type: string
      readonly data: unknown
      readonly atMs: number
    }
  | {
      readonly t: 'command'
      readonly cmdId: string
      readonly type: string
      readonly data: unknown
      readonly atMs: number
    }
  | {
      readonly t: 'answer'
      readonly cmdId: string
      readonly code: number
      readonly afterMs: number
    }

export const isStoreRow = isRowOf<StoreRow>(['message', 'command', 'answer'])

interface Command {
  readonly cmdId: string
  readonly type: string
  readonly data: unknown
  readonly atMs: number
  /** One entry per answer. */
  readonly codes: number[]
  readonly afterMs: number[]
}

type Message = Extract<StoreRow, { t: 'message' }>

export class MessageStore {
  readonly messages = new Map<number, Message>()
  readonly commands = new Map<string, Command>()
  /** All numbers up to this one came without a gap. */
  lastSeq = 0
  /** Numbers received again with the same text, and with another one. */
  repeated = 0
  conflicts = 0

  apply(row: StoreRow): void {
    if (row.t === 'command') this.commands.set(row.cmdId, { ...row, codes: [], afterMs: [] })
    else if (row.t === 'answer') {
      const command = this.commands.get(row.cmdId)
      command?.codes.push(row.code)
      command?.afterMs.push(row.afterMs)
    } else {
      this.messages.set(row.seq, row)
      while (this.messages.has(this.lastSeq + 1)) this.lastSeq++
    }
  }

  /** False when the same message is stored already. */
  isNew({ seq, msgId, data }: Omit<Message, 't' | 'atMs' | 'type'>): boolean {
    const known = this.messages.get(seq)
    if (known === undefined) return true
    const isSame = known.msgId === msgId && JSON.stringify(known.data) === JSON.stringify(data)
    if (isSame) this.repeated++
    else this.conflicts++
    return false
  }
}
