// The templates of a library of profiles from its files, and which paths of it are profiles.
// Pure: files in, checked templates out.
import { deviceKinds } from '../pure/profile/kinds.ts'
import type { LibraryFile } from '../ports/profile-files.ts'
import { findingsOf, type Finding } from './findings.ts'
import { faultFinding } from './read-profile.ts'
import { readTemplate, type Template, type Templates } from './templates.ts'

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
