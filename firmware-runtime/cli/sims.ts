// The simulators as commands: `rsu-sim`, `camera-sim`, `barrier-sim`, `platform-sim`.
// Each is a second implementation in its own process; this file only names them.
import type { Command } from './command.ts'
import { runBarrierSim } from '../simulators/barrier/barrier-sim.ts'
import { runCameraSim } from '../simulators/camera/camera-sim.ts'
import { runPlatformSim } from '../simulators/platform/platform-sim.ts'
import { runRsuSim } from '../simulators/rsu/rsu-sim.ts'

const sim = (
  name: string,
  zh: string,
  en: string,
  run: (argv: readonly string[]) => Promise<number>,
): Command => ({ name, summary: { zh, en }, run: (args) => run(args) })

export const simCommands: readonly Command[] = [
  sim('rsu-sim', '模拟路侧单元', 'simulated RSU', runRsuSim),
  sim('camera-sim', '模拟车牌相机', 'simulated plate camera', runCameraSim),
  sim('barrier-sim', '模拟道闸', 'simulated barrier', runBarrierSim),
  sim('platform-sim', '模拟拓展平台', 'simulated expansion platform', runPlatformSim),
]
