// The module `virtual:calls`: names of the API's calls, words and forms of its acts, for code that must not load the table.
import { pathToFileURL } from 'node:url'
import type { Plugin } from 'vite'

const name = 'virtual:calls'
const resolved = `\0${name}`

export const callFacts: Plugin = {
  name: 'call-facts',
  resolveId: (id) => (id === name ? resolved : null),
  async load(id) {
    if (id !== resolved) return null
    // Imported by its URL, because this configuration is bundled when it is read and the table must not be part of it.
    const at = (path: string): string =>
      new URL(`../../firmware-runtime/runtime/api/${path}`, import.meta.url).href
    const { actWords } = (await import(at('act-words.ts'))) as { readonly actWords: object }
    const { callForms } = (await import(at('call-forms.ts'))) as { readonly callForms: object }
    const { api } = (await import(at('table.ts'))) as { readonly api: object }
    return [
      `export const callNames = ${JSON.stringify(Object.keys(api))}`,
      `export const actWords = ${JSON.stringify(actWords)}`,
      `export const callForms = ${JSON.stringify(callForms)}`,
    ].join('\n')
  },
}

const ofRows = /\/firmware-runtime\/runtime\/api\/row-commands\.ts$/

/**
 * Replaces the module that derives commands from rows by its result, so that a command does not load the schemas.
 * Tests import the module itself.
 */
export const rowCommandFacts: Plugin = {
  name: 'row-command-facts',
  async load(id) {
    if (!ofRows.test(id)) return null
    const made = (await import(pathToFileURL(id).href)) as { readonly rowCommands: object }
    return `export const rowCommands = ${JSON.stringify(made.rowCommands)}`
  },
}
