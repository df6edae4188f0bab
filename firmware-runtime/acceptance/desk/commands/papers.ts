// `etc-lane papers`: the acceptance papers (appendices J and K, 9.2): filled in, attached, reviewed, and as one
// document. Exit code 1 of list: a drill is overdue, or a paper is not accepted.
import { basename, resolve } from 'node:path'
import { exportFile, mustBeNew } from '#base/files/exported-file.ts'
import type { PapersView } from '../../calls/papers-views.ts'
import { attachmentBytesMax } from '#base/pure/data/photo.ts'
import { papersHere } from '../papers/papers-folder.ts'
import { papersReport } from '../papers/papers-report.ts'
import { layOutHere } from '#base/desk/document/paper-process.ts'
import { loadLot } from '#lane/folder/lot-file.ts'
import { readBytes, readText } from '#base/process/read-file.ts'
import { act, commandOf, printed, type Exit } from '#base/desk/commands/acts.ts'
import { clientOf } from '#base/desk/commands/client.ts'
import { needed } from '#base/commands/command.ts'
import { heldDraft } from '#base/desk/commands/held-draft.ts'

const isDone = ({ papers, drill }: PapersView): boolean =>
  drill.state !== 'overdue' && papers.every(({ state }) => state === 'accepted')

function said(view: PapersView, ids: readonly string[], isOk = true): Exit {
  const { simulated, drill } = view
  const papers = view.papers.filter(({ id }) => ids.length === 0 || ids.includes(id))
  return printed({ simulated, drill, papers }, isOk)
}

const list = act(['papers list --data DIR [--paper ID]'], async ({ data, paper }) => {
  const dir = resolve(data)
  loadLot(dir)
  const client = clientOf(dir)
  const view = client === null ? papersHere(dir).view() : await client.call('papers.state', {})
  return said(view, paper === undefined ? [] : [paper], isDone(view))
})

const fill = act(
  ['papers fill --data DIR --field ID (--text TEXT | --file FILE) --by NAME'],
  async ({ data, field, text, file, by }) => {
    const dir = resolve(data)
    loadLot(dir)
    const answer = file === undefined ? needed(text, 'text') : readText(resolve(file)).trim()
    const one = { field, text: answer, by }
    const client = clientOf(dir)
    const view = client === null ? papersHere(dir).fill(one) : await client.call('papers.fill', one)
    return said(view, [field.split('.')[0] ?? ''])
  },
)

/** Only one process writes: the runtime when lanes run. */
const attach = act(
  ['papers attach --data DIR --paper ID --file FILE --by NAME'],
  async ({ data, paper, file, by }) => {
    const dir = resolve(data)
    loadLot(dir)
    const bytes = readBytes(resolve(file), attachmentBytesMax)
    const name = basename(file)
    const client = clientOf(dir)
    if (client === null) return said(papersHere(dir).attach(paper, name, bytes, by), [paper])
    const draftId = await heldDraft(client, bytes)
    return said(await client.call('papers.attach', { paper, name, draftId, by }), [paper])
  },
)

const report = act(
  ['papers report --data DIR --format pdf|docx --out FILE [--language zh|en]'],
  async ({ data, format, out, language = 'zh' }) => {
    mustBeNew(out)
    const file = resolve(out)
    const made = await papersReport(resolve(data), { format, language }, layOutHere)
    exportFile(file, Buffer.from(made.base64, 'base64'))
    return printed({ ok: true, file, format, simulated: made.simulated })
  },
)

export const papersCommand = commandOf('papers', [list, fill, attach, report])
