// Decides which modules of the built runtime share a file. By itself the bundler makes a file for each set of modules
// shared by dynamic imports: 800 files, of which a lane opened and read 230 before its first car.
// Here the modules loaded by the same starts share a file; a start is a lane, a simulator, a worker or a command.

/** The used part of rolldown's ModuleInfo. */
interface ModuleLinks {
  readonly importedIds: readonly string[]
  readonly dynamicallyImportedIds: readonly string[]
}
type LinksOf = (id: string) => ModuleLinks | null

const starts = [
  { letter: 'e', is: /firmware-runtime\/(main|commands|runtime\/commands\/program)\.ts$/ },
  { letter: 'l', is: /firmware-runtime\/runtime\/commands\/run\.ts$/ },
  { letter: 'h', is: /firmware-runtime\/runtime\/host\/hosted\.ts$/ },
  { letter: 's', is: /firmware-runtime\/simulators\/.*-sim\.ts$|simulators\/shell\/process\.ts$/ },
  { letter: 'r', is: /\/reader-worker\.ts$/ },
  { letter: 't', is: /\/transfer-worker\.ts$/ },
  { letter: 'w', is: /\/desk\/(list|worker|profile|papers)\/worker\.ts$/ },
] as const
/** All other dynamically imported modules: commands, and parts of a lane. */
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

/** A command of the table; the acts of `survey` are parts of one. */
const command =
  /firmware-runtime\/(?:(?!survey)\w+\/desk\/commands|runtime\/commands)\/[\w-]+\.ts$|\/survey\/desk\/commands\/survey\.ts$/
/** A command that loads at least this share of the lane's modules uses the lane's own files. */
const smallShare = 0.5
/**
 * For small commands: modules that at least the first share of them load make one file, those that at least the second
 * share load make another; the rest is left to the bundler, so that no other command reads it.
 */
const [commonShare, fewShare] = [0.22, 0.05]
/** The few modules that the lane alone shares with small commands would make files of their own of some lines each. */
const ofWorkers = /[tw]/

/**
 * Names a module's file by the starts that load it; null leaves it to the bundler. A module is loaded by every start
 * that loads one of its importers, so these files never import each other in a circle.
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
      if (share >= commonShare && ofWorkers.test(own)) of.set(id, `${own}c`)
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
