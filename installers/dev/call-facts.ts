// The module `virtual:calls`: names of the call table and what acts are called, for what cannot carry the table itself.
import { pathToFileURL } from 'node:url'
import type { Plugin } from 'vite'

const name = 'virtual:calls'
const resolved = `\0${name}`

export const callFacts: Plugin = {
  name: 'call-facts',
  resolveId: (id) => (id === name ? resolved : null),
  async load(id) {
    if (id !== resolved) return null
    // By its address: a configuration is bundled where it is read, and the table has no place in that.
    const at = (path: string): string =>
      new URL(`../../firmware-runtime/api/${path}`, import.meta.url).href
    const { actWords } = (await import(at('act-words.ts'))) as { readonly actWords: object }
    const { api } = (await import(at('table.ts'))) as { readonly api: object }
    return [
      `export const callNames = ${JSON.stringify(Object.keys(api))}`,
      `export const actWords = ${JSON.stringify(actWords)}`,
    ].join('\n')
  },
}

const ofRows = /\/firmware-runtime\/cli\/row-commands\.ts$/

/** Of the module that works out the commands of rows a build takes what it comes to: a command reads no schema. Tests read it as it is. */
export const rowCommandFacts: Plugin = {
  name: 'row-command-facts',
  async load(id) {
    if (!ofRows.test(id)) return null
    const made = (await import(pathToFileURL(id).href)) as { readonly rowCommands: object }
    return `export const rowCommands = ${JSON.stringify(made.rowCommands)}`
  },
}
