// `passport verify`, `passport show` and `passport diff`: the content of a file, whether it is intact, and what has
// changed since. A changed file gives exit code 1, and its part is named.
import { t } from '#base/pure/words/fault-text.ts'
import { contentOfView, tablesView } from '../../../passport/passport-store.ts'
import { faultJson, LaneFault } from '#base/pure/faults/faults.ts'
import { driftOf, hasDrifted } from '#base/pure/passport/drift.ts'
import { aboutOf, type PassportContent } from '#base/pure/passport/tables.ts'
import { folderOf, lotReader } from '#base/desk/commands/client.ts'
import { act, printed, type Exit } from '#base/desk/commands/acts.ts'
import { openPassportFile } from './open-file.ts'

interface Lists {
  readonly signers: string | undefined
  readonly revoked: string | undefined
  readonly data: string | undefined
}

const listsOf = ({ signers, revoked, data }: Lists) => ({
  signers,
  revoked,
  dir: data === undefined ? null : folderOf(data),
})

const summary = (content: PassportContent) => ({
  lotId: aboutOf(content, 'lotId'),
  laneId: aboutOf(content, 'laneId'),
  madeAtIso: aboutOf(content, 'madeAtIso'),
  by: aboutOf(content, 'by'),
  jointTestCertificateId: aboutOf(content, 'jointTestCertificateId'),
})

const isRefused = (error: unknown): error is LaneFault =>
  error instanceof LaneFault && (error.code === 'PASSPORT-01' || error.code === 'PASSPORT-02')

export const verify = act(
  ['passport verify FILE [--signers FILE] [--revoked FILE] [--data DIR]'],
  ({ words: [file], ...values }) => {
    try {
      const { content, signature } = openPassportFile(file, listsOf(values))
      return printed({ ok: true, file, ...summary(content), signature })
    } catch (error) {
      if (!isRefused(error)) throw error
      const { error: fault } = faultJson(error)
      return printed({ ok: false, file, changed: fault.field, fault }, false)
    }
  },
)

export const show = act(
  ['passport show FILE [--signers FILE] [--revoked FILE] [--data DIR]'],
  ({ words: [file], ...values }) => {
    const { content, signature } = openPassportFile(file, listsOf(values))
    return printed({ ok: true, file, signature, tables: tablesView(content) })
  },
)

/** Compares two files, or the current lane with a file or with its last passport. */
export const diff = act(
  [
    'passport diff FILE FILE [--signers FILE] [--revoked FILE] [--data DIR]',
    'passport diff --data DIR --lane L [FILE] [--signers FILE] [--revoked FILE]',
  ],
  async ({ words: [first, second], lane, ...values }, io) => {
    const { data } = values
    const lists = listsOf(values)
    if (lane === undefined) {
      if (first === undefined || second === undefined) {
        const note = t(
          'passport diff FILE FILE,或 --data DIR --lane L [FILE]',
          'passport diff FILE FILE, or --data DIR --lane L [FILE]',
        )
        throw new LaneFault('ARG-01', { note })
      }
      const [before, now] = [openPassportFile(first, lists), openPassportFile(second, lists)]
      return printDrift(before.content, now.content, first)
    }
    const client = lotReader(folderOf(data), io)
    if (first === undefined) {
      const view = await client.call('passport.drift', { laneId: lane })
      if (view.passport === null)
        throw new LaneFault('PASSPORT-04', { field: '--lane', value: lane })
      const { passport, drifted, rows } = view
      return printed({ drifted, before: passport.file, rows }, !drifted)
    }
    const before = openPassportFile(first, lists)
    const made = { laneId: lane, by: 'etc-lane', reason: 'diff' }
    return printDrift(
      before.content,
      contentOfView(await client.call('passport.facts', made)),
      first,
    )
  },
)

function printDrift(before: PassportContent, now: PassportContent, file: string): Exit {
  const rows = driftOf(before, now)
  const drifted = hasDrifted(rows)
  return printed({ drifted, before: file, rows }, !drifted)
}
