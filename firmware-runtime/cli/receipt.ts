// `etc-lane receipt`: the receipt of a stay as the text of its QR code or on paper, the check of such a text on any
// machine without a network, and the head that joins the receipts of a day.
import { existsSync, readFileSync } from 'node:fs'
import { exportFile, mustBeNew } from '../adapters/files/exported-file.ts'
import { judgeReceipt } from '../app/money/receipt-judge.ts'
import { diskFault } from '../core/values/disk-fault.ts'
import { receiptJudge, receiptKeyFile } from '../runtime/receipt/receipt-key.ts'
import { act, asking, commandOf } from './acts.ts'
import { folderOf, jsonText, lotReader } from './client.ts'
import { needed } from './command.ts'
import { notOurs, readDayHead } from './day-head.ts'

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw diskFault(error, { file })
  }
}

const give = act(
  ['receipt give --data DIR --stay ID [--pdf FILE]'],
  async ({ data, stay: stayId, pdf: file }, io) => {
    const client = lotReader(folderOf(data), io)
    if (file === undefined) {
      io.stdout(jsonText(await client.call('receipt.give', { stayId }), io.json))
      return 0
    }
    // Before it is asked for: a PDF makes the next paper a copy.
    mustBeNew(file)
    const { pdfBase64, fileName: _name, ...view } = await client.call('receipt.pdf', { stayId })
    exportFile(file, Buffer.from(pdfBase64, 'base64'))
    io.stdout(jsonText({ ...view, file }, io.json))
    return 0
  },
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
    const code = ok ? {} : { code: notOurs }
    io.stdout(jsonText({ ok, ...code, amountFen, stayId, plate, dayHead: dayOf, reason }, io.json))
    return ok ? 0 : 1
  },
)

export const receiptCommand = commandOf('receipt', [give, print, printers, verify, day])
