// What a package contains of others: the text of every licence, and the list of parts as a CycloneDX SBOM, which npm
// makes from the lock file and which is cut down here to what is really in the package.
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../dev/node24.mjs'
import { releaseTime } from './steady.mjs'

export const licencesFile = 'THIRD-PARTY-LICENSES.txt'
export const sbomFile = 'sbom.cdx.json'

const readJson = (...path) => JSON.parse(readFileSync(join(root, ...path), 'utf8'))
const readIfThere = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : null)

/** Packages that a part of dist/ was bundled from, as paths of the lock file. */
function bundledIn(part) {
  const file = join(root, 'dist', part, 'packages.json')
  if (!existsSync(file)) throw new Error(`${file} is missing: build dist/ anew`)
  return JSON.parse(readFileSync(file, 'utf8'))
}

/** Of files named so, and of each file in a folder named so. */
const licenceTexts = (folder) =>
  readdirSync(folder)
    .filter((name) => /^(licen[cs]e|copying|notice)/i.test(name))
    .toSorted()
    .flatMap((name) => textsAt(join(folder, name)))

const textsAt = (path) =>
  statSync(path).isDirectory()
    ? readdirSync(path)
        .toSorted()
        .flatMap((name) => textsAt(join(path, name)))
    : [readFileSync(path, 'utf8').trim()]

const nameOf = (path) => path.split('node_modules/').at(-1)

/** `{ name, version, licence, text }` of one package; a package without a file of its licence says its identifier. */
function packageAt(path, row) {
  const folder = join(root, path)
  const manifest = readJson(path, 'package.json')
  const licence = row.license ?? manifest.license ?? 'unknown'
  const texts = licenceTexts(folder)
  const author = manifest.author?.name ?? manifest.author ?? ''
  const without = `${licence}\n(the package has no file of its licence; author: ${author || 'not named'})`
  return {
    name: nameOf(path),
    version: row.version,
    licence,
    text: texts.length > 0 ? texts.join('\n\n') : without,
  }
}

/** npm's own list of every locked package, in CycloneDX. */
function npmSbom() {
  const cli = process.env.npm_execpath
  const args = ['sbom', '--package-lock-only', '--sbom-format', 'cyclonedx']
  const [command, first] =
    cli === undefined || !existsSync(cli)
      ? ['npm', []]
      : [process.env.npm_node_execpath ?? process.execPath, [cli]]
  const options = {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 << 20,
    stdio: ['ignore', 'pipe', 'pipe'],
  }
  return JSON.parse(execFileSync(command, [...first, ...args], options))
}

const componentOf = ({ name, version, licence }) => ({
  'bom-ref': `${name}@${version}`,
  type: 'framework',
  name,
  version,
  scope: 'required',
  purl: `pkg:generic/${name}@${version}`,
  licenses: [{ license: { name: licence } }],
})

function sbomOf(packages, others, program) {
  const sbom = npmSbom()
  const refs = new Set(packages.map(({ name, version }) => `${name}@${version}`))
  const components = sbom.components
    .filter((component) => refs.has(`${component.name}@${component.version}`))
    // In the lock file a bundled package is one for development; in this package it is a part.
    .map(({ properties: _, ...component }) => ({ ...component, scope: 'required' }))
  const isIn = (ref) => components.some((component) => component['bom-ref'] === ref)
  const own = { 'bom-ref': `etc-lane@${program.version}`, type: 'application', ...program }
  // A number by chance is optional in the form, and would make every build another file.
  const { serialNumber: _, ...steady } = sbom
  return {
    ...steady,
    metadata: {
      ...sbom.metadata,
      timestamp: new Date(releaseTime() * 1000).toISOString(),
      component: own,
    },
    components: [...components, ...others.map(componentOf)],
    dependencies: sbom.dependencies
      .filter(({ ref }) => isIn(ref))
      .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter(isIn) })),
  }
}

const rule = '='.repeat(80)

/**
 * Writes both files into `folder`. `parts`: the folders of dist/ in the package; `unbundled`: its packages with native
 * parts, as paths of the lock file; `others`: programs that came whole, each `{ name, version, licence, file }`.
 */
export function layThirdParty(folder, { program, parts, unbundled, others }) {
  const locked = readJson('package-lock.json').packages
  const paths = [...new Set([...parts.flatMap(bundledIn), ...unbundled])].toSorted()
  const packages = paths.map((path) => packageAt(path, locked[path]))
  const whole = others.map((other) => ({
    ...other,
    text: readIfThere(other.file) ?? other.licence,
  }))
  const text = [...whole, ...packages]
    .map(({ name, version, licence, text: own }) =>
      [rule, `${name} ${version} (${licence})`, rule, '', own, '', ''].join('\n'),
    )
    .join('')
  writeFileSync(join(folder, licencesFile), text)
  writeFileSync(
    join(folder, sbomFile),
    `${JSON.stringify(sbomOf(packages, whole, program), null, 1)}\n`,
  )
}
