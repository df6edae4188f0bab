// The table of harness commands: the demo, replay and simulation, and the simulators themselves.
// Each is loaded when it is called: a lane does not carry the simulators and replays along.
import type { CommandEntry } from '#base/commands/command.ts'
import type { BilingualText } from '#base/pure/words/fault-text.ts'
import type { SimPlan } from '#simulators/shell/process.ts'

const simulator = (
  name: string,
  plan: () => Promise<SimPlan>,
  summary: BilingualText,
): CommandEntry => ({
  name,
  summary,
  async load() {
    const { runSim, usageOf } = await import('#simulators/shell/process.ts')
    const simulated = await plan()
    return {
      usage: [usageOf(simulated)],
      run: (args, io) => runSim(simulated, args, (text) => io.stdout(text)),
    }
  },
})

export const demoEntry: CommandEntry = {
  name: 'demo',
  summary: { zh: '演示停车场', en: 'the demo lot with simulators on real links' },
  load: async () => (await import('./demo.ts')).demoCommand,
}

export const harnessCommands: readonly CommandEntry[] = [
  {
    name: 'replay',
    summary: { zh: '用真实停车记录回放', en: 'real occupancy as traffic' },
    load: async () => (await import('./replay.ts')).replayCommand,
  },
  {
    name: 'sim',
    summary: { zh: '确定性仿真', en: 'deterministic simulation' },
    load: async () => (await import('./sim.ts')).simCommand,
  },
  simulator('rsu-sim', async () => (await import('#simulators/rsu/rsu-sim.ts')).rsuSimPlan, {
    zh: '模拟路侧单元',
    en: 'simulated RSU',
  }),
  simulator(
    'camera-sim',
    async () => (await import('#simulators/camera/camera-sim.ts')).cameraSimPlan,
    { zh: '模拟车牌相机', en: 'simulated plate camera' },
  ),
  simulator(
    'barrier-sim',
    async () => (await import('#simulators/barrier/barrier-sim.ts')).barrierSimPlan,
    { zh: '模拟道闸', en: 'simulated barrier' },
  ),
  simulator(
    'display-sim',
    async () => (await import('#simulators/display/display-sim.ts')).displaySimPlan,
    { zh: '模拟车道显示屏', en: 'simulated lane display' },
  ),
  simulator(
    'printer-sim',
    async () => (await import('#simulators/printer/printer-sim.ts')).printerSimPlan,
    { zh: '模拟收据打印机', en: 'simulated receipt printer' },
  ),
  simulator(
    'scanner-sim',
    async () => (await import('#simulators/scanner/scanner-sim.ts')).scannerSimPlan,
    { zh: '模拟付款码扫码器', en: 'simulated scanner of payment codes' },
  ),
  simulator(
    'detector-sim',
    async () => (await import('#simulators/detector/detector-sim.ts')).detectorSimPlan,
    { zh: '模拟线圈、雷达和地磁', en: 'simulated loops, radars and magnetic sensors' },
  ),
  simulator(
    'position-sim',
    async () => (await import('#simulators/position/position-sim.ts')).positionSimPlan,
    { zh: '模拟手持机的卫星定位', en: 'simulated receiver of a handheld (gpsd)' },
  ),
  simulator(
    'instrument-sim',
    async () => (await import('#simulators/instrument/instrument-sim.ts')).instrumentSimPlan,
    { zh: '模拟频谱仪', en: 'simulated field-strength instrument' },
  ),
  simulator('clock-sim', async () => (await import('#simulators/time/clock-sim.ts')).clockSimPlan, {
    zh: '模拟授时:卫星接收机 (NMEA) 和 SNTP 服务器',
    en: 'simulated time: receiver (NMEA) and SNTP server',
  }),
  simulator(
    'modem-sim',
    async () => (await import('#simulators/modem/modem-sim.ts')).modemSimPlan,
    { zh: '模拟移动网络调制解调器 (AT)', en: 'simulated mobile modem (AT)' },
  ),
  simulator(
    'platform-sim',
    async () => (await import('#simulators/platform/platform-sim.ts')).platformSimPlan,
    { zh: '模拟拓展平台', en: 'simulated expansion platform' },
  ),
  simulator(
    'payment-sim',
    async () => (await import('#simulators/payment/payment-sim.ts')).paymentSimPlan,
    { zh: '模拟支付网关', en: 'simulated payment gateway' },
  ),
  simulator(
    'access-sim',
    async () => (await import('#simulators/access/access-sim.ts')).accessSimPlan,
    { zh: '模拟别家的 ETC 接入系统', en: 'simulated ETC access system of another maker' },
  ),
  simulator(
    'reservation-sim',
    async () => (await import('#simulators/reservation/reservation-sim.ts')).reservationSimPlan,
    { zh: '模拟预约共享平台', en: 'simulated platform of reserved and shared bays' },
  ),
  {
    name: 'demo-lots',
    summary: {
      zh: '模拟十个停车场,向运营中心发送记录',
      en: 'ten simulated lots that send their rows to a centre',
    },
    load: async () => (await import('./centre/demo-lots-command.ts')).demoLotsCommand,
  },
  {
    name: 'bench-lots',
    summary: {
      zh: '`centre bench` 的停车场:按设定的速率发送记录',
      en: 'the lots of `centre bench`: send rows at a given rate',
    },
    load: async () => (await import('./centre/bench-command.ts')).benchLotsCommand,
  },
]
