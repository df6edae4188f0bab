// A whole library of profiles from its files: templates first, then each profile, then checks over the whole (a repeated
// id, an unused template). The product reads only what a lane or a person names.
import { checkCriterion, isCriterionPath } from '#devices/profiles/criteria.ts'
import { findingsOf, type Finding } from '#devices/profiles/findings.ts'
import { readTemplates } from '#devices/profiles/library.ts'
import { readProfile, type CheckedProfile } from '#devices/profiles/read-profile.ts'
import { listMembers } from '#devices/profiles/schema.ts'
import type { Templates } from '#devices/profiles/templates.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { isObject, type Json } from '#base/pure/data/json.ts'
import type { LibraryFile } from '#devices/ports/profile-files.ts'

/** Names of the templates used in a profile as written. */
function usedTemplates(value: Json): ReadonlySet<string> {
  const names = new Set<string>()
  if (!isObject(value)) return names
  for (const member of listMembers) {
    const list = value[member]
    for (const entry of Array.isArray(list) ? (list as readonly Json[]) : [])
      if (isObject(entry) && typeof entry.$use === 'string') names.add(entry.$use)
  }
  return names
}

interface Library {
  /** By `kind/vendor/model`; only profiles without a finding. */
  readonly profiles: ReadonlyMap<string, CheckedProfile>
  readonly templates: Templates
  readonly findings: readonly Finding[]
}

export function readLibrary(files: readonly LibraryFile[]): Library {
  const { templates, findings } = readTemplates(files)
  const list = [...findings]
  const profiles = new Map<string, CheckedProfile>()
  const used = new Set<string>()
  for (const { path, bytes } of files) {
    if (path.startsWith('templates/') || path.startsWith('schema/') || !path.endsWith('.json'))
      continue
    if (isCriterionPath(path)) {
      const criterion = findingsOf(path)
      checkCriterion(bytes, criterion)
      list.push(...criterion.list)
      continue
    }
    const read = readProfile(bytes, path, templates, path)
    list.push(...read.findings)
    if (read.checked === null) continue
    for (const name of usedTemplates(read.checked.source)) used.add(name)
    const findingsHere = findingsOf(path)
    const twin = profiles.get(read.checked.id)
    if (twin !== undefined)
      findingsHere.add(
        'PROFILE-02',
        '',
        read.checked.id,
        t(`${twin.file} 也用这个 id`, `${twin.file} also uses this id`),
      )
    list.push(...findingsHere.list)
    profiles.set(read.checked.id, read.checked)
  }
  if (list.length === 0)
    for (const name of templates.keys())
      if (!used.has(name)) {
        const unused = findingsOf(`templates/${name}.json`)
        unused.add(
          'PROFILE-03',
          '',
          name,
          t('没有资料使用这个模板', 'no profile uses this template'),
        )
        list.push(...unused.list)
      }
  return { profiles, templates, findings: list }
}
