// `etc-lane profile show KIND/VENDOR/MODEL [--data DIR]`: what a profile says to people, in Chinese and English.
// The same sheet as Studio's library shows.
import type { ProfileSheetView } from '../../api/profiles-views.ts'
import { sheetOf } from '../../app/profiles/sheet.ts'
import { isDeviceKind } from '../../core/profile/kinds.ts'
import { LaneFault } from '../../core/values/faults.ts'
import { visible } from '../../core/values/visible-text.ts'
import { flags, type CliIo } from '../command.ts'
import { profilesIn } from '../profile-library.ts'
import { onePath } from './read-named.ts'

/** PROFILE-19 for one that is not there or not whole. */
export function sheetFrom(dir: string | null, id: string): ProfileSheetView {
  const [kind = '', ...rest] = id.split('/')
  const shape = /^[a-z0-9-]{1,40}\/[a-z0-9-]{1,40}$/
  if (!isDeviceKind(kind) || !shape.test(rest.join('/')))
    throw new LaneFault('PROFILE-19', { value: id.slice(0, 80), note: 'kind/vendor/model' })
  const found = profilesIn(dir).find(kind, rest.join('/'))
  if (!found.ok) throw new LaneFault('PROFILE-19', { value: id, note: found.note })
  return sheetOf(found.checked.profile)
}

export function showAct(args: readonly string[], io: CliIo): number {
  const { values, words } = flags(args, { data: 'string' })
  const sheet = sheetFrom(values.data ?? null, onePath(words, 'profile show KIND/VENDOR/MODEL'))
  if (io.json) {
    io.stdout(`${JSON.stringify({ ok: true, ...sheet })}\n`)
    return 0
  }
  const { id, title, revision, status, drives, parts } = sheet
  io.stdout(`${id} ${revision} ${status} ${drives}\n${title.zh} · ${title.en}\n`)
  for (const { title: part, rows } of parts) {
    io.stdout(`\n${part.zh} · ${part.en}\n`)
    for (const { name, text, source } of rows) {
      const from = source === '' ? '' : ` [${source}]`
      const [zh, en] = [`${name.zh}: ${text.zh}`, `${name.en}: ${text.en}`].map(visible)
      io.stdout(`  ${zh}${visible(from)}\n${zh === en ? '' : `  ${en}\n`}`)
    }
  }
  return 0
}
