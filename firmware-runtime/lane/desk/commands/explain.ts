// `etc-lane explain`: one car in plain words and in order of time, as one file for a dispute, and the check of such a
// file on any machine. `replay explained` replays the recorded turns.
import { exportFile, mustBeNew } from '#base/files/exported-file.ts'
import { judgeCarFile } from '../../explain/car-file.ts'
import { readText } from '#base/process/read-file.ts'
import { receiptJudge, receiptKeyFile } from '#money/desk/receipt/receipt-key.ts'
import { act, commandOf, whoOf, printed } from '#base/desk/commands/acts.ts'
import { carFileBytesMax } from './car-file-size.ts'
import { folderOf, lotReader } from '#base/desk/commands/client.ts'
import { needed } from '#base/commands/command.ts'
import { notOurs, readDayHead } from '#money/desk/commands/day-head.ts'

const file = act(
  [
    'explain file --data DIR --stay ID --to FILE [--whole] --by NAME --reason TEXT [--command-id ID]',
  ],
  async ({ data, stay: stayId, to, whole, ...rest }, io) => {
    const client = lotReader(folderOf(data), io)
    mustBeNew(to)
    const args = { stayId, ...whoOf(rest) }
    const name = whole ? 'explain.wholeFile' : 'explain.file'
    const { text, fileName: _name, ...view } = await client.call(name, args)
    exportFile(to, text)
    return printed({ ...view, file: to }, view.differences === 0)
  },
)

const check = act(
  ['explain check FILE (--key FILE | --data DIR) [--head FILE]'],
  ({ words, key, data, head }) => {
    const judge = receiptJudge(key ?? receiptKeyFile(folderOf(needed(data, 'key'))))
    const at = head === undefined ? null : readDayHead(head)
    const judged = judgeCarFile(judge, readText(words[0] ?? '', carFileBytesMax), at)
    const { ok, reason, file: car, day } = judged
    const { stayId = null, lotId = null, isMasked = null } = car ?? {}
    const code = ok ? {} : { code: notOurs }
    return printed({ ok, ...code, reason, lotId, stayId, isMasked, dayHead: day }, ok)
  },
)

export const explainCommand = commandOf('explain', [file, check])
