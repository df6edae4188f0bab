// A library of profiles from its files: templates first, then each profile, then checks over the whole (a repeated id,
// an unused template). Pure: files in, checked profiles out.
import { deviceKinds } from '../../core/profile/kinds.ts'
import type { LibraryFile } from '../../ports/profile-files.ts'
import { checkCriterion, isCriterionPath } from './criteria.ts'
import { findingsOf, type Finding } from './findings.ts'
import { faultFinding, readProfile, type CheckedProfile } from './read-profile.ts'
import { readTemplate, usedTemplates, type Template, type Templates } from './templates.ts'
import { findingWords as words } from './finding-words.ts'

interface Library {
  /** By `kind/vendor/model`; only profiles without a finding. */
  readonly profiles: ReadonlyMap<string, CheckedProfile>
  readonly templates: Templates
  readonly findings: readonly Finding[]
}

const templateShape = /^templates\/([a-z0-9][a-z0-9-]{0,39})\.json$/
const profilePathShape = new RegExp(`^(?:${deviceKinds.join('|')})/[^/]+/[^/]+\\.json$`)

/** Whether a path is that of a profile. */
export const isProfilePath = (path: string): boolean => profilePathShape.test(path)

export function readTemplates(files: readonly LibraryFile[]): {
  templates: Templates
  findings: readonly Finding[]
} {
  const templates = new Map<string, Template>()
  const list: Finding[] = []
  for (const { path, bytes } of files) {
    const name = templateShape.exec(path)?.[1]
    if (name === undefined) continue
    const findings = findingsOf(path)
    try {
      const template = readTemplate(bytes, findings)
      if (template !== null) templates.set(name, template)
    } catch (error) {
      faultFinding(error, findings)
    }
    list.push(...findings.list)
  }
  return { templates, findings: list }
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
      findingsHere.add('PROFILE-02', '', read.checked.id, words.idElsewhere(twin.file))
    list.push(...findingsHere.list)
    profiles.set(read.checked.id, read.checked)
  }
  if (list.length === 0)
    for (const name of templates.keys())
      if (!used.has(name)) {
        const unused = findingsOf(`templates/${name}.json`)
        unused.add('PROFILE-03', '', name, words.templateUnused())
        list.push(...unused.list)
      }
  return { profiles, templates, findings: list }
}
