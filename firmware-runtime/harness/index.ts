// The table of harness commands: the demo, replay and simulation, and the simulators themselves.
// Each is loaded when it is called: a lane does not carry the simulators and replays along.
import type { Command, CommandEntry } from '../cli/command.ts'

const simulator =
  (name: string, run: () => Promise<(argv: readonly string[]) => Promise<number>>) =>
  async (): Promise<Command> => {
    const simulate = await run()
    return { usage: [name], run: (args) => simulate(args) }
  }

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
  {
    name: 'rsu-sim',
    summary: { zh: '模拟路侧单元', en: 'simulated RSU' },
    load: simulator(
      'rsu-sim',
      async () => (await import('../simulators/rsu/rsu-sim.ts')).runRsuSim,
    ),
  },
  {
    name: 'camera-sim',
    summary: { zh: '模拟车牌相机', en: 'simulated plate camera' },
    load: simulator(
      'camera-sim',
      async () => (await import('../simulators/camera/camera-sim.ts')).runCameraSim,
    ),
  },
  {
    name: 'barrier-sim',
    summary: { zh: '模拟道闸', en: 'simulated barrier' },
    load: simulator(
      'barrier-sim',
      async () => (await import('../simulators/barrier/barrier-sim.ts')).runBarrierSim,
    ),
  },
  {
    name: 'display-sim',
    summary: { zh: '模拟车道显示屏', en: 'simulated lane display' },
    load: simulator(
      'display-sim',
      async () => (await import('../simulators/display/display-sim.ts')).runDisplaySim,
    ),
  },
  {
    name: 'printer-sim',
    summary: { zh: '模拟收据打印机', en: 'simulated receipt printer' },
    load: simulator(
      'printer-sim',
      async () => (await import('../simulators/printer/printer-sim.ts')).runPrinterSim,
    ),
  },
  {
    name: 'scanner-sim',
    summary: { zh: '模拟付款码扫码器', en: 'simulated scanner of payment codes' },
    load: simulator(
      'scanner-sim',
      async () => (await import('../simulators/scanner/scanner-sim.ts')).runScannerSim,
    ),
  },
  {
    name: 'detector-sim',
    summary: { zh: '模拟线圈、雷达和地磁', en: 'simulated loops, radars and magnetic sensors' },
    load: simulator(
      'detector-sim',
      async () => (await import('../simulators/detector/detector-sim.ts')).runDetectorSim,
    ),
  },
  {
    name: 'position-sim',
    summary: { zh: '模拟手持机的卫星定位', en: 'simulated receiver of a handheld (gpsd)' },
    load: simulator(
      'position-sim',
      async () => (await import('../simulators/position/position-sim.ts')).runPositionSim,
    ),
  },
  {
    name: 'instrument-sim',
    summary: { zh: '模拟频谱仪', en: 'simulated field-strength instrument' },
    load: simulator(
      'instrument-sim',
      async () => (await import('../simulators/instrument/instrument-sim.ts')).runInstrumentSim,
    ),
  },
  {
    name: 'clock-sim',
    summary: {
      zh: '模拟授时:卫星接收机 (NMEA) 和 SNTP 服务器',
      en: 'simulated time: receiver (NMEA) and SNTP server',
    },
    load: simulator(
      'clock-sim',
      async () => (await import('../simulators/time/clock-sim.ts')).runClockSim,
    ),
  },
  {
    name: 'modem-sim',
    summary: { zh: '模拟移动网络调制解调器 (AT)', en: 'simulated mobile modem (AT)' },
    load: simulator(
      'modem-sim',
      async () => (await import('../simulators/modem/modem-sim.ts')).runModemSim,
    ),
  },
  {
    name: 'platform-sim',
    summary: { zh: '模拟拓展平台', en: 'simulated expansion platform' },
    load: simulator(
      'platform-sim',
      async () => (await import('../simulators/platform/platform-sim.ts')).runPlatformSim,
    ),
  },
  {
    name: 'payment-sim',
    summary: { zh: '模拟支付网关', en: 'simulated payment gateway' },
    load: simulator(
      'payment-sim',
      async () => (await import('../simulators/payment/payment-sim.ts')).runPaymentSim,
    ),
  },
]
