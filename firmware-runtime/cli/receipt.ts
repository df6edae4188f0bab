// `etc-lane receipt`: the receipt of a stay as the text of its QR code or on paper, the check of such a text on any
// machine without a network, and the head that joins the receipts of a day.
import { existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import { judgeReceipt, type DayHead } from '../app/money/receipt-judge.ts'
import { diskFault } from '../core/values/disk-fault.ts'
import { LaneFault } from '../core/values/faults.ts'
import { receiptJudge, receiptKeyFile } from '../runtime/receipt/receipt-key.ts'
import { act, asking, commandOf } from './acts.ts'
import { folderOf, jsonText } from './client.ts'
import { needed } from './command.ts'

const dayHead = z.object({
  day: z.int(),
  size: z.int(),
  atSec: z.int(),
  rootHex: z.string(),
  signatureHex: z.string(),
  leafHashes: z.array(z.string()),
})

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw diskFault(error, { file })
  }
}

/** FILE-01 for what is no head of a day. */
function readDayHead(file: string): DayHead {
  const text = textOf(file)
  try {
    return dayHead.parse(JSON.parse(text))
  } catch (error) {
    const note = error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error)
    throw new LaneFault('FILE-01', { file, note })
  }
}

const give = asking(
  ['receipt give --data DIR --stay ID'],
  { name: 'receipt.give' },
  ({ stay }) => ({ stayId: stay }),
)

const day = asking(['receipt day --data DIR --day N'], { name: 'receipt.day' }, (values) => ({
  day: values.day,
}))

const print = asking(
  ['receipt print --data DIR --stay ID [--printer ID]'],
  { name: 'receipt.print' },
  ({ stay, printer }) => ({ stayId: stay, ...(printer === undefined ? {} : { printer }) }),
)

const printers = asking(
  ['receipt printers --data DIR'],
  { name: 'receipt.printers', exit: (view) => (view.waiting.length > 0 ? 1 : 0) },
  () => ({}),
)

/** The text itself, or a file that holds it. */
const given = (word: string): string => (existsSync(word) ? textOf(word).trim() : word)

const verify = act(
  ['receipt verify TEXT|FILE (--key FILE | --data DIR) [--head FILE]'],
  ({ words, key, data, head }, io) => {
    const file = key ?? receiptKeyFile(folderOf(needed(data, 'key')))
    const at = head === undefined ? null : readDayHead(head)
    const { ok, reason, read } = judgeReceipt(receiptJudge(file), given(words[0] ?? ''), at)
    const { amountFen = null, stayId = null, plate = null } = read?.receipt ?? {}
    const dayOf = read?.proof.head.day ?? null
    io.stdout(jsonText({ ok, amountFen, stayId, plate, dayHead: dayOf, reason }, io.json))
    return ok ? 0 : 1
  },
)

export const receiptCommand = commandOf('receipt', [give, print, printers, verify, day])
