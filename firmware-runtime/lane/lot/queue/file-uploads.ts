// Sends the backlog of card-side records in sealed files, on request (P12: the same record in a file, later). It
// charges nothing: each record keeps its number and its stored text, and one that the answer does not mention is sent
// alone as usual.
import type { OutboxRecord } from '#ledger/pure/queue/records.ts'
import type { QueueState } from '#ledger/pure/queue/queue.ts'
import type { MonoClock } from '#base/ports/clocks.ts'
import type { FiledAnswer, FileUploader } from '#ledger/ports/uploader.ts'

/** About half a megabyte before compression. */
const recordsMax = 400
/** Records ended in one transaction: some milliseconds of the 50 within which an antenna is answered. */
const rowsMax = 50
const answerMs = 30_000

export interface AnsweredRecord extends FiledAnswer {
  readonly record: OutboxRecord
}

interface FilePorts {
  readonly files: FileUploader
  readonly mono: Pick<MonoClock, 'after'>
  readonly queue: QueueState
  readonly destination: string
  bodyOf(record: OutboxRecord): string
  /** Another party has to agree to it first. */
  isHeldBack(record: OutboxRecord): boolean
  /** Ends records as their own answers would, in one transaction. */
  took(answered: readonly AnsweredRecord[]): void
  failed(why: string): void
  isStopped(): boolean
}

export class FileUploads {
  private readonly ports: FilePorts
  /** Row of the last record in a file: each record is put into a file once. */
  private lastSeq = 0

  constructor(ports: FilePorts) {
    this.ports = ports
  }

  /** One file after the other until every waiting record was in one. */
  send(ended: () => void): void {
    const { files, destination, queue, bodyOf, isHeldBack } = this.ports
    const records: (OutboxRecord & { readonly body: string })[] = []
    while (records.length < recordsMax) {
      const record = queue.records.next('exitUpload', destination, this.lastSeq)
      if (record === null) break
      this.lastSeq = record.seq
      if (record.inFlight === null && !isHeldBack(record))
        records.push({ ...record, body: bodyOf(record) })
    }
    if (records.length === 0 || this.ports.isStopped()) {
      ended()
      return
    }
    files.send(records, answerMs, (answers) => {
      if (this.ports.isStopped()) return
      if (typeof answers !== 'string') {
        const byId = new Map(records.map((record) => [record.outboxId, record]))
        const answered = answers.flatMap((answer): AnsweredRecord[] => {
          const record = byId.get(answer.outboxId)
          return record === undefined ? [] : [{ ...answer, record }]
        })
        this.take(answered, ended)
      } else {
        this.ports.failed(answers)
        ended()
      }
    })
  }

  /** Lanes take their turns between two transactions. */
  private take(answered: readonly AnsweredRecord[], ended: () => void): void {
    const { mono, queue, took, isStopped } = this.ports
    if (isStopped()) return
    if (answered.length === 0) {
      this.send(ended)
      return
    }
    // A record sent alone meanwhile gets an answer of its own.
    const isFree = ({ outboxId }: AnsweredRecord): boolean =>
      queue.records.resting.has(outboxId) || queue.records.awake.get(outboxId)?.inFlight === null
    took(answered.slice(0, rowsMax).filter(isFree))
    mono.after(0, () => this.take(answered.slice(rowsMax), ended))
  }
}
