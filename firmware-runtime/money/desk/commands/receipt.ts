// `etc-lane receipt`: the receipt of a stay as the text of its QR code or on paper, the check of such a text on any
// machine without a network, and the head that binds the receipts of a day.
import { existsSync } from 'node:fs'
import { exportFile, mustBeNew } from '#base/files/exported-file.ts'
import { judgeReceipt, type JudgeParts } from '../../receipts/receipt-judge.ts'
import { readText } from '#base/process/read-file.ts'
import { judgeOfPem, receiptJudge, receiptKeyFile, sha256 } from '../receipt/receipt-key.ts'
import { act, commandOf, printed } from '#base/desk/commands/acts.ts'
import { folderOf, lotReader } from '#base/desk/commands/client.ts'
import { notOurs, readDayHead } from './day-head.ts'

const give = act(
  ['receipt give --data DIR --stay ID [--pdf FILE]'],
  async ({ data, stay: stayId, pdf: file }, io) => {
    const client = lotReader(folderOf(data), io)
    if (file === undefined) {
      return printed(await client.call('receipt.give', { stayId }))
    }
    // Checked before the call, because a PDF makes the next paper a copy.
    mustBeNew(file)
    const { pdfBase64, fileName: _name, ...view } = await client.call('receipt.pdf', { stayId })
    exportFile(file, Buffer.from(pdfBase64, 'base64'))
    return printed({ ...view, file })
  },
)

interface GivenHead {
  readonly file: string
  readonly at: ReturnType<typeof readDayHead>
}

/** The text itself, or the content of the file with that name. */
const given = (word: string): string => (existsSync(word) ? readText(word).trim() : word)

/** The given key, else the key in the head of the day; null: neither. */
function judgeOf(key: string | undefined, head: GivenHead | null): JudgeParts | null {
  if (key !== undefined) return receiptJudge(key)
  const pem = head?.at.publicKeyPem
  return head === null || pem === undefined ? null : judgeOfPem(pem, head.file)
}

const verify = act(
  ['receipt verify TEXT|FILE [--key FILE | --data DIR] [--head FILE]'],
  ({ words, key, data, head: file }) => {
    const head = file === undefined ? null : { file, at: readDayHead(file) }
    const own = key ?? (data === undefined ? undefined : receiptKeyFile(folderOf(data)))
    const judge = judgeOf(own, head)
    const text = given(words[0] ?? '')
    const { ok, reason, read } = judgeReceipt(sha256, judge, text, head?.at ?? null)
    const keyOf = own !== undefined ? 'lot' : judge === null ? null : 'head'
    const { amountFen = null, stayId = null, plate = null } = read?.receipt ?? {}
    const dayOf = read?.proof.head.day ?? null
    const code = ok ? {} : { code: notOurs }
    return printed({ ok, ...code, amountFen, stayId, plate, dayHead: dayOf, keyOf, reason }, ok)
  },
)

export const receiptCommand = commandOf('receipt', [give, verify])
