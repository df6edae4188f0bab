// `etc-lane profile show KIND/VENDOR/MODEL [--data DIR]`: a profile as a readable sheet, in Chinese and English, the
// same as in Studio's library.
import { visible } from '#base/pure/words/visible-text.ts'
import { act } from '#base/desk/commands/acts.ts'
import { sheetFrom } from '../../profile/sheet-from.ts'

export const showAct = act(
  ['profile show KIND/VENDOR/MODEL [--data DIR]'],
  ({ words: [id], data }, io) => {
    const sheet = sheetFrom(data ?? null, id)
    if (io.json) {
      io.stdout(`${JSON.stringify({ ok: true, ...sheet })}\n`)
      return 0
    }
    const { title, revision, status, drives, parts } = sheet
    io.stdout(`${sheet.id} ${revision} ${status} ${drives}\n${title.zh} · ${title.en}\n`)
    for (const { title: part, rows } of parts) {
      io.stdout(`\n${part.zh} · ${part.en}\n`)
      for (const { name, text, source } of rows) {
        const from = source === '' ? '' : ` [${source}]`
        const [zh, en] = [`${name.zh}: ${text.zh}`, `${name.en}: ${text.en}`].map(visible)
        io.stdout(`  ${zh}${visible(from)}\n${zh === en ? '' : `  ${en}\n`}`)
      }
    }
    return 0
  },
)
