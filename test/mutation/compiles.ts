// Finds mutants that the type check refuses: nobody could commit them, so they say nothing about the tests.
// Only unnoticed mutants are checked, all with one language service.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import type { Mutant } from './mutants.ts'
import { repository } from './rooms.ts'

/** Type-checks each file with the mutant in it. Returns the ids of the mutants that fail. */
export function compiles(mutants: readonly Mutant[]): ReadonlySet<string> {
  const configFile = join(repository, 'tsconfig.node.json')
  const { config } = ts.readConfigFile(configFile, (path) => ts.sys.readFile(path)) as {
    config: unknown
  }
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, repository)
  const files = [...new Set(mutants.map(({ file }) => join(repository, file)))]
  const texts = new Map<string, { version: number; text: string }>()
  for (const path of files) texts.set(path, { version: 0, text: readFileSync(path, 'utf8') })
  const service = ts.createLanguageService({
    // A mutant may leave something unused, which is not a type error.
    getCompilationSettings: () => ({
      ...options,
      noEmit: true,
      noUnusedLocals: false,
      noUnusedParameters: false,
      allowUnreachableCode: true,
    }),
    getScriptFileNames: () => files,
    getScriptVersion: (path) => String(texts.get(path)?.version ?? 0),
    getScriptSnapshot(path) {
      const text = texts.get(path)?.text ?? ts.sys.readFile(path)
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text)
    },
    getCurrentDirectory: () => repository,
    getDefaultLibFileName: (of) => ts.getDefaultLibFilePath(of),
    fileExists: (path) => ts.sys.fileExists(path),
    readFile: (path) => ts.sys.readFile(path),
  })
  const refused = new Set<string>()
  for (const { id, file, from, to, replacement } of mutants) {
    const path = join(repository, file)
    const kept = texts.get(path) ?? { version: 0, text: '' }
    const text = kept.text.slice(0, from) + replacement + kept.text.slice(to)
    texts.set(path, { version: kept.version + 1, text })
    const faults = [
      ...service.getSyntacticDiagnostics(path),
      ...service.getSemanticDiagnostics(path),
    ]
    if (faults.length > 0) refused.add(id)
    texts.set(path, { version: kept.version + 2, text: kept.text })
  }
  service.dispose()
  return refused
}
