// What Studio hosts on a data folder that no runtime serves yet: the demo, or the folder's own lot.
// A folder without lot.json is never made into a demo that nobody asked for; the runtime refuses it. A lot that was
// set up here keeps the devices it names, simulated ones too: it is no demo that brings its own.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export function hostMode(dataDir: string, isDemoRequested: boolean): 'demo' | 'run' {
  const file = join(dataDir, 'lot.json')
  if (!existsSync(file)) return isDemoRequested ? 'demo' : 'run'
  if (existsSync(join(dataDir, 'setup.json'))) return 'run'
  return /"mode"\s*:\s*"demo"/.test(readFileSync(file, 'utf8')) ? 'demo' : 'run'
}
