// The licences and the list of parts that travel with every package can be made of what is bundled: without them no
// package is made at all.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { layThirdParty, licencesFile, sbomFile } from '../../installers/lane/third-party.mjs'

const folder = mkdtempSync(join(tmpdir(), 'etc-third-party-'))
afterAll(() => rmSync(folder, { recursive: true }))

it('lays the licence of every bundled package, also of one that keeps them in a folder', () => {
  layThirdParty(folder, {
    program: { name: 'etc-lane', version: '0.0.1' },
    parts: ['main', 'runtime', 'renderer'],
    unbundled: ['node_modules/serialport'],
    others: [],
  })
  const licences = readFileSync(join(folder, licencesFile), 'utf8')
  const sbom = JSON.parse(readFileSync(join(folder, sbomFile), 'utf8')) as {
    readonly bomFormat: string
    readonly components: readonly { readonly name: string }[]
  }
  const names = sbom.components.map(({ name }) => name)
  expect(sbom.bomFormat).toBe('CycloneDX')
  expect(names).toEqual(expect.arrayContaining(['zod', 'vue-router', 'echarts', 'serialport']))
  for (const name of names) expect(licences).toContain(`\n${name} `)
  // The licence of D3 stands in echarts' folder of licences.
  expect(licences).toMatch(/Mike Bostock/)
})
