// The module `virtual:calls`: names of the call table and what acts are called, for what cannot carry the table itself.
import type { Plugin } from 'vite'

const name = 'virtual:calls'
const resolved = `\0${name}`

export const callFacts: Plugin = {
  name: 'call-facts',
  resolveId: (id) => (id === name ? resolved : null),
  async load(id) {
    if (id !== resolved) return null
    const { actWords } = await import('../../firmware-runtime/api/act-words.ts')
    const { api } = await import('../../firmware-runtime/api/table.ts')
    return [
      `export const callNames = ${JSON.stringify(Object.keys(api))}`,
      `export const actWords = ${JSON.stringify(actWords)}`,
    ].join('\n')
  },
}
