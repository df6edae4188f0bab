// `passport verify`, `passport show` and `passport diff`: what a file says, whether it is whole, and
// what is another now. A file that was changed is an answer with exit code 1, and names the part.
import { contentOfView, tablesView } from '../../app/passport/passport-store.ts'
import { faultJson, LaneFault } from '../../core/values/faults.ts'
import { driftOf, hasDrifted } from '../../core/values/passport/drift.ts'
import { aboutOf, type PassportContent } from '../../core/values/passport/tables.ts'
import { folderOf, jsonText, runningClient } from '../client.ts'
import { flags, needed, type CliIo } from '../command.ts'
import { openPassportFile } from './open-file.ts'

const listFlags = { signers: 'string', revoked: 'string', data: 'string' } as const

const summary = (content: PassportContent) => ({
  lotId: aboutOf(content, 'lotId'),
  laneId: aboutOf(content, 'laneId'),
  madeAtIso: aboutOf(content, 'madeAtIso'),
  by: aboutOf(content, 'by'),
  jointTestCertificateId: aboutOf(content, 'jointTestCertificateId'),
})

const isRefused = (error: unknown): error is LaneFault =>
  error instanceof LaneFault && (error.code === 'PASSPORT-01' || error.code === 'PASSPORT-02')

function oneFile(words: readonly string[], usage: string): string {
  const [file, ...more] = words
  if (file === undefined || more.length > 0) throw new LaneFault('ARG-01', { note: usage })
  return file
}

export function verifyAct(args: readonly string[], io: CliIo): Promise<number> {
  const { values, words } = flags(args, listFlags)
  const file = oneFile(words, 'passport verify FILE')
  const { signers, revoked, data } = values
  try {
    const lists = { signers, revoked, dir: data === undefined ? null : folderOf(data) }
    const { content, signature } = openPassportFile(file, lists)
    io.stdout(jsonText({ ok: true, file, ...summary(content), signature }, io.json))
    return Promise.resolve(0)
  } catch (error) {
    if (!isRefused(error)) throw error
    const { error: fault } = faultJson(error)
    io.stdout(jsonText({ ok: false, file, changed: fault.field, fault }, io.json))
    return Promise.resolve(1)
  }
}

export function showAct(args: readonly string[], io: CliIo): Promise<number> {
  const { values, words } = flags(args, listFlags)
  const file = oneFile(words, 'passport show FILE')
  const { signers, revoked, data } = values
  const lists = { signers, revoked, dir: data === undefined ? null : folderOf(data) }
  const { content, signature } = openPassportFile(file, lists)
  io.stdout(jsonText({ ok: true, file, signature, tables: tablesView(content) }, io.json))
  return Promise.resolve(0)
}

const usage = 'passport diff FILE FILE, or --data DIR --lane L [FILE]'

/** Two files, or a lane as it is now with a file, or with its last passport. */
export async function diffAct(args: readonly string[], io: CliIo): Promise<number> {
  const { values, words } = flags(args, { ...listFlags, lane: 'string' })
  const { signers, revoked, data, lane } = values
  const lists = { signers, revoked, dir: data === undefined ? null : folderOf(data) }
  const [first, second, ...more] = words
  if (more.length > 0) throw new LaneFault('ARG-01', { note: usage })
  if (lane === undefined) {
    if (first === undefined || second === undefined) throw new LaneFault('ARG-01', { note: usage })
    const [before, now] = [openPassportFile(first, lists), openPassportFile(second, lists)]
    return told(before.content, now.content, first, io)
  }
  const client = runningClient(folderOf(needed(data, 'data')))
  if (first === undefined) {
    const view = await client.call('passport.drift', { laneId: lane })
    if (view.passport === null) throw new LaneFault('PASSPORT-04', { field: '--lane', value: lane })
    const { passport, drifted, rows } = view
    io.stdout(jsonText({ drifted, before: passport.file, rows }, io.json))
    return drifted ? 1 : 0
  }
  const before = openPassportFile(first, lists)
  const made = { laneId: lane, by: 'etc-lane', reason: 'diff' }
  return told(before.content, contentOfView(await client.call('passport.facts', made)), first, io)
}

function told(before: PassportContent, now: PassportContent, file: string, io: CliIo): number {
  const rows = driftOf(before, now)
  const drifted = hasDrifted(rows)
  io.stdout(jsonText({ drifted, before: file, rows }, io.json))
  return drifted ? 1 : 0
}
