// All profiles among the files named by a person: checked, with their signatures judged.
// Shared by `profile verify` and `profile import`.
import { t } from '#base/pure/words/fault-text.ts'
import { checkCriterion, isCriterionPath } from '../../profiles/criteria.ts'
import { findingsOf, findingView, type Finding } from '../../profiles/findings.ts'
import { isProfilePath, readTemplates } from '../../profiles/library.ts'
import { readProfile, type CheckedProfile } from '../../profiles/read-profile.ts'
import type { SignatureJudge, SignatureState } from '#base/pure/data/signed.ts'
import type { Template, Templates } from '../../profiles/templates.ts'
import { LaneFault, noteBehind } from '#base/pure/faults/faults.ts'
import { visible } from '#base/pure/words/visible-text.ts'
import type { LibraryFile } from '../../ports/profile-files.ts'
import { builtInTemplates, namedFiles, type NamedFiles } from './library.ts'
import { judgedSignature } from './signatures.ts'

export interface ReadFile {
  readonly file: LibraryFile
  readonly sig: LibraryFile | undefined
  /** Null when there are findings. */
  readonly checked: CheckedProfile | null
  readonly signature: SignatureState
}

export interface ReadAll {
  readonly reads: readonly ReadFile[]
  readonly findings: readonly Finding[]
  /** Unknown members, when drafts are allowed. */
  readonly warnings: readonly Finding[]
}

/** Templates of a library folder take precedence over built-in ones; an import has none. */
function templatesFor(
  { folder, files }: NamedFiles,
  ownTemplates: boolean,
): { templates: Templates; findings: readonly Finding[] } {
  if (!folder || !ownTemplates) return { templates: builtInTemplates(), findings: [] }
  const own = readTemplates(files)
  const templates = new Map<string, Template>([...builtInTemplates(), ...own.templates])
  return { templates, findings: own.findings }
}

/** Files of a library folder that are not profiles. */
const isOther = (path: string): boolean => /^(templates|schema)\//.test(path)

interface ReadOptions {
  readonly judge: SignatureJudge
  readonly ownTemplates: boolean
  readonly draft?: boolean
}

/** Throws PROFILE-19 when there is no profile. */
export function readNamed(path: string, options: ReadOptions): ReadAll {
  const all = readFiles(namedFiles(path), options)
  if (all.reads.length > 0) return all
  throw new LaneFault('PROFILE-19', { file: path, note: t('这里没有资料', 'no profile here') })
}

/** Reads files that are in memory. */
export function readFiles(
  named: NamedFiles,
  { judge, ownTemplates, draft = false }: ReadOptions,
): ReadAll {
  const { templates, findings } = templatesFor(named, ownTemplates)
  const list = [...findings]
  const warnings: Finding[] = []
  const reads: ReadFile[] = []
  const fileOf = new Map<string, string>()
  const byPath = new Map(named.files.map((file) => [file.path, file]))
  for (const file of named.files) {
    if (file.path.endsWith('.sig') || (named.folder && isOther(file.path))) continue
    if (named.folder && isCriterionPath(file.path)) {
      // Checked with the library; imports have none, and the program is built with its own.
      const criterion = findingsOf(file.path)
      checkCriterion(file.bytes, criterion)
      list.push(...criterion.list)
      continue
    }
    // Files outside the library's structure have no position; files within it have one.
    const place = named.folder && isProfilePath(file.path) ? file.path : null
    const read = readProfile(file.bytes, file.path, templates, place, { draft })
    const { checked } = read
    list.push(...read.findings)
    warnings.push(...read.warnings)
    const sig = byPath.get(`${file.path}.sig`)
    if (checked === null) {
      reads.push({ file, sig, checked, signature: { state: 'unsigned' } })
      continue
    }
    const twin = fileOf.get(checked.id)
    if (twin !== undefined) list.push(twice(file.path, checked.id, twin))
    fileOf.set(checked.id, file.path)
    const { state, finding } = judgedSignature(checked, sig, judge)
    if (finding !== null) list.push(finding)
    reads.push({ file, sig, checked, signature: state })
  }
  return { reads, findings: list, warnings }
}

const twice = (file: string, id: string, twin: string): Finding => ({
  code: 'PROFILE-02',
  file,
  pointer: '',
  value: id,
  note: t(`${twin} 也是这个编号`, `${twin} has this id as well`),
})

export function findingText(finding: Finding): string {
  const { code, file, pointer, value, what, todo } = findingView(finding)
  const line = (language: 'zh' | 'en'): string =>
    `${code} ${what[language]}${noteBehind(finding.note, language)} · ${todo[language]}\n`
  const where = visible([file, pointer, value].filter((part) => part !== '').join(' '))
  return `${line('zh')}${line('en')}  ${where}\n`
}
