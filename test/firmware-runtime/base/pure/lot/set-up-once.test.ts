// The raster engine is set up twice in one process, as report and printer do.
// Any other error of a set-up stays an error.
import { readFileSync } from 'node:fs'
import { initWasm } from '@resvg/resvg-wasm'
import { expect, it } from 'vitest'
import { setUpOnce } from '#base/pure/lot/set-up-once.ts'

const engine = (): Uint8Array<ArrayBuffer> =>
  new Uint8Array(readFileSync('node_modules/@resvg/resvg-wasm/index_bg.wasm'))

it('who comes second finds the engine set up', async () => {
  await setUpOnce(initWasm(engine()))
  await expect(initWasm(engine())).rejects.toThrow('Already initialized')
  await expect(setUpOnce(initWasm(engine()))).resolves.toBeUndefined()
})

it('another error is thrown on', async () => {
  await expect(setUpOnce(Promise.reject(new Error('no such file')))).rejects.toThrow('no such file')
})
