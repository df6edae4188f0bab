// Which modules of the built runtime are one file. Left alone the bundler makes a file for each set of dynamic
// imports that share modules, 800 of them, and a lane looked up and read 230 before its first car.
// Modules that the same starts load are one file here: what starts is a lane, a simulator, a worker or a command.

/** What the bundler knows of a module (rolldown's ModuleInfo, in part). */
interface ModuleLinks {
  readonly importedIds: readonly string[]
  readonly dynamicallyImportedIds: readonly string[]
}
type LinksOf = (id: string) => ModuleLinks | null

const starts = [
  { letter: 'e', is: /firmware-runtime\/(main|commands|cli\/program)\.ts$/ },
  { letter: 'l', is: /firmware-runtime\/cli\/run\.ts$/ },
  { letter: 'h', is: /firmware-runtime\/runtime\/host\/hosted\.ts$/ },
  { letter: 's', is: /firmware-runtime\/simulators\/.*-sim\.ts$|simulators\/shell\/process\.ts$/ },
  { letter: 'r', is: /\/reader-worker\.ts$/ },
  { letter: 't', is: /\/transfer-worker\.ts$/ },
  { letter: 'w', is: /\/runtime\/(list|survey|profile|papers)\/worker\.ts$/ },
] as const
/** Everything else that is imported when it is called: commands, and parts of a lane. */
const other = 'o'

function reachedFrom(roots: readonly string[], linksOf: LinksOf): ReadonlySet<string> {
  const reached = new Set<string>()
  const open = [...roots]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (reached.has(id)) continue
    reached.add(id)
    open.push(...(linksOf(id)?.importedIds ?? []))
  }
  return reached
}

function lateImports(entry: string, linksOf: LinksOf): ReadonlySet<string> {
  const seen = new Set<string>()
  const late = new Set<string>([entry])
  const open = [entry]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id)) continue
    seen.add(id)
    const links = linksOf(id)
    for (const target of links?.dynamicallyImportedIds ?? []) late.add(target)
    open.push(...(links?.importedIds ?? []), ...(links?.dynamicallyImportedIds ?? []))
  }
  return late
}

const command = /firmware-runtime\/cli\/[\w-]+\.ts$/
/** Of the lane's modules; a command that loads more of them is served by the lane's own files. */
const smallShare = 0.5
/**
 * Of the small commands: modules that so many of them load are a file, those that only some load another one, and
 * what one or two load is left to the bundler, so that no other command reads it.
 */
const [commonShare, fewShare] = [0.25, 0.08]

/**
 * Names the file of a module by the starts that load it, `null` for one that is left to the bundler. A module is
 * loaded by all starts that load a module which imports it, so that no two of these files import each other.
 */
export function runtimePart(entry: string): (id: string, linksOf: LinksOf) => string | null {
  let letters: Map<string, string> | null = null
  const count = (linksOf: LinksOf): Map<string, string> => {
    const roots = new Map<string, string[]>()
    for (const id of lateImports(entry, linksOf)) {
      const letter = starts.find((start) => start.is.test(id))?.letter ?? other
      roots.set(letter, [...(roots.get(letter) ?? []), id])
    }
    const of = new Map<string, string>()
    for (const { letter } of starts)
      for (const id of reachedFrom(roots.get(letter) ?? [], linksOf))
        of.set(id, (of.get(id) ?? '') + letter)
    const ofLane = [...reachedFrom(roots.get('l') ?? [], linksOf)]
    const small = (roots.get(other) ?? [])
      .filter((root) => command.test(root))
      .map((root) => reachedFrom([root], linksOf))
      .filter(
        (reached) => ofLane.filter((id) => reached.has(id)).length < smallShare * ofLane.length,
      )
    for (const [id, own] of of) {
      const share = small.filter((reached) => reached.has(id)).length / small.length
      if (share >= commonShare) of.set(id, `${own}c`)
      else if (share >= fewShare) of.set(id, `${own}f`)
      else if (share > 0) of.delete(id)
    }
    return of
  }
  return (id, linksOf) => {
    letters ??= count(linksOf)
    const of = letters.get(id)
    return of !== undefined && /[lhrt]/.test(of) ? `of-${of}` : null
  }
}
