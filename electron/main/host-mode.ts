// What Studio hosts for a data folder without a runtime: the demo, or the folder's own lot.
// A folder without lot.json becomes a demo only on request; otherwise the runtime refuses it. A lot that was set up
// here keeps the devices it names, simulated ones too; it is not a demo, which starts its own simulators.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export function hostMode(dataDir: string, isDemoRequested: boolean): 'demo' | 'run' {
  const file = join(dataDir, 'lot.json')
  if (!existsSync(file)) return isDemoRequested ? 'demo' : 'run'
  if (existsSync(join(dataDir, 'setup.json'))) return 'run'
  return /"mode"\s*:\s*"demo"/.test(readFileSync(file, 'utf8')) ? 'demo' : 'run'
}
